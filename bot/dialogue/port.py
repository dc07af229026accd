"""What a gateway and the advisor say to each other, whichever side of a network Rasa runs on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Protocol, Sequence, Tuple

from bot.dialogue.payload import check_payload, make_payload

NOTHING_WRITTEN = make_payload("show_menu", step="cannot_read")
_TURN = "|turn:"
LONGEST_MESSAGE = 4000
"""Characters of one message that are read; the rest is dropped. Telegram itself sends at most 4096."""


class DialogueUnavailable(Exception):
    """The advisor cannot answer just now. The turn may be tried again.

    ``away``: it answers nobody (starting, server down, too slow), so that trying again in a while is worth it;
    otherwise it may be this turn that it cannot answer.
    """

    def __init__(self, reason: str, *, away: bool = False) -> None:
        super().__init__(reason)
        self.away = away


@dataclass(frozen=True)
class Turn:
    """One thing a person did: wrote ``text``, or pressed a button that carried ``payload``.

    ``sender`` names a conversation and nobody: a gateway makes it from the chat id by HMAC.
    ``locale`` is the language the person's phone is set to (only a hint, such as ``ne`` or ``en-GB``).
    ``profile`` holds choices made outside the conversation (command line options, deep links):
    any of ``language``, ``origin``, ``destination``, ``occupation``.
    ``connects``: whether this gateway carries out ``Reply.custom["desk"]``, so that people may be offered a person.
    ``number``: given again when the same turn is asked again; it then meets what was known before it.
    """

    sender: str
    text: Optional[str] = None
    payload: Optional[str] = None
    locale: Optional[str] = None
    profile: Mapping[str, str] = field(default_factory=dict)
    number: Optional[int] = None
    connects: bool = False
    bot_name: Optional[str] = None
    """What the bot is called where the person writes to it, without "@"."""

    def __post_init__(self) -> None:
        if (self.text is None) == (self.payload is None):
            raise ValueError("a turn is either text or a payload")
        if self.payload is not None:
            check_payload(self.payload)

    @property
    def message(self) -> str:
        """What Rasa reads. A leading "/" in free text would bypass understanding and must not reach it."""
        if self.payload is not None:
            return self.payload
        return _readable(self.text or "") or NOTHING_WRITTEN

    @property
    def conversation(self) -> str:
        """What Rasa knows the conversation by: Rasa itself has no room for the number of a turn."""
        return self.sender if self.number is None else f"{self.sender}{_TURN}{self.number}"

    @property
    def metadata(self) -> dict[str, Any]:
        named = {"bot_name": self.bot_name} if self.bot_name else {}
        return {"profile": dict(self.profile), "locale": self.locale, "connects": self.connects, **named}


def conversation_of(conversation: str) -> Tuple[str, Optional[int]]:
    """Sender and number of the turn, from ``Turn.conversation``."""
    sender, found, number = conversation.rpartition(_TURN)
    return (sender, int(number)) if found and number.isascii() and number.isdigit() else (conversation, None)


def _readable(text: str) -> str:
    """Without control characters and halves of characters, which no script needs; without the dangerous slash."""
    kept = "".join(
        character
        for character in text[:LONGEST_MESSAGE]
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return kept.lstrip("/ \t\n\u200b\u200c\u200d\u2060\ufeff\u00a0").rstrip()


@dataclass(frozen=True)
class Button:
    """A next step: ``title`` in the reader's language, ``payload`` of at most 64 bytes."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message to show. ``picture``: a PNG that belongs above the text; ``in_place``: it takes the place of the
    message whose button was pressed. ``custom`` carries what is not for the eye: the trace of ``ask --jsonl``,
    ``forget`` when the person had everything deleted, ``wipe`` when the messages are to go as well, and ``desk`` with
    the order to bring in a person, ``{"do": "open", "desk": key of the desk, "case": what the person agreed to send}``
    (actions/handover/case.py)."""

    text: str
    buttons: Sequence[Button] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)
    picture: Optional[bytes] = None
    in_place: bool = False


class Dialogue(Protocol):
    """A conversation partner. Implementations answer the turns of one sender in order."""

    async def send(self, turn: Turn) -> list[Reply]:
        """Answer one turn. Raises DialogueUnavailable when no answer can be had now."""

    async def close(self) -> None:
        """Let go of connections and memory."""
