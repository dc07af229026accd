"""Whether Telegram has a message is asked for sparingly: each question is as dear as a message."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from scripted import ALICE, BOB
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.store import Part
from bot.telegram.letters import Letter
from bot.telegram.probing import AT_ONCE, BEYOND, NUMBERS, Probing, may_have_arrived
from bot.telegram.render import Outgoing
from bot.telegram.requests import NeverLeft

pytestmark = pytest.mark.asyncio
LETTER = Letter(Outgoing("an answer", None, None, False))


@dataclass
class Mailbox:
    """``there``: numbers of messages of ours, by chat. Counts how many questions are on their way together."""

    there: set[tuple[int, int]] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    together: int = 0
    most: int = 0

    async def edit_message_reply_markup(self, chat_id: int, number: int, reply_markup: object) -> None:
        self.asked.append(number)
        self.together += 1
        self.most = max(self.most, self.together)
        await asyncio.sleep(0)
        self.together -= 1
        there = (chat_id, number) in self.there
        raise BadRequest("message is not modified" if there else "message to edit not found")


@dataclass
class Known:
    """What the outbox knows: numbers of one chat, and of all."""

    of_chat: set[int] = field(default_factory=set)
    of_all: set[int] = field(default_factory=set)

    def chat(self, chat_id: int) -> str:
        return str(chat_id)

    async def numbers(self, chat: str) -> set[int]:
        return self.of_chat

    async def highest_number(self) -> int:
        return max(self.of_all, default=0)

    async def numbers_above(self, number: int) -> set[int]:
        return {each for each in self.of_all if each > number}


def in_doubt(chat_id: int = ALICE, after: int = 100, in_hands: bool = False) -> Part:
    return Part(1, 1, 0, "person", 1, 0.0, 0.0, after, in_hands, chat_id, LETTER.to_bytes())


async def test_numbers_that_other_messages_have_are_not_asked_for() -> None:
    mailbox = Mailbox({(ALICE, 140)})
    probing = Probing(mailbox, Known(of_chat={120}))  # type: ignore[arg-type]
    for number in {*range(101, 160)} - {110, 120, 140}:
        probing.note(BOB, number)
    assert await probing.number_of(in_doubt(), LETTER) == 140
    assert sorted(mailbox.asked)[:2] == [110, 140]
    assert len(mailbox.asked) <= AT_ONCE


async def test_where_telegram_does_not_have_it_the_questions_end_soon() -> None:
    mailbox = Mailbox()
    probing = Probing(mailbox, Known(of_all={100}))  # type: ignore[arg-type]
    await probing.begin()
    assert await probing.number_of(in_doubt(), LETTER) is None
    assert mailbox.asked == list(range(101, 101 + BEYOND))


async def test_after_a_process_has_died_the_questions_go_farther() -> None:
    """Nobody knows what else it had on its way."""
    mailbox = Mailbox({(ALICE, 100 + NUMBERS)})
    probing = Probing(mailbox, Known(of_all={100}))  # type: ignore[arg-type]
    await probing.begin()
    assert await probing.number_of(in_doubt(in_hands=True), LETTER) == 100 + NUMBERS


async def test_what_an_earlier_process_knew_is_known() -> None:
    mailbox = Mailbox()
    probing = Probing(mailbox, Known(of_all={*range(50, 150)}))  # type: ignore[arg-type]
    await probing.begin()
    assert await probing.number_of(in_doubt(), LETTER) is None
    assert min(mailbox.asked) == 150


async def test_never_more_than_so_many_questions_and_few_of_them_together() -> None:
    mailbox = Mailbox()
    probing = Probing(mailbox, Known())  # type: ignore[arg-type]
    probing.note(BOB, 5_000)
    chats = range(ALICE, ALICE + 20)
    assert set(await asyncio.gather(*(probing.number_of(in_doubt(chat), LETTER) for chat in chats))) == {None}
    assert len(mailbox.asked) == NUMBERS * len(chats)
    assert mailbox.most <= AT_ONCE


@pytest.mark.parametrize(
    ("error", "is_open"),
    [
        (TelegramError("Invalid server response"), True),
        (TimedOut(), True),
        (NetworkError("Internal Server Error"), True),
        (NeverLeft("no way there"), False),
        (BadRequest("chat not found"), False),
        (RetryAfter(3), False),
    ],
    ids=repr,
)
async def test_which_errors_leave_open_whether_telegram_has_it(error: TelegramError, is_open: bool) -> None:
    assert may_have_arrived(error) is is_open
