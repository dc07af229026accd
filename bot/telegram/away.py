"""What can be said without Rasa: that the answer comes later, and, first of all, which numbers help.

Danger is looked for here too, with the detector that needs no Rasa (nlu/danger).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from actions.answers.help_lines import EMERGENCY, FOR_ADVICE, FOR_DANGER, FOR_DESPAIR, help_lines
from bot.dialogue.port import Reply
from bot.identity import sender_for
from bot.store.conversations import NOTHING, Conversations
from bot.telegram.answering import Answer
from bot.telegram.handlers import Heard
from bot.telegram.render import Outgoing, render
from knowledge.base import FactBase, Person
from nlu.danger.levels import NO_DANGER, Danger
from nlu.text.scripts import LANGUAGE_OF_SCRIPT, script_of
from translations.languages import language_of_locale
from translations.localizer import Localizer

NUMBERS_A_COUNTRY = 2
PRESSED_DANGER = "/danger_"


class Away:
    """``secret``: what conversation names are made with. ``danger_in`` finds danger in words."""

    def __init__(self, conversations: Conversations, secret: bytes, danger_in: Callable[[str], Danger]) -> None:
        self._conversations, self._secret, self._find_danger = conversations, secret, danger_in

    async def say(self, heard: Heard, *, again: bool) -> list[Outgoing]:
        """``again``: the person was told already that they must wait; then only danger is worth another word."""
        danger = await self._danger_in(heard)
        if again and danger.level == "none":
            return []
        known = await self._known(heard)
        person = Person(known.get("origin"), known.get("destination"), known.get("occupation"))
        speak = Localizer.of(known.get("language") or _language(heard))
        replies = _told_of_danger(speak, person, danger) if danger.kind else _told_to_wait(speak, person)
        return [message for reply in replies for message in render(reply)]

    async def language(self, heard: Heard) -> str:
        """That the person chose, as far as we know it."""
        return (await self._known(heard)).get("language") or _language(heard)

    async def late(self, heard: Heard) -> list[Outgoing]:
        """Before the answer that people had to wait for."""
        known = await self._known(heard)
        return render(Reply(Localizer.of(known.get("language") or _language(heard)).text("away.late")))

    async def farewell(self, heard: Heard) -> Answer:
        """To somebody who leaves in a hurry: one innocent line."""
        known = await self._known(heard)
        speak = Localizer.of(known.get("language") or _language(heard))
        return Answer(render(Reply(speak.text("exit.done"))), forget=True, wipe=True)

    async def _known(self, heard: Heard) -> dict[str, str]:
        try:
            state = await self._conversations.load(sender_for(heard.chat_id, self._secret), None)
        except SQLAlchemyError:  # numbers for everywhere are better than none
            state = NOTHING
        return dict(state.known)

    async def _danger_in(self, heard: Heard) -> Danger:
        if heard.payload is not None:
            is_danger = heard.payload.startswith(PRESSED_DANGER)
            return Danger("certain", heard.payload[len(PRESSED_DANGER) :].partition("{")[0]) if is_danger else NO_DANGER
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, self._find_danger, heard.text or "")


def _language(heard: Heard) -> str:
    """Of somebody who has chosen none: their script, else what their phone is set to."""
    of_script = LANGUAGE_OF_SCRIPT.get(script_of(heard.text or "") or "")
    return of_script or language_of_locale(heard.locale) or "en"


def _told_of_danger(speak: Localizer, person: Person, danger: Danger) -> list[Reply]:
    purposes = FOR_DESPAIR if danger.kind == "self_harm" else FOR_DANGER
    opening = speak.text(f"danger.{danger.kind}.answer" if danger.level == "certain" else "danger.question")
    return [Reply(_with_numbers(opening, speak, person, purposes)), Reply(speak.text(f"danger.{danger.kind}.do"))]


def _told_to_wait(speak: Localizer, person: Person) -> list[Reply]:
    return [Reply(_with_numbers(speak.text("away.wait"), speak, person, (*EMERGENCY[:1], *FOR_ADVICE)))]


def _with_numbers(opening: str, speak: Localizer, person: Person, purposes: tuple[str, ...]) -> str:
    lines = help_lines(speak, FactBase.load(), person, purposes, NUMBERS_A_COUNTRY)
    return "\n\n".join([opening, "\n".join(lines.text)])
