"""What a gateway and its child process write to each other: one line of JSON a turn, one an answer."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Type, TypeVar

from bot.dialogue.port import Button, Reply, Turn
from bot.store.conversations import NOTHING, State

LONGEST_LINE = 2**25
"""Bytes; a picture is one of some hundred thousand."""


@dataclass(frozen=True)
class Asked:
    """``state``: what is known of the conversation before this turn."""

    number: int
    turn: Turn
    state: State

    def as_json(self) -> Mapping[str, Any]:
        return {"number": self.number, "turn": vars(self.turn), "state": self.state}

    @classmethod
    def of_json(cls, known: Mapping[str, Any]) -> Asked:
        return cls(known["number"], Turn(**known["turn"]), State(*known["state"]))


@dataclass(frozen=True)
class Told:
    """The answer to what was asked under ``number``, or the ``failure`` to give one. ``state``: what is known of the
    conversation after it. ``is_ready``: the first line, which answers nothing."""

    number: int
    replies: List[Reply]
    state: State = NOTHING
    failure: Optional[str] = None
    is_ready: bool = False

    def as_json(self) -> Mapping[str, Any]:
        return {**vars(self), "replies": [_of_reply(reply) for reply in self.replies]}

    @classmethod
    def of_json(cls, known: Mapping[str, Any]) -> Told:
        replies = [_reply(each) for each in known["replies"]]
        return cls(**{**known, "replies": replies, "state": State(*known["state"])})


Line = TypeVar("Line", Asked, Told)


def write_line(writer: asyncio.StreamWriter, line: Line) -> None:
    writer.write(json.dumps(line.as_json()).encode("ascii") + b"\n")


async def read_line(reader: asyncio.StreamReader, kind: Type[Line]) -> Optional[Line]:
    """None where the other side has gone. Raises ValueError for what is no such line."""
    line = await reader.readline()
    try:
        return kind.of_json(json.loads(line)) if line.endswith(b"\n") else None
    except (KeyError, TypeError) as error:
        raise ValueError("not a line of ours") from error


def _of_reply(reply: Reply) -> Mapping[str, Any]:
    picture = base64.b64encode(reply.picture).decode("ascii") if reply.picture else None
    return {**vars(reply), "buttons": [vars(button) for button in reply.buttons], "picture": picture}


def _reply(known: Mapping[str, Any]) -> Reply:
    picture = base64.b64decode(known["picture"]) if known["picture"] else None
    buttons = [Button(**button) for button in known["buttons"]]
    return Reply(**{**known, "buttons": buttons, "picture": picture})
