"""Bars drawn by matplotlib as SVG that can stand in the middle of a page: no file beside it, words as words."""

from __future__ import annotations

import io
import re
from typing import Sequence, Tuple

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

Bars = Sequence[Tuple[str, Sequence[int]]]
COLOURS = ("#1b6e3a", "#b3261e", "#3b5b92")
WIDTH, ROW, MARGIN = 7.2, 0.3, 0.8
"""Inches of 72 points."""
MOST_BARS = 20

_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "advisor", "font.family": "sans-serif", "font.size": 9}
_NAMED = re.compile(r'(\bid="|url\(#|href="#)')


def chart(key: str, title: str, columns: Sequence[str], bars: Bars) -> str:
    """An ``<svg>`` element with one bar a row, and one colour for each column. ``key`` makes the names in it different
    from those of other charts on the page."""
    bars = bars[:MOST_BARS]
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, MARGIN + ROW * len(bars)), layout="constrained")
        axes = figure.add_subplot()
        starts = [0] * len(bars)
        labels = [label for label, _ in bars]
        for place, column in enumerate(columns[: len(bars[0][1])]):
            lengths = [cells[place] for _, cells in bars]
            axes.barh(range(len(bars)), lengths, left=starts, color=COLOURS[place % len(COLOURS)], label=column)
            starts = [start + length for start, length in zip(starts, lengths, strict=True)]
        axes.set_yticks(range(len(bars)), labels=labels)
        axes.invert_yaxis()
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        if len(bars[0][1]) > 1:
            axes.legend(frameon=False, fontsize=8)
        out = io.StringIO()
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None, "Title": title})
    drawn = out.getvalue()
    drawn = _NAMED.sub(lambda found: f"{found.group()}{key}-", drawn[drawn.index("<svg") :])
    drawn = drawn.replace("'sans-serif'", "sans-serif")  # quoted it would be a font of that name
    return drawn.replace("<svg ", '<svg role="img" ', 1)
