"""The staff's side: what is written in a topic goes to its person; commands; what happens to the group itself."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.engine import Connection
from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.desk import commands, words
from bot.desk.cases import Case
from bot.desk.hearing import COLLEAGUE_LEFT, DOCUMENT, PHOTO, RIGHTS, TEXT, UPGRADED
from bot.desk.office import Office
from bot.desk.reach import Reach
from bot.telegram.answering import Answer
from bot.telegram.handlers import Heard
from bot.telegram.render import utf16_units

log = logging.getLogger(__name__)

INSIDE = "//"
_COMMAND = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?\s*", re.DOTALL)
LONGEST_EDIT = 3900
"""Units of UTF-16; with the name of the desk before it, it must still be one message."""
MEMBER_FOR = 300.0
"""Seconds for which it is believed that somebody is still in the group."""
_MEMBERS = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


class Staff:
    """Answers what comes from a desk's group. All that it does to a case is one transaction with its update."""

    def __init__(self, bot: Bot, office: Office, reach: Reach) -> None:
        self._bot, self._office, self._reach = bot, office, reach
        self._seen: dict[tuple[int, int], float] = {}

    async def answer(self, heard: Heard) -> Answer:
        told = heard.desk or {}
        event = told["event"]
        if event == UPGRADED:
            chat = await self._office.groups.follow(int(told["old"]), int(told["new"]))
            return Answer([], wakes=[chat] if chat else [])
        if event == RIGHTS:
            return Answer([], wakes=await self._reach.examine(heard.chat_id, told["lack"]))
        if event == COLLEAGUE_LEFT:
            return self._left(heard.chat_id, int(told["user"]))
        return await self._message(heard.chat_id, told)

    def _left(self, chat_id: int, user: int) -> Answer:
        """Their cases wait for somebody else."""
        self._seen.pop((chat_id, user), None)
        who = self._office.seal.staff(user)
        keys = [desk.key for desk in self._office.groups.of_chat(chat_id)]

        def work(connection: Connection) -> None:
            for case in self._office.cases.open_ones(connection, *keys):
                if case.taken_by == who:
                    self._office.cases.release(connection, case)
                    self._office.say(connection, case, words.COLLEAGUE_LEFT)

        return Answer([], alongside=[work], wakes=[self._office.seal.chat(chat_id)])

    async def _message(self, chat_id: int, told: Mapping[str, Any]) -> Answer:
        thread, said = told["thread"], str(told["words"])
        command = _command(said)
        if thread is None and command is None:
            return Answer([])  # colleagues among themselves
        if not await self._is_member(chat_id, told):
            return self._line(chat_id, thread, words.NOT_A_MEMBER)
        call = commands.Call(
            self._office, chat_id, thread, int(told["id"]), self._office.seal.staff(int(told["user"])),
            *(command or ("", said)),
        )  # fmt: skip
        if command is not None:
            return Answer([]) if told["edited"] else await commands.run(call)
        wakes: list[str] = [self._office.seal.chat(chat_id)]
        case = await self._office.database.insist(
            lambda connection: self._office.cases.in_topic(connection, chat_id, int(thread))
        )
        if case is not None:
            wakes = self._office.wakes(case, chat_id)
        return Answer([], alongside=[self._said(call, told)], wakes=wakes)

    def _said(self, call: commands.Call, told: Mapping[str, Any]) -> Callable[[Connection], None]:
        """Not a command, in a topic: a note of theirs, or for the person."""

        def work(connection: Connection) -> None:
            case = call.case(connection)
            if case is None or not case.is_open:
                if not _is_inside(call.rest):
                    call.answer(connection, words.CASE_CLOSED if case else words.NO_CASE_HERE)
            elif _is_inside(call.rest):
                call.note(connection, case, "note")
            elif told["edited"]:
                self._edited(connection, call, case, told)
            elif told["kind"] in (TEXT, PHOTO, DOCUMENT):
                source = (call.chat_id, call.message)
                copied = told["kind"] != TEXT
                self._office.pass_on(connection, case, source, call.rest, copied=copied)
                self._office.cases.staff_wrote(connection, case, call.who)
                call.note(connection, case, f"wrote {told['kind']}")
            else:
                call.answer(connection, words.NOT_PASSED)

        return work

    def _edited(self, connection: Connection, call: commands.Call, case: Case, told: Mapping[str, Any]) -> None:
        if told["kind"] != TEXT or utf16_units(call.rest) > LONGEST_EDIT:
            call.answer(connection, words.EDIT_NOT_PASSED)
            return
        self._office.pass_on_edit(connection, case, (call.chat_id, call.message), call.rest)
        call.note(connection, case, "edited")

    def _line(self, chat_id: int, thread: int | None, line: str) -> Answer:
        def work(connection: Connection) -> None:
            self._office.answer(connection, chat_id, thread, line)

        return Answer([], alongside=[work], wakes=[self._office.seal.chat(chat_id)])

    async def _is_member(self, chat_id: int, told: Mapping[str, Any]) -> bool:
        """In a public group, or under a channel's post, others can write too."""
        if told["speaks_for_group"]:
            return True  # an administrator who does not show their name
        user = int(told["user"])
        if user < 0:
            return False  # a channel
        if time.monotonic() - self._seen.get((chat_id, user), -MEMBER_FOR) < MEMBER_FOR:
            return True
        try:
            member = await self._bot.get_chat_member(chat_id, user)
        except TelegramError as error:  # whoever can write in a closed group is in it
            log.info("membership could not be asked for: %s", type(error).__name__)
            return True
        if member.status in _MEMBERS or getattr(member, "is_member", False):
            self._seen[chat_id, user] = time.monotonic()
            return True
        return False


def _is_inside(said: str) -> bool:
    return said.lstrip().startswith(INSIDE)


def _command(said: str) -> tuple[str, str] | None:
    """Its name and what follows, in a caption too. Whatever begins with "/" was never meant for the person: what is no
    command as it stands has a name that nothing has."""
    if not said.lstrip().startswith("/") or _is_inside(said):
        return None
    command = _COMMAND.fullmatch(said.strip())
    return (command["name"].lower(), (command["rest"] or "").strip()) if command else ("", said)
