"""Agency licence check: the agency in the dated list an operator has imported, and where to ask the office itself."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence

from actions import buttons, clock
from actions.answers.help_lines import FOR_ADVICE, help_lines
from actions.base import Answer, Asked
from actions.composer import pack
from actions.figures import fact_text
from actions.flows.flow import NOT_SURE, WORDS, Answers, Flow, Step, first_of, said_at_the_end
from actions.flows.form import EndFlow, ValidateFlow
from actions.flows.reading import text_of
from actions.profile import Profile
from knowledge.agencies import Agency, AgencyList, Found, the_one
from knowledge.agency_lists import list_of
from knowledge.schema import Fact

NONE = "none"
_MARK = re.compile(r"[0-9a-f]{8}")
NUMBERS_SHOWN = 2
NAME_MAY_SOUND_LIKE = frozenset({"ask_agency_licence", "ask_offer_check"})
CHOICES: Mapping[str, Sequence[str]] = {"origin": (NOT_SURE,), "agency": (NONE,)}


class AgencyCheck(Flow):
    """Asks for the country that gives the licence and for the name; then, where several names are close, which."""

    name = "agency_check"
    choices = CHOICES

    def accepts(self, step: str, value: str) -> bool:
        return super().accepts(step, value) or (step == "agency" and bool(_MARK.fullmatch(value)))

    def begin(self, asked: Asked) -> Answers:
        """An agency of the list that is named in the question is the one to look up."""
        listed = list_of(asked.profile.origin)
        named = listed.named_in(text_of(asked)) if listed is not None and not text_of(asked).startswith("/") else None
        return {} if named is None else {"name": named.agency.name, "agency": named.agency.mark}

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        if profile.origin is None:
            return first_of([Step("origin", "ask.origin", [(NOT_SURE, "button.not_sure")], asks_for="origin")], answers)
        listed = list_of(profile.origin)
        if listed is None:
            return None
        name = Step("name", "agency_check.ask_name", asks_for=WORDS, may_be=NAME_MAY_SOUND_LIKE)
        if name.name not in answers:
            return name
        found = listed.find(answers["name"])
        is_clear = the_one(found) is not None or not found or _chosen(found, answers) is not None
        return None if is_clear else _which(listed, found)

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak, country = asked.speak, asked.profile.origin
        looked_up = _look_up(list_of(country), answers)
        if country is None:
            paragraphs = [speak.text("agency_check.no_country")]
        elif looked_up is None:
            paragraphs = [speak.text("agency_check.no_list", country=speak.country(country))]
        else:
            paragraphs = _told(asked, looked_up)
        facts = asked.facts.of_origin(("licence",), asked.profile.person)[:1]
        paragraphs.extend(_where(asked, facts))
        paragraphs.append(speak.text("agency_check.broker"))
        follow_up = [buttons.check(speak, "ask_offer_check"), buttons.topic(speak, "ask_agency_licence")]
        return Answer(
            said_at_the_end(speak, pack(paragraphs), follow_up),
            facts=[fact.id for fact in facts],
            result=_result(looked_up),
        )


class ValidateAgencyCheck(ValidateFlow):
    """``validate_agency_check_form``"""

    flow = AgencyCheck()


class EndAgencyCheck(EndFlow):
    """``action_agency_check``"""

    flow = AgencyCheck()


@dataclass(frozen=True)
class LookedUp:
    """``agency`` is None when no name in the list is that one."""

    listed: AgencyList
    agency: Optional[Agency]

    @property
    def has_run_out(self) -> bool:
        return self.agency is not None and self.agency.expiry is not None and self.agency.expiry < clock.today()


def _look_up(listed: Optional[AgencyList], answers: Answers) -> Optional[LookedUp]:
    if listed is None or "name" not in answers:
        return None
    found = listed.find(answers["name"])
    chosen, meant = _chosen(found, answers), the_one(found)
    if chosen is None and meant is not None:
        chosen = meant.agency.mark
    return LookedUp(listed, next((one.agency for one in found if one.agency.mark == chosen), None))


def _chosen(found: Sequence[Found], answers: Answers) -> Optional[str]:
    """The mark that was pressed among the names that were offered, or "none of these"; a press on a button of another
    question says nothing."""
    pressed = answers.get("agency")
    return pressed if pressed in (NONE, *(one.agency.mark for one in found)) else None


def _which(listed: AgencyList, found: Sequence[Found]) -> Step:
    titles = {one.agency.mark: (lambda speak, name=one.agency.name: name) for one in found}
    return Step(
        "agency",
        "agency_check.several",
        [*((mark, "") for mark in titles), (NONE, "button.none_of_these")],
        values={
            "country": lambda speak: speak.country(listed.country),
            "date": lambda speak: speak.date(listed.as_of),
        },
        titles=titles,
    )


def _told(asked: Asked, looked_up: LookedUp) -> List[str]:
    speak, listed, agency = asked.speak, looked_up.listed, looked_up.agency
    of_list = {"country": speak.country(listed.country), "date": speak.date(listed.as_of)}
    if agency is None:
        return [speak.text("agency_check.not_found", **of_list)]
    status = speak.text(f"agency_check.status.{agency.status}")
    lines = [
        speak.text("agency_check.found", **of_list),
        f"• {agency.name}",
        *_line(asked, "number", number=speak.number(agency.licence_number) if agency.licence_number else None),
        *_line(asked, "status", status=status),
        *_line(asked, "expiry", date=_day(asked, agency.expiry)),
        *_line(asked, "address", address=agency.address or None),
    ]
    doubt = []
    if agency.status not in ("valid", "unknown"):
        doubt.append(speak.text("agency_check.not_valid"))
    elif looked_up.has_run_out:
        doubt.append(speak.text("agency_check.run_out"))
    return ["\n".join(lines), *doubt, speak.text("agency_check.careful")]


def _line(asked: Asked, what: str, **value: Optional[str]) -> List[str]:
    return [f"• {asked.speak.text(f'agency_check.{what}', **value)}"] if None not in value.values() else []


def _day(asked: Asked, day: Optional[datetime.date]) -> Optional[str]:
    return asked.speak.date(day) if day is not None else None


def _where(asked: Asked, facts: Sequence[Fact]) -> List[str]:
    """The office's own page and phone: what the facts say, and the numbers that answer at home."""
    told = [fact_text(asked.speak, fact, clock.today()) for fact in facts]
    at_home = asked.profile.person._replace(destination=None)
    lines = help_lines(asked.speak, asked.facts, at_home, FOR_ADVICE, NUMBERS_SHOWN).text if at_home.origin else []
    return ["\n".join([asked.speak.text("agency_check.where"), *told, *lines])] if told or lines else []


def _result(looked_up: Optional[LookedUp]) -> Dict[str, Any]:
    """What ``advisor ask --jsonl`` shows."""
    if looked_up is None:
        return {"flow": AgencyCheck.name, "status": "no_list", "licence": None}
    if looked_up.agency is None:
        return {"flow": AgencyCheck.name, "status": "not_found", "licence": None}
    status = "expired" if looked_up.has_run_out and looked_up.agency.status == "valid" else looked_up.agency.status
    return {"flow": AgencyCheck.name, "status": status, "licence": looked_up.agency.licence_number}
