"""What may be said of an error in a log: types and places."""

from __future__ import annotations

import traceback
from pathlib import Path

_LONGEST_CHAIN = 5
_FRAMES = 3


def outline(error: BaseException) -> str:
    """``KeyError at a.py:7 < b.py:3; from ValueError at c.py:9``: types and places.

    Never the message: an exception often quotes the text, the chat or the address it failed on.
    """
    steps: list[str] = []
    current: BaseException | None = error
    while current is not None and len(steps) < _LONGEST_CHAIN:
        steps.append(type(current).__name__ + _place(current))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "; from ".join(steps)


def _place(error: BaseException) -> str:
    innermost = list(traceback.walk_tb(error.__traceback__))[: -_FRAMES - 1 : -1]
    places = [f"{Path(frame.f_code.co_filename).name}:{line}" for frame, line in innermost]
    return f" at {' < '.join(places)}" if places else ""
