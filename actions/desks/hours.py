"""When a desk is there: its week, in its own time, and how that is told in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Collection, Iterator, List, Optional, Tuple
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from pydantic import BaseModel, Extra, validator

from translations.languages import cldr
from translations.localizer import Localizer

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_AHEAD = 400
"""How far the next opening is looked for: longer than any row of holidays."""
_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)")


class Span(str):
    """``"09:00-17:00"``; an end that is not later than the beginning is on the next day, ``24:00`` is midnight."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Any]:
        yield cls.read

    @classmethod
    def read(cls, value: Any) -> Span:
        form = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
        if form is None or (form[3] == "24" and form[4] != "00"):
            raise ValueError("must look like 09:00-17:00")
        first, last = f"{int(form[1]):02}:{form[2]}", f"{int(form[3]):02}:{form[4]}"
        if first == last:
            raise ValueError("ends when it begins; the whole day is 00:00-24:00")
        return cls(f"{first}-{last}")

    def on(self, day: date, zone: ZoneInfo) -> Tuple[datetime, datetime]:
        """Beginning and end in UTC of the span that begins on ``day``."""
        first, last = self.split("-")
        ends_on = day if first < last < "24:00" else day + timedelta(days=1)
        return _moment(day, first, zone), _moment(ends_on, last.replace("24:00", "00:00"), zone)


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone).astimezone(timezone.utc)


class Week(BaseModel):
    """The spans of each weekday; a day that is not named is free."""

    class Config:
        extra = Extra.forbid
        frozen = True

    mon: Tuple[Span, ...] = ()
    tue: Tuple[Span, ...] = ()
    wed: Tuple[Span, ...] = ()
    thu: Tuple[Span, ...] = ()
    fri: Tuple[Span, ...] = ()
    sat: Tuple[Span, ...] = ()
    sun: Tuple[Span, ...] = ()

    @validator("*", pre=True)
    def _one_may_stand_alone(cls, value: Any) -> Any:
        if value is None:
            return ()
        return value if isinstance(value, (list, tuple)) else (value,)

    @property
    def spans(self) -> List[Tuple[Span, ...]]:
        """Monday first, the spans of a day in order."""
        return [tuple(sorted(getattr(self, day))) for day in DAYS]


def is_open(week: Week, holidays: Collection[date], zone: ZoneInfo, moment: datetime) -> bool:
    """A shift that began before a holiday is finished; none begins on a holiday."""
    today = moment.astimezone(zone).date()
    both = (today - timedelta(days=1), today)  # yesterday's last hours may reach past midnight
    return any(first <= moment < last for day in both for first, last in _shifts(week, holidays, zone, day))


def next_opening(week: Week, holidays: Collection[date], zone: ZoneInfo, moment: datetime) -> Optional[datetime]:
    """In the desk's time; ``moment`` itself while it is open, None where it never opens."""
    if is_open(week, holidays, zone, moment):
        return moment.astimezone(zone)
    today = moment.astimezone(zone).date()
    for ahead in range(DAYS_AHEAD):
        begins = [first for first, _ in _shifts(week, holidays, zone, today + timedelta(days=ahead)) if first > moment]
        if begins:
            return min(begins).astimezone(zone)
    return None


def minutes_open(week: Week, holidays: Collection[date], zone: ZoneInfo, since: datetime, until: datetime) -> float:
    """Between two moments; spans that overlap count once."""
    first_day, last_day = (moment.astimezone(zone).date() for moment in (since, until))
    days = [first_day + timedelta(days=ahead) for ahead in range(-1, (last_day - first_day).days + 1)]
    reached, seconds = since, 0.0
    for first, last in sorted(shift for day in days for shift in _shifts(week, holidays, zone, day)):
        begins, ends = max(first, reached), min(last, until)
        if begins < ends:
            seconds += (ends - begins).total_seconds()
            reached = ends
    return seconds / 60


def _shifts(week: Week, holidays: Collection[date], zone: ZoneInfo, day: date) -> List[Tuple[datetime, datetime]]:
    return [] if day in holidays else [span.on(day, zone) for span in week.spans[day.weekday()]]


def told(week: Week, speak: Localizer) -> str:
    """``Mon–Fri 09:00–12:00, 13:00–17:00; Sat 10:00–13:00``: equal days in a row joined, free days left out."""
    names = get_day_names("abbreviated", locale=cldr(speak.code))
    parts = []
    for first, last, spans in _runs(week.spans):
        days = names[first] if first == last else f"{names[first]}–{names[last]}"
        times = ", ".join(speak.number(span.replace("-", "–")) for span in spans)
        parts.append(f"{days} {times}")
    return "; ".join(parts)


def _runs(spans: List[Tuple[Span, ...]]) -> List[Tuple[int, int, Tuple[Span, ...]]]:
    """(first weekday, last weekday, spans); a run may pass the end of the week, as Sunday to Thursday does."""
    changes = [day for day in range(7) if spans[day] != spans[day - 1]] or [0]
    ends = [*(day - 1 for day in changes[1:]), (changes[0] - 1) % 7]
    runs = [(first, last, spans[first]) for first, last in zip(changes, ends, strict=True)]
    return sorted((run for run in runs if run[2]), key=lambda run: run[1])
