"""Figures as people group them: 1,50,000 · 150,000 · 5.000.000 · 25 000 000 · 1.5 · 1,5."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Sequence

import regex

_FIGURES = regex.compile(r"\d++(?:[.,']\d++)*+")
_GROUPS_AFTER_SPACES = regex.compile(r"(?: \d{3})++(?!\d)")
_SEPARATORS = regex.compile(r"[.,']")
_MOST_DIGITS = 15


@dataclass(frozen=True)
class Numeral:
    """``value`` of the figures; ``as_decimal`` when the dot of "1.500" may also part decimals.

    ``plain`` keeps figures without any separator: "0977" and "2081" are judged by their looks.
    """

    value: Decimal
    as_decimal: Decimal | None = None
    plain: str | None = None


def read_numeral(text: str, start: int) -> tuple[Numeral | None, int]:
    """The number in ASCII figures at ``start`` and where it ends; None for figures such as "12.05.2024"."""
    match = _FIGURES.match(text, start)
    assert match is not None, "the caller stands on a figure"
    figures, end = match.group(), match.end()
    groups = _GROUPS_AFTER_SPACES.match(text, end)
    if groups and len(figures) <= 3 and figures[0] != "0" and " 000" in groups.group():
        # "25 000 000": only with a group of zeros, or else "room 12 500 riyal" would be one number.
        return Numeral(Decimal(figures + groups.group().replace(" ", ""))), groups.end()
    return _value(figures), end


def _value(figures: str) -> Numeral | None:
    if len(figures) > _MOST_DIGITS + 6:
        return None
    parts = _SEPARATORS.split(figures)
    separators = _SEPARATORS.findall(figures)
    whole = "".join(parts)
    if len(whole) > _MOST_DIGITS:
        return None
    if not separators:
        return Numeral(Decimal(figures), plain=figures)
    if len(separators) == 1:
        return _with_one_separator(separators[0], *parts)
    if len(set(separators)) == 1:
        return Numeral(Decimal(whole)) if _is_grouped(parts) else None
    if separators[-1] not in separators[:-1] and len(set(separators)) == 2 and _is_grouped(parts[:-1]):
        return Numeral(Decimal("".join(parts[:-1]) + "." + parts[-1]))
    return None


def _with_one_separator(separator: str, whole: str, rest: str) -> Numeral:
    decimal = Decimal(f"{whole}.{rest}")
    if not _is_grouped((whole, rest)):
        return Numeral(decimal)
    return Numeral(Decimal(whole + rest), as_decimal=decimal if separator == "." else None)


def _is_grouped(parts: Sequence[str]) -> bool:
    """Groups of three, or as in South Asia groups of two before a last one of three."""
    first, *middle, last = parts
    if len(parts) == 1:
        return len(first) <= 3
    if not 1 <= len(first) <= 3 or first[0] == "0" or len(last) != 3:
        return False
    return all(len(part) == 3 for part in middle) or all(len(part) == 2 for part in middle)
