"""What the courier is to do for a case, besides sending a text: kept sealed in the outbox like any letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.dialogue.port import Reply
from bot.telegram.letters import Letter
from bot.telegram.render import LONGEST_CAPTION, Outgoing, render, utf16_units

OPEN, SAY, COPY, EDIT, RENAME, CLOSE, DELETE, LINE = "open", "say", "copy", "edit", "rename", "close", "delete", "line"

PICTURE = "📎"
"""Stands under a picture whose words are too long to."""


@dataclass(frozen=True)
class Errand:
    """``do``, for staff: open the topic; say something in it; copy a message into it; edit what was said there; rename
    or close or delete it; or a line to staff that belongs to no topic that must exist.

    For a person: say, copy, edit. ``case``: its number. ``source``: chat and number of the message that is meant
    or copied. ``thread``: the very topic meant, gone or not; without it, the topic of the case, made anew where it is
    gone. ``to_staff``: whom it goes to. ``by_person``: it passes on what the person wrote.
    """

    do: str
    case: int | None = None
    source: tuple[int, int] | None = None
    thread: int | None = None
    to_staff: bool = True
    by_person: bool = False

    @classmethod
    def of(cls, letter: Letter) -> Errand | None:
        kept = letter.errand
        if kept is None:
            return None
        source = kept.get("source")
        return cls(**{**kept, "source": (int(source[0]), int(source[1])) if source else None})

    def letters(self, text: str = "", reply: Reply | None = None, locale: str | None = None) -> list[bytes]:
        """As contents for the outbox; a long text in several, the errand with each of them."""
        kept: Mapping[str, Any] = {name: value for name, value in asdict(self).items() if value is not None}
        messages = [_sendable(message) for message in render(reply or Reply(text)) or [Outgoing("")]]
        said = {**kept, "do": SAY}
        errands = [kept] + [said] * (len(messages) - 1)
        if self.do == EDIT and len(messages) > 1:  # cannot stand in place of one message: said anew
            errands = [said] * len(messages)
        elif self.do == COPY and utf16_units(messages[0].html) > LONGEST_CAPTION:  # goes after the picture
            messages, errands = [Outgoing(PICTURE), *messages], [kept] + [said] * len(messages)
        letters = zip(messages, errands, strict=True)
        return [Letter(message, locale=locale, errand=errand).to_bytes() for message, errand in letters]


def _sendable(message: Outgoing) -> Outgoing:
    """Half a character, which a client may send, cannot be sent on: it would be tried for ever."""
    return replace(message, html=message.html.encode("utf-8", "replace").decode("utf-8"))
