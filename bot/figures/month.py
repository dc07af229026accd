"""A month of the calendar, UTC."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple


class Month(NamedTuple):
    """``first``: its first day; ``end``: the first day of the next."""

    first: datetime.date
    end: datetime.date

    def __str__(self) -> str:
        return self.first.strftime("%Y-%m")

    @classmethod
    def parse(cls, told: str) -> Month:
        """From "2026-11". Raises ValueError with what is wrong."""
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", told):
            raise ValueError(f"{told!r} is no month like 2026-11")
        try:
            first = datetime.date(int(told[:4]), int(told[5:]), 1)
            return cls(first, (first + datetime.timedelta(days=31)).replace(day=1))
        except (ValueError, OverflowError):
            raise ValueError(f"{told!r} is no month like 2026-11") from None
