"""Which way a line runs: what must stay left to right inside a right-to-left sentence is isolated (Unicode UAX #9)."""

from __future__ import annotations

from typing import Iterator, List

import regex

ISOLATE, POP_ISOLATE = "\u2066", "\u2069"
"""LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE."""

_LEFT_TO_RIGHT = regex.compile(
    r"\+?\d[\d ,.:/–-]*\d"  # phone numbers, sums, spans of years: their pieces would change places
    r"|(?<![\w/])/[a-z]{3,}"  # commands: their slash would come last
    r"|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b"
)

_CHANGES_PLACES = regex.compile(
    r"\+\d+|\d+(?:[ ,.:/–-]+\d+)+|https?://\S+|(?<![\w/])/[a-z]{3,}|\b[a-z-]+(?:\.[a-z-]+)+\b"
)
"""What a reader would see in another order than it was written, found independently of the rule above."""


def isolated(run: str) -> str:
    return f"{ISOLATE}{run}{POP_ISOLATE}"


def left_to_right_kept(sentence: str) -> str:
    """A right-to-left sentence whose numbers, commands and addresses are isolated."""
    return _LEFT_TO_RIGHT.sub(lambda run: isolated(run.group()), sentence)


def direction_faults(shown: str) -> Iterator[str]:
    """What would be read in the wrong order in a right-to-left sentence as it is shown."""
    if shown.count(ISOLATE) != shown.count(POP_ISOLATE):
        yield "an isolate is not closed"
    outside = _outside_isolates(shown)
    for run in outside:
        for loose in _CHANGES_PLACES.findall(run):
            yield f"{loose} is not isolated"


def _outside_isolates(shown: str) -> List[str]:
    return regex.split(rf"{ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}", shown)
