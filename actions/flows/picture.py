"""A small picture of what is still owed, month by month, with its words in any of our scripts.

matplotlib draws the lines; it cannot shape the scripts of South and South East Asia, so the words are set by Pillow,
whose raqm layout can, with the Noto fonts in ``actions/fonts``.
"""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import List, NamedTuple, Sequence, Tuple

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[1] / "fonts"
WIDTH, HEIGHT = 720, 440
"""Pixels: a phone's width, and few kilobytes."""
TOP, BOTTOM, LEFT, RIGHT = 96, 64, 84, 24
SIZE, SMALL = 24, 19
COLOURS = ("#b3261e", "#1b6e3a")
INK = "#202124"
_FONT_OF_SCRIPT = {
    "DEVANAGARI": "NotoSansDevanagari", "BENGALI": "NotoSansBengali", "ARABIC": "NotoNaskhArabic",
    "SINHALA": "NotoSansSinhala", "TAMIL": "NotoSansTamil", "THAI": "NotoSansThai", "LAO": "NotoSansLao",
    "KHMER": "NotoSansKhmer", "MYANMAR": "NotoSansMyanmar",
}  # fmt: skip
_LATIN = "NotoSans"


class Curve(NamedTuple):
    """``owed``: a sum for each month, from month 0; ``name`` in the reader's language."""

    name: str
    owed: Sequence[float]


def picture_of(title: str, months: str, currency: str, curves: Sequence[Curve]) -> bytes:
    """A PNG of 720 × 440 pixels: one line a curve, the first one red; the title above, what the steps are below."""
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes(
        (LEFT / WIDTH, BOTTOM / HEIGHT, (WIDTH - LEFT - RIGHT) / WIDTH, (HEIGHT - TOP - BOTTOM) / HEIGHT)
    )
    for curve, colour in zip(curves, COLOURS, strict=False):
        axes.plot(range(len(curve.owed)), curve.owed, color=colour, linewidth=3)
        axes.fill_between(range(len(curve.owed)), curve.owed, color=colour, alpha=0.08)
    axes.set_xlim(0, max(len(curve.owed) - 1 for curve in curves) or 1)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: _short(amount)))
    axes.grid(axis="y", alpha=0.3)
    axes.set_title(currency, loc="left", fontsize=11, color=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    canvas.draw()
    image = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    _write_words(image, title, months, curves)
    out = io.BytesIO()
    image.quantize(64).save(out, format="PNG", optimize=True)
    return out.getvalue()


def _write_words(image: Image.Image, title: str, months: str, curves: Sequence[Curve]) -> None:
    draw = ImageDraw.Draw(image)
    _write(draw, (WIDTH / 2, 10), title, SIZE, INK)
    _write(draw, (WIDTH / 2, HEIGHT - 32), months, SMALL, INK)
    if len(curves) > 1:
        for place, (curve, colour) in enumerate(zip(curves, COLOURS, strict=False)):
            _write(draw, (WIDTH * (1 + 2 * place) / 4, 54), curve.name, SMALL, colour)


def _write(draw: ImageDraw.ImageDraw, middle: Tuple[float, float], words: str, size: int, colour: str) -> None:
    """Centred on ``middle``; each run of one script in its own font."""
    runs = [(run, _font(name, size)) for run, name in runs_of(words)]
    widths = [font.getlength(run) for run, font in runs]
    left, top = middle[0] - sum(widths) / 2, middle[1]
    baseline = top + size
    if any(_is_right_to_left(run) for run, _ in runs):
        runs, widths = runs[::-1], widths[::-1]
    for (run, font), width in zip(runs, widths, strict=True):
        draw.text((left, baseline), run, font=font, fill=colour, anchor="ls")
        left += width


def runs_of(words: str) -> List[Tuple[str, str]]:
    """(run, font): stretches that one font can set. Spaces and signs stay with what stands before them."""
    runs: List[Tuple[str, str]] = []
    for letter in words:
        script = unicodedata.name(letter, "").partition(" ")[0]
        font = _FONT_OF_SCRIPT.get(script, _LATIN)
        joins = runs and (font == runs[-1][1] or (not letter.isalnum() and unicodedata.category(letter)[0] in "ZPC"))
        if joins and runs[-1][1] in (font, *_FONT_OF_SCRIPT.values()):
            runs[-1] = (runs[-1][0] + letter, runs[-1][1])
        else:
            runs.append((letter, font))
    return runs


def _is_right_to_left(run: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in run)


@lru_cache(maxsize=24)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}-Regular.ttf"), size, layout_engine=ImageFont.Layout.RAQM)


def _short(amount: float) -> str:
    """Sums on the axis: "1.5M", "150k"."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if amount >= size:
            return f"{amount / size:.3g}{letter}"
    return f"{amount:.0f}"
