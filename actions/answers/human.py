"""A person: the desk that fits, if there is one and this is where it can be reached; else numbers to call.

Nothing leaves before a "yes" to the preview that was shown last, and nothing else than what it showed: the button, and
the question kept for a "yes" in words, name the preview by its seal (actions/handover/case.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import List, Optional, Sequence

from actions import buttons
from actions.answers.ask_country import which_country
from actions.answers.help_lines import FOR_ADVICE, help_lines
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.desks import BrokenDesks, Desk, Desks
from actions.handover import told
from actions.handover.case import asking, case_of, leaving, seal, shown_before

NUMBERS_A_COUNTRY = 3


class AnswerHuman(AdvisorAction):
    """``action_human``: the preview, its yes, no and change; without a desk who can be called."""

    def name(self) -> str:
        return "action_human"

    def answer(self, asked: Asked) -> Answer:
        step = asked.step
        if step == told.NO:
            return not_sent(asked)
        if step.startswith(told.YES):
            return sent(asked, step[len(told.YES) :])
        if step == told.CHANGE:
            return _changing(asked)
        for sign, out in ((told.OUT, True), (told.BACK, False)):
            if step.startswith(sign):
                return _changing(replace(asked, profile=leaving(asked.profile, step[len(sign) :], out=out)))
        return people(asked, in_place=step == told.DONE)


def people(asked: Asked, *, in_place: bool = False) -> Answer:
    """What a desk would see, and whether to send it; numbers where there is no desk for this person."""
    desk = desk_for(asked)
    if desk is None:
        return _numbers(asked, asked.speak.text("human.answer"))
    if not asked.connects:
        return _numbers(asked, asked.speak.text("desk.only_telegram"))
    case = case_of(asked.profile)
    urgent = None if in_place else told.danger_numbers(asked)
    replies = [*([urgent] if urgent else []), told.preview(asked, desk, case, in_place=in_place)]
    return Answer(replies, profile=asking(asked.profile, seal(desk, case)))


def sent(asked: Asked, shown: str) -> Answer:
    """The order to open a case, if ``shown`` is the seal of the last preview and that is still what would be sent.

    Anything else (an old button, a new fact, a desk that is gone) is shown as it is now, and asked again.
    """
    desk = desk_for(asked)
    if desk is None or not asked.connects:
        return people(asked)
    case = case_of(asked.profile)
    if not shown == seal(desk, case) == shown_before(asked.before):
        return people(asked)
    order = {"do": "open", "desk": desk.key, "case": case}
    return Answer([Said(asked.speak.text("desk.sending"))], desk=order)


def not_sent(asked: Asked) -> Answer:
    """After "no", and after any doubt: nothing leaves, and there are numbers to call."""
    return _numbers(asked, asked.speak.text("desk.not_sent"), told.purposes(asked) or FOR_ADVICE, none="")


def desk_for(asked: Asked) -> Optional[Desk]:
    """The desk for this person; none while its settings cannot be read (``advisor doctor`` tells why)."""
    try:
        desks = Desks.load()
    except BrokenDesks:
        return None
    person = asked.profile
    return desks.for_person(person.origin, person.destination, person.language)


def _changing(asked: Asked) -> Answer:
    if desk_for(asked) is None or not asked.connects:
        return replace(people(asked), profile=asked.profile)
    return Answer([told.lines_to_change(asked)], profile=asked.profile)


def _numbers(asked: Asked, opening: str, purposes: Sequence[str] = FOR_ADVICE, *, none: str = "human.none") -> Answer:
    """``none``: the sentence for when we know no number for these countries."""
    speak, person = asked.speak, asked.profile.person
    lines = help_lines(speak, asked.facts, person, purposes, NUMBERS_A_COUNTRY)
    if person.destination is None and person.origin is None:
        return Answer([Said("\n".join([opening, *lines.text])), which_country(asked, "origin")], facts=lines.facts)
    body: List[str] = lines.text or ([speak.text(none)] if none else [])
    follow_up = [buttons.topic(speak, "ask_hotline"), buttons.change_countries(speak), buttons.menu(speak)]
    return Answer([Said("\n".join([opening, *body]), follow_up)], facts=lines.facts)
