"""Bars within a table, below the label of each row: the words stay those of the page, and readable on a phone. As SVG,
because printers leave out backgrounds."""

from __future__ import annotations

from typing import Sequence

COLOURS = ("#1f5f8b", "#e08a00", "#7a5195")
"""Told apart by the colour-blind too; none of them says good or bad."""


def bar(numbers: Sequence[int], longest: int) -> str:
    """An ``<svg>`` element: one part for each number, one after the other; a sum of ``longest`` fills the width."""
    parts, start = [], 0.0
    for place, number in enumerate(numbers):
        width = 100 * number / longest if longest else 0.0
        parts.append(_part(place, start, width))
        start += width
    return _drawing("bar", "".join(parts))


def key(place: int) -> str:
    """The colour of that column, to stand beside its heading."""
    return _drawing("key", _part(place, 0, 100))


def _part(place: int, start: float, width: float) -> str:
    colour = COLOURS[place % len(COLOURS)]
    return f'<rect x="{start:.2f}%" width="{width:.2f}%" height="100%" fill="{colour}"/>'


def _drawing(kind: str, parts: str) -> str:
    """Not for screen readers: the numbers stand beside it."""
    return f'<svg class="{kind}" aria-hidden="true">{parts}</svg>'
