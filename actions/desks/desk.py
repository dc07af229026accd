"""One help desk: who is there for whom, in which group, languages and hours, and what it promises."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any, Dict, List, Literal, Optional, Tuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_timedelta
from pydantic import BaseModel, ConstrainedInt, Extra, StrictInt, StrictStr, validator

from actions.desks import hours as desk_hours
from actions.desks.hours import Week
from knowledge.schema import ISO2
from translations.languages import ALIASES, cldr
from translations.localizer import Localizer

LONGEST_NAME = 60
LONGEST_MINUTES = 30 * 24 * 60
MINUTES_ARE_TOLD = 180
_PAIR = re.compile(r"\*|(?:[A-Z]{2}|\*)-(?:[A-Z]{2}|\*)")
_CLDR = Locale("en")
_UNITS = {"minute": 1, "hour": 60, "day": 24 * 60}


class Minutes(ConstrainedInt):
    """Strict, as ``Days`` is: YAML reads "yes" as true, which would be taken for one minute."""

    strict, ge, le = True, 1, LONGEST_MINUTES


class Days(ConstrainedInt):
    strict, ge, le = True, 1, 365


class Desk(BaseModel):
    """One desk: people of one organisation in one Telegram group (``chat``, its negative id).

    ``pairs``: "NP-QA" (home-work), "NP-*", "*-QA", "*". ``hours`` None: always there, and nothing is said of hours.
    ``promise_minutes`` None: nothing is promised. ``remind_minutes``: silence after which the person is told and the
    staff reminded. ``keep_days``: how long the messages of a closed case stay. ``silent_days``: so long after the last
    word an open one is closed. ``may_receive``: keys of the desks of other organisations that this desk's cases can be
    passed on to, each time with the person's yes; within an organisation that happens at once.
    """

    class Config:
        extra = Extra.forbid
        frozen = True

    key: str
    name: StrictStr
    organisation: StrictStr = ""
    chat: StrictInt
    pairs: Tuple[StrictStr, ...] = ("*",)
    languages: Tuple[StrictStr, ...] = ()
    country: Optional[StrictStr] = None
    zone: StrictStr = ""
    hours: Optional[Week] = None
    holidays: Tuple[date, ...] = ()
    promise_minutes: Optional[Minutes] = None
    remind_minutes: Minutes = Minutes(30)
    keep_days: Days = Days(14)
    silent_days: Days = Days(30)
    may_receive: Tuple[StrictStr, ...] = ()

    @validator("pairs", "languages", "holidays", "may_receive", pre=True)
    def _one_may_stand_alone(cls, value: Any) -> Any:
        return value if isinstance(value, (list, tuple)) else (value,)

    @validator("pairs")
    def _is_for_somebody(cls, pairs: Tuple[str, ...]) -> Tuple[str, ...]:
        if not pairs:
            raise ValueError('must name a pair, such as NP-QA, or be left out: then it is "*", everybody')
        return pairs

    @validator("holidays", each_item=True, pre=True)
    def _is_a_day(cls, day: Any) -> Any:
        if not isinstance(day, (str, date)):  # a number would be read as seconds since 1970
            raise ValueError("must look like 2026-12-25")
        return day

    @validator("name", "organisation")
    def _is_one_line(cls, name: str) -> str:
        name = " ".join(name.split())
        if len(name) > LONGEST_NAME:
            raise ValueError(f"must have at most {LONGEST_NAME} characters")
        return name

    @validator("name")
    def _is_said(cls, name: str) -> str:
        if not name:
            raise ValueError("must not be empty")
        return name

    @validator("organisation", always=True)
    def _is_its_own(cls, organisation: str, values: Dict[str, Any]) -> str:
        return organisation or values.get("name", "")

    @validator("chat")
    def _is_a_group(cls, chat: int) -> int:
        if chat >= 0:
            raise ValueError("must be the id of a group, a negative number that mostly begins with -100")
        return chat

    @validator("pairs", each_item=True)
    def _is_a_pair(cls, pair: str) -> str:
        if not _PAIR.fullmatch(pair):
            raise ValueError('must look like NP-QA (home, then work), "NP-*", "*-QA" or "*"')
        for country in pair.split("-"):
            _real_country(country if country != "*" else None)
        return pair

    @validator("languages", each_item=True)
    def _is_a_language(cls, code: str) -> str:
        code = ALIASES.get(code, code)
        if code not in _CLDR.languages:
            raise ValueError(f"{code!r} is not the code of a language, such as ne or fil")
        return code

    @validator("country")
    def _is_a_country(cls, country: Optional[str]) -> Optional[str]:
        return _real_country(country)

    @validator("zone", always=True)
    def _is_a_zone(cls, zone: str, values: Dict[str, Any]) -> str:
        zone = zone or _only_zone(values.get("country"))
        try:
            return ZoneInfo(zone).key if zone else ""
        except (KeyError, ValueError, OSError):
            raise ValueError("is not the name of a time zone, such as Asia/Kathmandu") from None

    @validator("hours")
    def _is_told_in_some_time(cls, hours: Optional[Week], values: Dict[str, Any]) -> Optional[Week]:
        if hours is not None and values.get("zone") == "":
            raise ValueError("need a zone, such as zone: Asia/Kathmandu")
        return hours

    @property
    def time(self) -> ZoneInfo:
        """The time zone; UTC where none is set."""
        return ZoneInfo(self.zone or "UTC")

    @property
    def time_country(self) -> Optional[str]:
        """Whose time the hours are in, for people: the country that is set, else the one of the zone."""
        return self.country or get_global("zone_territories").get(self.zone)

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at that (aware) moment."""
        return self.hours is None or desk_hours.is_open(self.hours, self.holidays, self.time, moment)

    def minutes_open(self, since: datetime, until: datetime) -> float:
        """For how long somebody was there between these two (aware) moments."""
        if self.hours is None:
            return (until - since).total_seconds() / 60
        return desk_hours.minutes_open(self.hours, self.holidays, self.time, since, until)

    def next_opening(self, moment: datetime) -> Optional[datetime]:
        """When somebody is there next, in the desk's time; ``moment`` itself while it is open, None when never."""
        if self.hours is None:
            return moment.astimezone(self.time)
        return desk_hours.next_opening(self.hours, self.holidays, self.time, moment)

    def hours_told(self, speak: Localizer) -> str:
        """``Mon–Fri 09:00–17:00``; empty where no hours are set or no day has any."""
        return desk_hours.told(self.hours, speak) if self.hours is not None else ""

    def promise_told(self, speak: Localizer) -> str:
        """``30 minutes``; rounded up where exact minutes would be hard to read; empty where nothing is promised."""
        minutes = self.promise_minutes
        if minutes is None:
            return ""
        unit: Literal["day", "hour", "minute"] = "day" if minutes % _UNITS["day"] == 0 else "hour"
        if minutes % _UNITS["hour"] and minutes <= MINUTES_ARE_TOLD:
            unit = "minute"
        whole = -(-minutes // _UNITS[unit]) * _UNITS[unit]
        never = float("inf")  # the unit is chosen here: Babel would make an hour of 80 minutes
        return format_timedelta(timedelta(minutes=whole), granularity=unit, threshold=never, locale=cldr(speak.code))

    def languages_told(self, speak: Localizer) -> str:
        """The names of the languages in the reader's own; empty where none are set."""
        names = cldr(speak.code).languages
        return ", ".join(names.get(code) or _CLDR.languages[code] for code in self.languages)

    def closeness(self, origin: Optional[str], destination: Optional[str]) -> Optional[int]:
        """How closely the desk's pairs fit: 2 both countries, 1 one of them, 0 everybody; None: not for them."""
        fits = []
        for pair in self.pairs:
            home, _, work = pair.partition("-")
            wanted = [(home, origin), (work or "*", destination)]
            if all(named in ("*", known) for named, known in wanted):
                fits.append(sum(named != "*" for named, _ in wanted))
        return max(fits, default=None)


def _real_country(country: Optional[str]) -> Optional[str]:
    if country is not None and country not in ISO2:
        raise ValueError(f"{country!r} is not the code of a country, such as NP")
    return country


def _only_zone(country: Optional[str]) -> str:
    """The time zone of a country that has but one."""
    zones: List[str] = list(get_global("territory_zones").get(country, ())) if country else []
    return str(zones[0]) if len(zones) == 1 else ""
