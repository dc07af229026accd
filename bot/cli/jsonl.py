"""``advisor ask --jsonl``: one JSON object in, one out, per line. A bad line is told on its line; the run goes on."""

from __future__ import annotations

import json
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Mapping, TextIO

from bot.cli import choices
from bot.cli.failure import Failure
from bot.dialogue import Dialogue, DialogueUnavailable, Reply, Turn

FIELDS = frozenset({"id", "text", "sender", *choices.FIELDS})
TRACE = ("intent", "confidence", "ranking", "language", "reply_language", "danger", "entities", "facts")


class BadLine(Exception):
    """A line that cannot be answered; the message says what is wrong with it."""


def read_lines(source: str) -> Iterator[bytes]:
    """The lines of a file, or of stdin for "-". Raises Failure when the file cannot be read."""
    if source == "-":
        return iter(sys.stdin.buffer)
    try:
        return iter(Path(source).read_bytes().splitlines(keepends=True))
    except OSError as error:
        raise Failure(f"{source}: {error.strerror}") from None


async def answer_lines(lines: Iterable[bytes], dialogue: Dialogue, out: TextIO, defaults: Mapping[str, object]) -> int:
    """Exit status: 0, or 1 when any line could not be answered."""
    status = 0
    for line in lines:
        if not line.strip():
            continue
        answered = await _answer_line(line, dialogue, defaults)
        status = 1 if "error" in answered else status
        out.write(json.dumps(answered, ensure_ascii=False) + "\n")
        out.flush()
    return status


async def _answer_line(line: bytes, dialogue: Dialogue, defaults: Mapping[str, object]) -> Dict[str, Any]:
    asked: Dict[str, Any] = {}
    try:
        given = _parse(line)
        _check_id(given.get("id"))
        asked = given
        turn = _turn_of({**defaults, **asked})
        started = time.perf_counter()
        replies = await dialogue.send(turn)
        return _answer(asked, replies, (time.perf_counter() - started) * 1000)
    except (BadLine, Failure) as error:
        reason = str(error)
    except DialogueUnavailable as error:
        reason = f"no answer can be had now ({error})"
    return {**({"id": asked["id"]} if "id" in asked else {}), "error": reason}


def _parse(line: bytes) -> Dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None
    if not isinstance(asked, dict):
        raise BadLine("not a JSON object")
    return asked


def _refuse(constant: str) -> None:
    """NaN and its like are Python's own, and no JSON."""
    raise ValueError(constant)


def _check_id(told: object) -> None:
    """It comes back on the line of the answer, so it must be something that can be written there."""
    is_whole = isinstance(told, int) and not isinstance(told, bool)
    if told is not None and not is_whole and not (isinstance(told, str) and _is_text(told)):
        raise BadLine("id must be a whole number or text")


def _turn_of(asked: Mapping[str, Any]) -> Turn:
    unknown = sorted(set(asked) - FIELDS)
    if unknown:
        raise BadLine(f"unknown field {unknown[0]!r}")
    if not isinstance(asked.get("text"), str):
        raise BadLine("text is missing or not text")
    sender = asked.get("sender")
    if sender is not None and not (isinstance(sender, str) and _is_text(sender)):
        raise BadLine("sender must be text")
    conversation = f"jsonl-{sender}" if sender else f"once-{uuid.uuid4().hex}"
    return Turn(conversation, text=_without_surrogates(asked["text"]), profile=choices.profile_of(asked))


def _is_text(told: str) -> bool:
    r"""JSON can hold half a character ("\ud83d"); nothing else can."""
    return _without_surrogates(told) == told


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _answer(asked: Mapping[str, Any], replies: List[Reply], milliseconds: float) -> Dict[str, Any]:
    trace: Mapping[str, Any] = replies[-1].custom.get("trace", {}) if replies else {}
    return {
        "id": asked.get("id"),
        **{name: trace.get(name) for name in TRACE},
        "replies": [
            {
                "text": reply.text,
                "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
            }
            for reply in replies
        ],
        "result": trace.get("result"),
        "ms": round(milliseconds, 1),
    }
