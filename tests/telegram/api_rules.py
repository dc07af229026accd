"""What the Telegram Bot API refuses, and in which words."""

from __future__ import annotations

import html
import re

from aiohttp import web


class ApiError(Exception):
    """What Telegram answers when it refuses: status, description, parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def response(self) -> web.Response:
        body = {"ok": False, "error_code": self.status, "description": self.description}
        return web.json_response({**body, "parameters": self.parameters}, status=self.status)


_TAG = re.compile(r"<(?P<close>/?)(?P<name>[^\s>]*)[^>]*>|<")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "span", "blockquote"}
_TAGS |= {"tg-spoiler", "tg-emoji"}
LONGEST_TEXT = 4096


def visible_text(text: str, parse_mode: str | None) -> str:
    """What is left after parsing entities, held to Telegram's rules. Raises ApiError."""
    if parse_mode == "HTML":
        text = _without_tags(text)
    text = text.strip()
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    return text


def _without_tags(text: str) -> str:
    opened: list[str] = []
    for tag in _TAG.finditer(text):
        name = tag["name"]
        if name not in _TAGS:
            raise ApiError(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{name}"')
        if not tag["close"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise ApiError(400, "Bad Request: can't parse entities: Unexpected end tag")
    if opened:
        raise ApiError(400, "Bad Request: can't parse entities: Can't find end tag")
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), _TAG.sub("", text))
