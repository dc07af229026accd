"""``advisor ask --jsonl`` on lines that are odd: each is answered or told on its line, and the run goes on."""

from __future__ import annotations

import io
import json

import pytest

from bot.cli.jsonl import answer_lines
from bot.dialogue import Reply, Turn


class Echo:
    async def send(self, turn: Turn) -> list[Reply]:
        return [Reply(f"answer to {turn.text}")]

    async def close(self) -> None: ...


async def answered(*lines: bytes) -> tuple[int, list[dict]]:
    """Written as to a pipe: in UTF-8, where half a character cannot be."""
    pipe = io.BytesIO()
    out = io.TextIOWrapper(pipe, encoding="utf-8", write_through=True)
    status = await answer_lines(lines, Echo(), out, {})

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return status, [json.loads(line, parse_constant=refuse) for line in pipe.getvalue().decode().splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        rb'{"id": "\ud83d", "text": "hello"}',
        b'{"id": NaN, "text": "hello"}',
        b'{"id": 1e999, "text": "hello"}',
        b'{"id": [1], "text": "hello"}',
        b'{"id": true, "text": "hello"}',
        b'{"id": 3, "text": "hello", "destination": -Infinity}',
        rb'{"text": "hello", "sender": "\udc00"}',
        rb'{"text": "hello", "\ud83d": 1}',
        rb'{"text": "hello", "lang": "\ud83d"}',
    ],
)
async def test_a_line_that_cannot_be_echoed_costs_itself_only(line: bytes) -> None:
    status, [bad, good] = await answered(line, b'{"id": 2, "text": "hello"}')
    assert status == 1
    assert set(bad) <= {"id", "error"}
    assert bad["error"]
    assert (good["id"], good["replies"][0]["text"]) == (2, "answer to hello")


@pytest.mark.parametrize("told", [7, "a-7", "٧", None])
async def test_the_id_comes_back_as_it_was_told(told: object) -> None:
    status, [answer] = await answered(json.dumps({"id": told, "text": "hello"}).encode())
    assert (status, answer["id"]) == (0, told)
