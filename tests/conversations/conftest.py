"""Conversations with the trained advisor, in one process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Optional

import pytest

from bot.dialogue import Dialogue, Reply, Turn
from tests.conversations.people import PEOPLE, Said


@dataclass
class Talk:
    """A person in conversation: ``say`` and ``press`` return what was answered last."""

    dialogue: Dialogue
    sender: str
    profile: dict = field(default_factory=dict)
    locale: Optional[str] = None
    connects: bool = False
    replies: List[Reply] = field(default_factory=list)

    async def say(self, text: str) -> Talk:
        turn = Turn(self.sender, text=text, profile=self.profile, locale=self.locale, connects=self.connects)
        self.replies = await self.dialogue.send(turn)
        return self

    async def press(self, payload: str) -> Talk:
        turn = Turn(self.sender, payload=payload, locale=self.locale, connects=self.connects)
        self.replies = await self.dialogue.send(turn)
        return self

    async def press_titled(self, part: str) -> Talk:
        (payload,) = {button.payload for reply in self.replies for button in reply.buttons if part in button.title}
        return await self.press(payload)

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def titles(self) -> List[str]:
        return [button.title for reply in self.replies for button in reply.buttons]

    @property
    def payloads(self) -> List[str]:
        return [button.payload for reply in self.replies for button in reply.buttons]

    @property
    def trace(self) -> dict:
        return dict(self.replies[-1].custom["trace"])


@pytest.fixture
def talk(embedded: Dialogue, sender: str) -> Talk:
    return Talk(embedded, sender)


@pytest.fixture(params=PEOPLE)
def code(request: pytest.FixtureRequest) -> str:
    """The language of somebody, in turn each that the checks are spoken through in."""
    return str(request.param)


@pytest.fixture
async def said(code: str, talk) -> Said:
    """What such a person says; the countries are known."""
    person = PEOPLE[code]
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    await talk.say("ok")
    return person
