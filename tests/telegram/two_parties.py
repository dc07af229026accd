"""A person and a desk: both sides scripted, the real gateway and the fake Bot API between them::

async with desk() as talk:
    thread = await talk.opened(ALICE)
    await talk.staff_says(thread, "hello")
    await talk.person_gets(ALICE, "hello")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fake_bot_api import FakeBotApi, SentMessage
from scripted import ScriptedDialogue, settings_for, sorry

from bot.desk import undelivered
from bot.desk.service import DeskService
from bot.dialogue import Button, Reply, Turn
from bot.telegram import build_application, courier, pace, running, workers
from translations.localizer import Localizer

HOME, SISTER, OTHER = -1001000000001, -1001000000002, -1001000000003
"""The group of the desk; of another desk of its organisation; of another organisation."""
MAYA, OMAR, STRANGER = 501, 502, 503
LANGUAGES = ("en", "ne", "ur", "km")
COUNTRIES = {"en": ("PH", "HK"), "ne": ("NP", "QA"), "ur": ("PK", "SA"), "km": ("KH", "TH")}

SETTINGS = f"""
desks:
  home:
    name: Kathmandu Help Desk
    organisation: Returnees
    chat: {HOME}
    pairs: "*"
    languages: [ne, en]
    remind_minutes: 30
    may_receive: [other]
    # hours
  sister:
    name: Pokhara Help Desk
    organisation: Returnees
    chat: {SISTER}
    pairs: "XX-XX"
  other:
    name: Night Line
    organisation: Migrant Centre
    chat: {OTHER}
    pairs: "XX-XX"
""".replace('"XX-XX"', '"NP-JP"')
NEVER_THERE = "zone: Asia/Kathmandu\n    hours: {}"


def order(language: str = "en", **case: Any) -> Reply:
    """What the dialogue says after "yes"."""
    origin, destination = COUNTRIES[language]
    agreed = {
        "language": language, "origin": origin, "destination": destination, "occupation": "domestic_worker",
        "topic": "ask_wages", "danger": None, "answered": ["ask_fees"], **case,
    }  # fmt: skip
    return Reply("one moment", custom={"desk": {"do": "open", "desk": "home", "case": agreed}})


FORGET = Reply("farewell", custom={"forget": True})


class Advisor(ScriptedDialogue):
    """Shows a preview when asked for a person, orders the desk after "yes"; echoes else."""

    def __init__(self, answers: Mapping[str, list[Reply] | Exception] | None = None) -> None:
        known: dict[str, list[Reply] | Exception] = {
            "/talk_to_human": [Reply("the preview", [Button("Yes", "/affirm")])],
            "yes": [order()],
            '/delete_my_data{"step":"confirm"}': [FORGET],
            "/quick_exit": [FORGET],
        }
        known.update({f"yes {language}": [order(language)] for language in LANGUAGES})
        super().__init__({**known, **(answers or {})})


class Talk:
    """``api`` is the fake Telegram, ``dialogue`` the scripted advisor."""

    def __init__(self, api: FakeBotApi, dialogue: Advisor, service: DeskService, deliver: Any) -> None:
        self.api, self.dialogue, self.service = api, dialogue, service
        self._deliver = deliver
        self.reception: Any = None

    async def opened(self, person: int, words: str = "yes", group: int = HOME) -> int:
        """The topic of the person's new case, once its summary stands in it."""
        before = set(self.api.groups[group].topics)
        self.api.say(person, words)
        await self.until(lambda: set(self.api.groups[group].topics) - before)
        [thread] = set(self.api.groups[group].topics) - before
        await self.until(lambda: self.api.in_topic(group, thread))
        await self.person_gets(person, "Kathmandu Help Desk")
        return thread

    async def until(self, condition: Any) -> None:
        assert await self.api.until(condition), {
            "topics": {chat: group.topics for chat, group in self.api.groups.items()},
            "sent": [(message.chat_id, message.thread, message.text) for message in self.api._messages],
        }

    async def topic_gets(self, thread: int | None, words: str, group: int = HOME) -> str:
        await self.until(lambda: any(words in text for text in self.api.in_topic(group, thread)))
        return next(text for text in self.api.in_topic(group, thread) if words in text)

    async def person_gets(self, person: int, words: str) -> SentMessage:
        await self.until(lambda: any(words in text for text in self.api.texts(person)))
        return next(message for message in reversed(self.api.sent(person)) if words in message.text)

    async def told(self, person: int, language: str, key: str, **values: object) -> SentMessage:
        """The person gets that sentence, in their language."""
        return await self.person_gets(person, Localizer.of(language).text(key, **values))

    def staff_says(
        self, thread: int | None, words: str | None, user: int = MAYA, group: int = HOME, **more: Any
    ) -> int:
        return self.api.staff(group, user, words, thread, **more)

    def presses(self, person: int, message: SentMessage, starts: str) -> None:
        """The button whose payload begins so."""
        data = [key["callback_data"] for row in message.keyboard for key in row]
        self.api.press_data(person, next(one for one in data if one.startswith(starts)), message_id=message.message_id)

    async def look(self) -> None:
        """As the desk does every few seconds."""
        for chat in await self.service.look():
            self._deliver(chat)

    async def settled(self, person: int, group: int = HOME) -> None:
        """Everything on its way so far has been worked off: later messages of both have been answered."""
        marks = len([text for text in self.api.in_topic(group, None) if "waiting" in text])
        self.api.staff(group, MAYA, "/queue")
        await self.until(lambda: len([text for text in self.api.in_topic(group, None) if "waiting" in text]) > marks)
        queries = self.api.count("answerCallbackQuery")
        self.api.press_data(person, "desk:leave:999999")
        await self.until(lambda: self.api.count("answerCallbackQuery") > queries)


@asynccontextmanager
async def desk(dialogue: Advisor | None = None, first_number: int = 1, **settings: Any) -> AsyncIterator[Talk]:
    """``first_number``: of updates and messages, where an earlier fake has given the lower ones already."""
    advisor = dialogue or Advisor()
    async with FakeBotApi(first_number) as api:
        for group in (HOME, SISTER, OTHER):
            api.add_group(group)
        gateway = build_application(settings_for(api, **settings), advisor, sorry)
        async with running(gateway):
            talk = Talk(api, advisor, gateway._desk, gateway._courier.wake)
            talk.reception = gateway._reception
            yield talk


def prepare(monkeypatch: pytest.MonkeyPatch, folder: Path, hours: str = "") -> None:
    """Three desks, no pauses, danger judged by wordings alone."""
    path = folder / "desks.yml"
    path.write_text(SETTINGS.replace("# hours", hours), encoding="utf-8")
    monkeypatch.setenv("ADVISOR_DESKS", str(path))
    monkeypatch.setattr("bot.training.INTENTS", folder / "no-model.npz")
    monkeypatch.setattr(pace, "ONE_CHAT", 0.0)
    monkeypatch.setattr(pace, "GROUP_MINUTE", 0.0)
    monkeypatch.setattr(undelivered, "RETRY", 0.05)
    monkeypatch.setattr(courier, "SEND_PAUSES", (0.01, 0.01))
    monkeypatch.setattr(workers, "PAUSES", (0.01, 0.01, 0.01))


__all__ = ["MAYA", "OMAR", "Advisor", "Talk", "Turn", "desk", "order", "prepare"]
