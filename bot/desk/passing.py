"""What a person writes in a case: passed on to its topic, and looked at for danger."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from bot.desk import sentences, words
from bot.desk.cases import RED, YELLOW, Case
from bot.desk.errands import COPY, EDIT, SAY, Errand
from bot.desk.hearing import DOCUMENT, OTHER, PHOTO, TEXT
from bot.desk.office import Office
from bot.store.outbox import write_parts
from bot.store.tables import PERSON
from bot.telegram.handlers import COMMANDS, LEAVE, Heard
from bot.telegram.letters import Letter
from bot.telegram.render import Outgoing
from nlu.danger.levels import Danger

DELETES = COMMANDS["delete"]
SHOWN_FOR = 600.0
"""Seconds in which the numbers for one kind of danger are not shown again in a case."""
WEEK = 7 * 24 * 3600.0
CaseWork = Callable[[Connection, Case], None]


@dataclass(frozen=True)
class Passing:
    """``danger_in`` finds danger in words, as the dialogue does."""

    office: Office
    danger_in: Callable[[str], Danger] = field(repr=False)

    async def of(self, heard: Heard, update_id: int) -> tuple[CaseWork, CaseWork]:
        """What is done with it in the open case, and what if the case has ended meanwhile."""
        parts = [part for part in _parts(heard) if not _says_nothing_new(part)]
        said = "\n".join(part["words"] for part in parts if part["words"])
        danger = await asyncio.get_running_loop().run_in_executor(None, self.danger_in, said)

        def pass_on(connection: Connection, case: Case) -> None:
            self._remove(connection, heard)
            passed = [part for part in parts if part["words"] or part["kind"] != OTHER]
            for part in passed:
                self._to_topic(connection, case, (heard.chat_id, int(part["id"])), part)
            if any(part["kind"] == OTHER and not part.get("edited") for part in parts):
                self.office.tell(connection, case, sentences.not_passed(case))
            if passed:
                self.office.cases.person_wrote(connection, case.id)
                self._if_danger(connection, case, danger, told=self.office.cases.stood_in(connection, case, update_id))
                self.office.tell_if_away(connection, case)

        def say_it_has_ended(connection: Connection, case: Case) -> None:
            self._remove(connection, heard)
            if danger.kind is not None and not self.office.cases.stood_in(connection, case, update_id):
                reply = sentences.danger(case, danger.kind, certain=danger.level == "certain")
                self.office.tell(connection, case, reply)
            if parts:
                self.office.tell(connection, case, sentences.no_case(sentences.speaker(case)))

        return pass_on, say_it_has_ended

    def _remove(self, connection: Connection, heard: Heard) -> None:
        """Somebody else's number must not stay in the chat."""
        if heard.remove is not None:
            letter = Letter(Outgoing(""), delete=(heard.remove,)).to_bytes()
            write_parts(connection, self.office.seal, heard.chat_id, [letter], update_id=None, priority=PERSON)

    def _to_topic(self, connection: Connection, case: Case, source: tuple[int, int], part: Mapping[str, Any]) -> None:
        text = f"{words.PERSON} {part['words']}".rstrip()
        do = EDIT if part.get("edited") else COPY if part["kind"] in (PHOTO, DOCUMENT) else SAY
        self.office.send(connection, case, Errand(do, case.id, source, by_person=True), text)

    def _if_danger(self, connection: Connection, case: Case, danger: Danger, *, told: bool) -> None:
        """``told``: the person has got the numbers for this very message already."""
        if danger.kind is None:
            return
        now = time.time()
        certain = danger.level == "certain"
        is_shown = case.danger_kind == danger.kind and now - (case.danger_at or 0) < SHOWN_FOR
        if is_shown and (case.urgency == RED or not certain):
            return
        if not told:
            self.office.tell(connection, case, sentences.danger(case, danger.kind, certain=certain))
        self.office.cases.change(connection, case.id, danger_kind=danger.kind, danger_at=now)
        line = words.DANGER_SAID.format(kind=words.KINDS.get(danger.kind, danger.kind))
        self.office.say(connection, case, line, urgent=True)
        urgency = RED if certain else YELLOW
        if case.urgency != RED and case.urgency != urgency:
            self.office.make_urgent(connection, case, urgency)


def is_for_the_desk(heard: Heard) -> bool:
    """Whatever was written or sent, but commands: those are for the robot."""
    desk = heard.desk or {}
    if desk.get("kind") is None or (heard.payload or "").startswith((DELETES, LEAVE)):
        return False  # a button, or a way out, which works in whatever it stands
    return heard.text is not None or heard.payload is None or desk["kind"] != TEXT


def is_after_the_yes(heard: Heard, update_id: int, case: Case) -> bool:
    """A change of an older message is not, nor one that comes late or is tried again: they were told to the robot.

    Messages of a chat are numbered upwards; updates too, but after a week without any they begin somewhere else.
    """
    if case.yes_message is None or case.yes_update is None:
        return False
    is_late = update_id < case.yes_update and time.time() - case.opened < WEEK
    return int((heard.desk or {})["id"]) > case.yes_message and not is_late


def _parts(heard: Heard) -> list[dict[str, Any]]:
    """The message; of an album, each of its pictures."""
    desk = dict(heard.desk or {})
    return [desk, *desk.pop("more", ())]


def _says_nothing_new(part: Mapping[str, Any]) -> bool:
    """Such as a live place, which Telegram tells of every few seconds as a change."""
    return bool(part.get("edited")) and part["kind"] == OTHER and not part["words"]
