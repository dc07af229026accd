"""The person's side: hands over after "yes", passes on what is written in a case, and always leaves a way back."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.engine import Connection

from bot.desk import sentences, words
from bot.desk.cases import DESERTED, LEFT, Case
from bot.desk.hearing import GONE
from bot.desk.office import Office
from bot.desk.passing import DELETES, CaseWork, Passing, is_after_the_yes, is_for_the_desk
from bot.desk.pressing import begins_a_check, goes_on_with_a_check, language_chosen
from bot.desk.staff import Staff
from bot.dialogue.port import Reply
from bot.figures import note_helped
from bot.store.database import Work
from bot.telegram.answering import Answer, Answers, NoAnswer
from bot.telegram.handlers import LEAVE, Heard
from bot.telegram.render import Outgoing, render
from nlu.danger.levels import Danger
from translations.languages import language_of_locale, spoken
from translations.localizer import Localizer

log = logging.getLogger(__name__)

_BUTTON = re.compile(rf"{sentences.PREFIX}(?P<what>[a-z]{{2,10}}):(?P<case>[0-9]{{1,15}})")
LONGEST_BESIDE = 5.0
"""Seconds that the robot may take in a case: what is written after its button is for the desk, and may be a cry."""


@dataclass(frozen=True)
class Front:
    """Stands before the dialogue. ``danger_in`` finds danger in words, as the dialogue does."""

    answering: Answers
    office: Office
    staff: Staff
    danger_in: Callable[[str], Danger] = field(repr=False)

    def apology(self, locale: str | None) -> list[Outgoing]:
        return self.answering.apology(locale)

    async def answer(self, heard: Heard, update_id: int) -> Answer:
        """Raises NoAnswer."""
        desk = heard.desk or {}
        if desk.get("staff"):
            return await self.staff.answer(heard)
        button = _BUTTON.fullmatch(heard.payload or "")
        if button is not None:
            return await self._pressed(heard, button["what"], int(button["case"]))
        if (heard.payload or "").startswith(sentences.PREFIX):
            return _only(sentences.no_case(_speaker(heard)))
        case = await self.office.case_of(heard.chat_id)
        if case is None:
            return Answer([]) if desk.get("only") else await self._without_case(heard, update_id)
        if (heard.payload or "").startswith(LEAVE):
            return self._forgetting(heard, Answer(render(sentences.farewell(case)), forget=True, wipe=True))
        if self.office.groups.chat_of(case.desk) is None:
            return await self._deserted(heard, case, update_id)
        if desk.get("event") == GONE:
            return self._written(case, lambda connection, held: self.lost(connection, held))
        if is_for_the_desk(heard) and is_after_the_yes(heard, update_id, case):
            return await self._passed_on(heard, update_id, case)
        return Answer([]) if desk.get("only") else await self._beside(heard, case, update_id)

    # Without a case: the dialogue answers, and may order one.

    async def _without_case(self, heard: Heard, update_id: int) -> Answer:
        answer = await self.answering.answer(heard, update_id)
        if answer.forget:
            return self._forgetting(heard, answer)
        opening = next((order for order in answer.orders if order.get("do") == "open"), None)
        desk = self.office.groups.desk(str(opening.get("desk"))) if opening else None
        if opening is not None and desk is None:
            log.error("a desk was asked for that is not in this gateway's settings")
            return replace(answer, messages=self.apology(heard.locale))
        if opening is None or desk is None:
            return replace(answer, messages=answer.messages or self.apology(heard.locale))
        agreed = dict(opening.get("case") or {})
        language = _language(answer.language, agreed, heard)

        def work(connection: Connection) -> None:
            if self.office.cases.open_of(connection, heard.chat_id) is None:
                case = self.office.begin(connection, heard.chat_id, desk, agreed, language)
                self.office.cases.agreed(connection, case, update_id, _number(heard))

        wakes = self.office.wakes(None, self.office.groups.chat_of(desk.key))
        return replace(answer, alongside=[*answer.alongside, work], wakes=wakes)

    async def _deserted(self, heard: Heard, case: Case, update_id: int) -> Answer:
        """Its desk was taken out of the settings: the robot answers again, and says so."""
        answer = Answer([]) if (heard.desk or {}).get("only") else await self._without_case(heard, update_id)
        if answer.forget:
            return answer
        told = render(sentences.no_case(sentences.speaker(case)))

        def end(connection: Connection, held: Case) -> None:
            self.office.end(connection, held, DESERTED)

        closing = self._held(case, end)
        return replace(answer, messages=[*told, *answer.messages], alongside=[closing, *answer.alongside])

    # Within a case.

    async def _passed_on(self, heard: Heard, update_id: int, case: Case) -> Answer:
        pass_on, if_ended = await Passing(self.office, self.danger_in).of(heard, update_id)
        return Answer([], alongside=[self._held(case, pass_on, if_ended)], wakes=self.office.wakes(case))

    async def _beside(self, heard: Heard, case: Case, update_id: int) -> Answer:
        """Commands and our own buttons: the robot answers them also during a case."""
        payload = heard.payload or ""
        if payload.startswith(DELETES):
            reply = sentences.may_all_go(case, self.office.name_of(case))
            return self._written(case, lambda connection, held: self._tell(connection, held, reply))
        if begins_a_check(heard):
            return self._written(case, self._no_check)
        try:
            answer = await asyncio.wait_for(self.answering.answer(heard, update_id), LONGEST_BESIDE)
        except (NoAnswer, asyncio.TimeoutError):
            return Answer(self.apology(heard.locale))
        if answer.forget:
            return self._forgetting(heard, answer)
        language = language_chosen(heard)

        def work(connection: Connection, held: Case) -> None:
            if language is not None and language != held.language:
                held = self.office.speak(connection, held, language)
            if goes_on_with_a_check(heard):
                self._no_check(connection, held)
            if answer.orders:  # asked for a person again: they have one
                self._stands(connection, held)

        alongside = [*answer.alongside, self._held(case, work, if_ended=_nothing)]
        return replace(answer, alongside=alongside, wakes=self.office.wakes(case))

    def _forgetting(self, heard: Heard, answer: Answer) -> Answer:
        """The person had everything deleted: closed cases that are still kept go as well."""
        closing = self.office.parting(heard.chat_id, quickly=(heard.payload or "").startswith(LEAVE))
        return replace(answer, alongside=[*answer.alongside, closing], wakes=self.office.wakes_of_all())

    # The buttons of a case.

    async def _pressed(self, heard: Heard, what: str, number: int) -> Answer:
        """A button counts only for the case of whoever pressed it, whatever a client may send."""
        own = await self.office.database.insist(lambda connection: self.office.cases.all_of(connection, heard.chat_id))
        case = next((case for case in own if case.id == number), None)
        if case is None:
            return _only(sentences.no_case(_speaker(heard)))
        if what in (sentences.HELPED, sentences.NOT_HELPED) and not case.is_open:
            return self._rated(case, what == sentences.HELPED)
        if not case.is_open:
            return _only(sentences.no_case(sentences.speaker(case)))
        if what == sentences.DELETE:
            told = render(sentences.all_deleted(case))
            return self._forgetting(heard, Answer(told, forget=True, language=case.language or "en"))
        if what == sentences.LEAVE:
            return self._written(case, self._leave)
        if what == sentences.KEEP:
            return self._written(case, self._stands)
        if what in (sentences.MOVE, sentences.STAY):
            return self._decided(heard, case, moves=what == sentences.MOVE)
        return _only(sentences.no_case(_speaker(heard)))

    def _leave(self, connection: Connection, case: Case) -> None:
        self.office.tell(connection, case, sentences.left(case, self.office.name_of(case)))
        self.office.end(connection, case, LEFT, words.PERSON_LEFT)

    def _rated(self, case: Case, helped: bool) -> Answer:
        def work(connection: Connection) -> None:
            note_helped(connection, case.figures or "", helped)
            self.office.say(connection, case, words.HELPED.format(helped="helped" if helped else "did not help"))

        answer = _only(sentences.thanks(sentences.speaker(case)))
        return replace(answer, alongside=[work], wakes=self.office.wakes(case))

    def _decided(self, heard: Heard, case: Case, *, moves: bool) -> Answer:
        """Whether another organisation may have the case. Nothing of it has gone there before this yes."""
        other = self.office.groups.desk(case.offered_to) if case.offered_to else None
        if other is None:
            return self._written(case, self._stands)

        def work(connection: Connection, held: Case) -> None:
            if held.offered_to != other.key:
                return
            if moves:
                moved = self.office.move(connection, held, other, with_answers=False)
                place = self.office.cases.place(connection, moved)
                self._tell(connection, moved, sentences.sent(moved, other.name, place))
                return
            self.office.cases.change(connection, held.id, offered_to=None)
            self.office.tell(connection, held, sentences.stays(held, self.office.name_of(held)), pressed=heard.pressed)
            self.office.say(connection, held, words.MOVE_REFUSED)

        return self._written(case, work, self.office.groups.chat_of(other.key))

    # How all of it is written down.

    def lost(self, connection: Connection, case: Case) -> None:
        """The person cannot be reached any more; the topic is told once."""
        if not case.lost:
            self.office.cases.change(connection, case.id, lost=True)
            self.office.say(connection, case, words.BLOCKED, urgent=True)

    def _tell(self, connection: Connection, case: Case, *replies: Reply) -> None:
        self.office.tell(connection, case, *replies)

    def _no_check(self, connection: Connection, case: Case) -> None:
        """In a case all that is written goes to the desk, so that the answers of a check would too."""
        self._tell(connection, case, sentences.no_check(case, self.office.name_of(case)))

    def _stands(self, connection: Connection, case: Case) -> None:
        self._tell(connection, case, self.office.how_it_stands(connection, case))

    def _written(self, case: Case, work: CaseWork, *others: int | None) -> Answer:
        return Answer([], alongside=[self._held(case, work)], wakes=self.office.wakes(case, *others))

    def _say_it_has_ended(self, connection: Connection, case: Case) -> None:
        self._tell(connection, case, sentences.no_case(sentences.speaker(case)))

    def _held(self, case: Case, work: CaseWork, if_ended: CaseWork | None = None) -> Work[None]:
        """Of the case as it is then: it may have ended while this was on its way."""

        def held_work(connection: Connection) -> None:
            held = self.office.cases.get(connection, case.id)
            if held is not None and held.is_open:
                work(connection, held)
            elif held is not None:
                (if_ended or self._say_it_has_ended)(connection, held)

        return held_work


def _nothing(connection: Connection, case: Case) -> None:
    """The robot has answered; that the case has ended is told elsewhere."""


def _language(spoken_so_far: str | None, agreed: Mapping[str, Any], heard: Heard) -> str:
    """To speak with; it is not told to the desk where the person left it out."""
    wanted = spoken_so_far or agreed.get("language") or language_of_locale(heard.locale)
    return wanted if wanted in spoken() else "en"


def _number(heard: Heard) -> int:
    """Of the message that was written, or that stood over the button."""
    return int((heard.desk or {}).get("id") or heard.pressed or 0)


def _speaker(heard: Heard) -> Localizer:
    return Localizer.of(language_of_locale(heard.locale) or "en")


def _only(reply: Reply) -> Answer:
    return Answer(render(reply))
