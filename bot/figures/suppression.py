"""Small counts are nobody's business: none below five is shown, and none can be worked out from what is shown.

A row with a small cell is not blacked out, which a total would give away, but put together with others into one row
that says neither which they are nor how many. Zero is no small count: it is of nobody. And whatever is shown is rounded
to five, so that neither a total nor another table of the same people, where other rows were put together, leaves a
small count as the difference.
"""

from __future__ import annotations

from typing import Callable, List, Mapping, NamedTuple, Sequence, Tuple

SMALLEST = 5
"""The smallest count that is shown."""
STEP = 5
"""What counts are rounded to."""

Cells = Tuple[int, ...]


class Safe(NamedTuple):
    """``rows`` by size, the largest first; ``others``: what was put together, None where there was nothing to;
    ``total``: of what is shown, so that it tells nothing further; None where not even everything together may be shown
    (then there are no rows)."""

    rows: List[Tuple[str, Cells]]
    others: Cells | None
    total: Cells | None


def safe(rows: Mapping[str, Sequence[int]], lot: Callable[[str], str] = str) -> Safe:
    """``rows``: label → counts, one for each column, the same number in each row. All that comes back is rounded.

    ``lot``: decides by the label which of rows of one size is put to the small ones first. Readers must not know it:
    where that was the last one by name, a name before one that is shown was known to be small.
    """
    ordered = sorted(
        ((label, tuple(cells)) for label, cells in rows.items() if any(cells)),
        key=lambda row: (_size(row[1]), lot(row[0])),
    )
    shown = [row for row in ordered if may_be_shown(*row[1])]
    pooled = [cells for _, cells in ordered if not may_be_shown(*cells)]
    if pooled and shown:
        pooled.append(shown.pop()[1])  # always one that is not small: else the sum of small ones says much about each
    while pooled and shown and not _hides(pooled):
        pooled.append(shown.pop()[1])
    if pooled and not _hides(pooled):
        return Safe([], None, None)
    others = _rounded(_sum(pooled)) if pooled else None
    visible = sorted(((label, _rounded(cells)) for label, cells in shown), key=lambda row: (_size(row[1]), row[0]))
    everything = [cells for _, cells in visible] + ([others] if others else [])
    return Safe(visible, others, _sum(everything) if everything else None)


def may_be_shown(*counts: int) -> bool:
    return all(count == 0 or count >= SMALLEST for count in counts)


def share(part: int, whole: int) -> str:
    """``"12%"``; "" of nothing."""
    return f"{round(100 * part / whole)}%" if whole else ""


def _size(cells: Cells) -> int:
    """The largest first. Of rounded counts: the order must not tell which of two fives is a seven."""
    return -sum(_rounded(cells))


def _hides(pooled: Sequence[Cells]) -> bool:
    """Whether these rows together are several, none of their sums is small, and none so large that each of its small
    cells must be as large as such a cell can be."""
    if len(pooled) < 2 or not may_be_shown(*_sum(pooled)):
        return False
    for column in zip(*pooled, strict=True):
        some = [count for count in column if count]
        if some and max(some) < SMALLEST and sum(some) == len(some) * (SMALLEST - 1):
            return False
    return True


def _sum(rows: Sequence[Cells]) -> Cells:
    return tuple(map(sum, zip(*rows, strict=True)))


def rounded(count: int) -> int:
    """To the nearest five: 5, 6 and 7 are 5."""
    return (count + STEP // 2) // STEP * STEP


def _rounded(cells: Cells) -> Cells:
    return tuple(map(rounded, cells))
