"""From a reply to what Telegram is asked to show. Pure functions: no network, no state.

Replies are plain text. They are sent as HTML: there only three characters need escaping, in any script.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.dialogue.payload import LONGEST_PAYLOAD, BadPayload
from bot.dialogue.port import Button, Reply

LONGEST_TEXT = 4096
"""Telegram's limit for one message, in UTF-16 units of the text as people see it."""

LONGEST_CAPTION = 1024
"""The same under a picture."""

LONGEST_IN_PAIR = 16
LONGEST_IN_THREES = 10
MANY_BUTTONS = 8

_VISIBLE = regex.compile(r"[^\p{Z}\p{Cc}\p{Cf}]")
_GRAPHEME = regex.compile(r"\X")
# Where a long text may be cut, best first. The first part ends with group "end", the rest of a match is lost.
_PARAGRAPH = regex.compile(r"(?P<end>)\s*\n\s*\n\s*")
_LINE = regex.compile(r"(?P<end>)\s*\n\s*")
_SENTENCE = regex.compile(r"""(?P<end>(?:[.!?…]+["'”’»)\]]*(?=\s)|[।॥။។៕۔؟。！？]+["'”’»)\]]*))\s*""")
_SPACE = regex.compile(r"(?P<end>)\s+")
_CUTS = (_PARAGRAPH, _LINE, _SENTENCE, _SPACE)
# A consonant after one of these is drawn together with the letter before, though they count as two graphemes.
_JOINED_TO_NEXT = regex.compile(r"[\p{InSC=Virama}\p{InSC=Invisible_Stacker}]\u200d?$")


@dataclass(frozen=True)
class Outgoing:
    """One Telegram message: ``html`` for parse mode HTML, the keyboard below it, the picture (PNG) above it.

    ``in_place``: it takes the place of the message whose button was pressed.
    """

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    picture: bytes | None = None
    in_place: bool = False


def render(reply: Reply) -> list[Outgoing]:
    """The messages that show ``reply``, in order, the keyboard on the last; none when it has no visible text.

    Raises BadPayload when Telegram would refuse one of the buttons.
    """
    keyboard = _keyboard(reply.buttons)
    if not _VISIBLE.search(reply.text):
        return []
    if reply.picture is not None:
        caption = html.escape(split_text(reply.text, LONGEST_CAPTION)[0], quote=False)
        return [Outgoing(caption, keyboard, reply.picture)]
    parts = [html.escape(part, quote=False) for part in split_text(reply.text)]
    in_place = reply.in_place and len(parts) == 1
    return [Outgoing(part) for part in parts[:-1]] + [Outgoing(parts[-1], keyboard, in_place=in_place)]


def utf16_units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def split_text(text: str, limit: int = LONGEST_TEXT) -> list[str]:
    """``text`` in parts of at most ``limit`` UTF-16 units, cut where it hurts reading least.

    Only white space is lost, and only at the cuts and at both ends.
    """
    parts = []
    rest = text.strip()
    while utf16_units(rest) > limit:
        end, start = _cut(rest, limit)
        parts.append(rest[:end])
        rest = rest[start:]
    parts.append(rest)
    return [part for part in parts if _VISIBLE.search(part)]


def _cut(text: str, limit: int) -> tuple[int, int]:
    """Where the first part of a too long text ends and where the next one starts."""
    boundaries = [0, *_grapheme_ends(text, limit)]
    allowed = set(boundaries)
    for pattern in _CUTS:
        matches = pattern.finditer(text, 0, _after_white_space(text, boundaries[-1]))
        for match in reversed(list(matches)):
            end = match.end("end")
            if 0 < end <= boundaries[-1] and end in allowed and _starts_grapheme(text, match.end()):
                return end, match.end()
    end = _last_unjoined(text, boundaries) or boundaries[-1] or _code_points_within(text, limit)
    return end, end


def _grapheme_ends(text: str, limit: int) -> Iterator[int]:
    units = 0
    for grapheme in _GRAPHEME.finditer(text):
        units += utf16_units(grapheme.group())
        if units > limit:
            return
        yield grapheme.end()


def _after_white_space(text: str, position: int) -> int:
    """A part that just fits may be followed by the white space it is cut at."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _starts_grapheme(text: str, position: int) -> bool:
    """Told from one character of context, which is enough after white space and sentence marks."""
    joined = text[max(position - 1, 0) : position + 1]
    return len(joined) < 2 or len(_GRAPHEME.findall(joined)) == 2


def _last_unjoined(text: str, boundaries: Sequence[int]) -> int:
    for boundary in reversed(boundaries):
        if boundary and not _JOINED_TO_NEXT.search(text[max(boundary - 2, 0) : boundary]):
            return boundary
    return 0


def _code_points_within(text: str, limit: int) -> int:
    """For one grapheme longer than a message: no language has it, but it must not stop us either."""
    units = 0
    for position, character in enumerate(text):
        units += utf16_units(character)
        if units > limit:
            return max(position, 1)
    return len(text)


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup([[_key(button) for button in row] for row in _rows(buttons)])


def _key(button: Button) -> InlineKeyboardButton:
    size = len(button.payload.encode("utf-8"))
    if not 0 < size <= LONGEST_PAYLOAD:
        raise BadPayload(f"a button carries {size} bytes, Telegram takes 1 to {LONGEST_PAYLOAD}")
    if not _VISIBLE.search(button.title):
        raise BadPayload("a button has no title")
    return InlineKeyboardButton(button.title, callback_data=button.payload)


def _rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """A long title has a row to itself, shorter ones stand in pairs, short ones of a long list in threes."""
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and len(rows[-1]) < _room([*rows[-1], button], len(buttons)):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _room(row: Sequence[Button], of_all: int) -> int:
    longest = max(len(_GRAPHEME.findall(button.title)) for button in row)
    if longest <= LONGEST_IN_THREES and of_all > MANY_BUTTONS:
        return 3
    return 2 if longest <= LONGEST_IN_PAIR else 1
