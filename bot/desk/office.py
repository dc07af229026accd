"""What both sides of a case need: its rows, its groups, and letters to either side within one transaction."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.engine import Connection

from actions.desks import Desk
from bot.desk import sentences, words
from bot.desk.cases import LEFT, RED, Case, Cases
from bot.desk.errands import CLOSE, COPY, DELETE, EDIT, LINE, OPEN, RENAME, SAY, Errand
from bot.desk.groups import Groups
from bot.desk.summary import language_told
from bot.desk.topics import Topic, Topics
from bot.dialogue.port import Reply
from bot.store import Database, Seal
from bot.store.database import Work
from bot.store.outbox import write_parts
from bot.store.tables import PERSON, STAFF
from bot.store.threads import URGENT
from bot.telegram.letters import Letter
from bot.telegram.render import render

Message = tuple[int, int]
"""A chat and the number of a message in it."""
STILL_THERE = 1800.0
"""Seconds after their last message for which staff count as there, whatever the hours say."""
MOST_TAKEN_ALONG = 60
"""Messages that a case takes along to another group; one by one, at the pace of that group."""


class Office:
    """Methods that take a connection belong into somebody's transaction; none of them talks to Telegram."""

    def __init__(self, database: Database, seal: Seal, groups: Groups, secret: bytes) -> None:
        self.database, self.seal, self.groups = database, seal, groups
        self.cases, self.topics = Cases(seal, secret), Topics(seal)

    async def case_of(self, chat_id: int) -> Case | None:
        return await self.database.insist(lambda connection: self.cases.open_of(connection, chat_id))

    async def case_meant(self, errand: Errand) -> Case | None:
        number = errand.case
        if number is None:
            return None
        return await self.database.insist(lambda connection: self.cases.get(connection, number, hold=False), URGENT)

    async def change(self, case: Case, **values: Any) -> None:
        await self.database.insist(lambda connection: self.cases.change(connection, case.id, **values), URGENT)

    async def settle_in(self, case: Case, chat_id: int, thread: int) -> bool:
        """Its new topic. Where its person left while Telegram made it, the topic goes again, and the answer is no."""

        def work(connection: Connection) -> bool:
            held = self.cases.get(connection, case.id)
            if held is None or held.chat_id is None:
                self._to_staff(connection, chat_id, Errand(DELETE, case.id, thread=thread).letters())
                return False
            here = {"thread": thread, "staff_chat": self.seal.chat(chat_id), "introduced": False}
            self.cases.change(connection, case.id, **here)
            self.topics.made(connection, case.id, chat_id, thread)
            return True

        return await self.database.insist(work, URGENT)

    def name_of(self, case: Case) -> str:
        """What people know its desk by."""
        desk = self.groups.desk(case.desk)
        return desk.name if desk else case.desk

    def wakes(self, case: Case | None, *others: int | None) -> list[str]:
        """The chats that may have got letters."""
        known = [case.chat_id, self.groups.chat_of(case.desk)] if case else []
        return [self.seal.chat(chat) for chat in (*known, *others) if chat is not None]

    def wakes_of_all(self) -> list[str]:
        return self.wakes(None, *(self.groups.chat_of(desk.key) for desk in self.groups.desks.all))

    # To people.

    def tell(self, connection: Connection, case: Case, *replies: Reply, pressed: int | None = None) -> None:
        """In the case's language, from the robot."""
        letters = [Letter(message, pressed).to_bytes() for reply in replies for message in render(reply)]
        self._to_person(connection, case, letters)

    def pass_on(self, connection: Connection, case: Case, source: Message, text: str, *, copied: bool) -> None:
        """What staff wrote. ``copied``: a photo or file, with ``text`` under it."""
        reply = sentences.from_desk(case, self.name_of(case), text)
        errand = Errand(COPY if copied else SAY, case.id, source, to_staff=False)
        self._to_person(connection, case, errand.letters(reply=reply))

    def pass_on_edit(self, connection: Connection, case: Case, source: Message, text: str) -> None:
        reply = sentences.from_desk(case, self.name_of(case), text)
        self._to_person(connection, case, Errand(EDIT, case.id, source, to_staff=False).letters(reply=reply))

    def _to_person(self, connection: Connection, case: Case, letters: list[bytes]) -> None:
        if case.chat_id is not None:
            write_parts(connection, self.seal, case.chat_id, letters, update_id=None, priority=PERSON)

    # To staff.

    def say(self, connection: Connection, case: Case, line: str, urgent: bool = False) -> None:
        """A line of ours in the topic of the case."""
        self.send(connection, case, Errand(SAY, case.id), line if urgent else f"{words.OURS} {line}")

    def answer(self, connection: Connection, chat_id: int, thread: int | None, line: str) -> None:
        """Where staff wrote, topic of a case or not."""
        self._to_staff(connection, chat_id, Errand(LINE, thread=thread).letters(f"{words.OURS} {line}"))

    def send(self, connection: Connection, case: Case, errand: Errand, text: str = "") -> None:
        self._to_staff(connection, self.groups.chat_of(case.desk), errand.letters(text))

    def send_on(self, connection: Connection, case: Case, letter: Letter) -> None:
        self._to_staff(connection, self.groups.chat_of(case.desk), [letter.to_bytes()])

    def _to_staff(self, connection: Connection, chat_id: int | None, letters: list[bytes]) -> None:
        if chat_id is not None:
            write_parts(connection, self.seal, chat_id, letters, update_id=None, priority=STAFF)

    # What happens to a case.

    def begin(self, connection: Connection, chat_id: int, desk: Desk, agreed: Mapping[str, Any], language: str) -> Case:
        case = self.cases.begin(connection, chat_id, desk.key, agreed, language)
        self.send(connection, case, Errand(OPEN, case.id))
        self.tell(connection, case, sentences.sent(case, desk.name, self.cases.place(connection, case)))
        self.tell_if_away(connection, case)
        return case

    def tell_if_away(self, connection: Connection, case: Case) -> None:
        """Once for each time of waiting."""
        desk, now = self.groups.desk(case.desk), time.time()
        if desk is None or case.away_told or self.groups.is_there(desk):
            return
        if case.last_staff is not None and now - case.last_staff < STILL_THERE:
            return  # somebody stays longer for them
        self.tell(connection, case, sentences.away(case, desk.name))
        self.cases.change(connection, case.id, away_told=now)

    def tell_if_silent(self, connection: Connection, case: Case) -> None:
        """Once for each silence: the person, with numbers, and the topic. Only the desk's hours count."""
        desk, now = self.groups.desk(case.desk), time.time()
        if desk is None or case.waiting_since is None or case.reminded or not self.groups.is_there(desk):
            return
        since = datetime.fromtimestamp(case.waiting_since, timezone.utc)
        if desk.minutes_open(since, datetime.fromtimestamp(now, timezone.utc)) < desk.remind_minutes:
            return
        self.tell(connection, case, sentences.silent(case, desk.name, self.cases.place(connection, case)))
        minutes = int((now - case.waiting_since) / 60)
        self.say(connection, case, words.REMINDER.format(minutes=minutes), urgent=True)
        self.cases.change(connection, case.id, reminded=now)

    def how_it_stands(self, connection: Connection, case: Case) -> Reply:
        if case.taken_by is not None:
            return sentences.taken(case, self.name_of(case))
        return sentences.sent(case, self.name_of(case), self.cases.place(connection, case))

    def speak(self, connection: Connection, case: Case, language: str) -> Case:
        """The person chose another language: the topic is told, where they had agreed to tell it theirs."""
        spoken = self.cases.speak(connection, case, language)
        if spoken.summary.get("language"):
            self.say(connection, case, words.SPEAKS_NOW.format(language=language_told(language)))
            self.send(connection, case, Errand(RENAME, case.id))
        return spoken

    def make_urgent(self, connection: Connection, case: Case, urgency: str = RED) -> None:
        self.cases.change(connection, case.id, urgency=urgency)
        self.send(connection, case, Errand(RENAME, case.id))

    def end(self, connection: Connection, case: Case, outcome: str, line: str = "") -> None:
        """Closed, the topic too; whoever is to be told else does so."""
        self.cases.close(connection, case, outcome)
        if line:
            self.say(connection, case, line)
        self.send(connection, case, Errand(CLOSE, case.id, thread=None))

    def forget(self, connection: Connection, case: Case) -> None:
        """Its person had everything deleted: its topics go too, and all that leads to anybody."""
        if case.is_open:
            self.cases.close(connection, case, LEFT)
        self.remove(connection, case.id, case.desk)
        chat_id = self.groups.chat_of(case.desk)
        if case.is_open and chat_id is not None:
            self.answer(connection, chat_id, None, words.PERSON_DELETED.format(number=case.id))

    def remove(self, connection: Connection, number: int, desk: str) -> None:
        """With all topics it ever had, and what still waits for them."""
        topics = self.topics.of(connection, number)
        self.topics.take_back(connection, number, self._groups_of(desk, topics), only_words=False)
        for chat_id, thread in topics:
            self._to_staff(connection, chat_id, Errand(DELETE, number, thread=thread).letters())
        self.topics.forget(connection, number)
        self.cases.remove(connection, number)

    def _groups_of(self, desk: str, topics: list[Topic]) -> set[int]:
        now = self.groups.chat_of(desk)
        return {chat_id for chat_id, _ in topics} | ({now} if now is not None else set())

    def parting(self, chat_id: int, *, quickly: bool) -> Work[None]:
        """What happens to the cases of somebody who had everything deleted, or left quickly."""

        def work(connection: Connection) -> None:
            for found in self.cases.all_of(connection, chat_id):
                case = self.cases.get(connection, found.id) or found  # held: its topic may be made just now
                if quickly:
                    self.exit(connection, case)
                else:
                    self.forget(connection, case)

        return work

    def exit(self, connection: Connection, case: Case) -> None:
        """Its person left quickly: nobody can reach them from it any more; the topic stays for its time."""
        if case.is_open:
            self.end(connection, case, LEFT, words.PERSON_EXITED)
        groups = self._groups_of(case.desk, self.topics.of(connection, case.id))
        self.topics.take_back(connection, case.id, groups, only_words=True)
        self.cases.cut_off(connection, case)

    def move(self, connection: Connection, case: Case, desk: Desk, *, with_answers: bool) -> Case:
        """To another group: a new topic there, with what was written so far; the old one is closed."""
        old_chat, old_name = self.groups.chat_of(case.desk), self.name_of(case)
        if case.thread is not None and old_chat is not None:
            self.answer(connection, old_chat, case.thread, words.MOVED_AWAY.format(desk=desk.name))
            self.send(connection, case, Errand(CLOSE, case.id, thread=case.thread))
        self.cases.hand_over(connection, case.id, desk.key)
        moved = self.cases.get(connection, case.id)
        assert moved is not None
        self.send(connection, moved, Errand(OPEN, case.id))
        self.say(connection, moved, words.MOVED_HERE.format(desk=old_name))
        told = [pair for pair in self.cases.pairs(connection, case.id) if with_answers or not pair.by_staff]
        for pair in told[-MOST_TAKEN_ALONG:] if old_chat is not None else ():
            self.send(connection, moved, Errand(COPY, case.id, (old_chat or 0, pair.staff_message)))
        self.cases.forget_pairs(connection, case.id)
        return moved
