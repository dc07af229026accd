"""A small Telegram Bot API over real HTTP on 127.0.0.1, as strict as the real one where bots got bitten::

async with FakeBotApi() as api:
    ...  # start a bot with base_url=api.base and token=TOKEN
    api.say(chat_id, "hello")
    [reply] = await api.wait_for(chat_id, 1)
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from api_rules import ApiError, visible_text
from fake_groups import FakeGroups
from typing_extensions import Self

_JSON_PARAMETERS = {
    "allowed_updates",
    "chat_id",
    "drop_pending_updates",
    "from_chat_id",
    "limit",
    "max_connections",
    "message_id",
    "message_thread_id",
    "message_ids",
    "link_preview_options",
    "offset",
    "reply_markup",
    "timeout",
    "user_id",
}

TOKEN = "4200000001:AAH-fake-token-for-tests-only"
PATIENCE = 8.0


class Watched:
    """Something tests wait for: ``changed()`` wakes everybody who waits ``until`` a condition holds."""

    def __init__(self) -> None:
        self._change = asyncio.Event()

    def changed(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

    async def until(self, condition: Callable[[], object], timeout: float = PATIENCE) -> bool:
        """Whether the condition came true in time."""

        deadline = time.monotonic() + timeout
        while not condition():
            try:
                await asyncio.wait_for(self._change.wait(), deadline - time.monotonic())
            except asyncio.TimeoutError:
                return False
        return True


@dataclass
class Fault:
    """What happens to the next ``times`` calls of a method.

    ``status`` 429 (with ``retry_after``), 403, 400, 500…; ``body`` instead of JSON; ``delay`` seconds;
    ``drop`` closes the connection before ("request") or after ("response") the call has taken effect.
    """

    status: int | None = None
    retry_after: int = 1
    body: str | None = None
    delay: float = 0.0
    drop: str | None = None
    times: int = 1
    chat_id: int | None = None
    description: str = "Fault"

    def check(self) -> None:
        if self.status == 429:
            pause = self.retry_after
            raise ApiError(429, f"Too Many Requests: retry after {pause}", retry_after=pause)
        if self.status == 403:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if self.status is not None:
            raise ApiError(self.status, self.description)


@dataclass(frozen=True)
class SentMessage:
    """A message the bot sent: ``text`` as people see it, ``keyboard`` as rows of Telegram buttons."""

    chat_id: int
    message_id: int
    text: str
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)
    picture: bytes | None = None
    copy_of: tuple[int, int] | None = None

    @property
    def thread(self) -> int | None:
        """The topic it stands in."""
        return self.parameters.get("message_thread_id")

    @property
    def rows(self) -> list[list[str]]:
        return [[button["text"] for button in row] for row in self.keyboard]


class FakeBotApi(FakeGroups, Watched):
    """One bot, any number of people. Use as an async context manager; ``base`` is its TELEGRAM_API_BASE."""

    def __init__(self, first_number: int = 1) -> None:
        super().__init__()
        self.base = ""
        self.token_accepted = True
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.deleted: list[tuple[int, int]] = []
        self._updates: list[dict[str, Any]] = []
        self._repeated: list[dict[str, Any]] = []
        self._history: dict[int, dict[str, Any]] = {}
        self._messages: list[SentMessage] = []
        self.written: set[tuple[int, int]] = set()
        """Chat and number of what people wrote and is not deleted."""
        self._faults: list[tuple[str, Fault]] = []
        self._ids = itertools.count(first_number)
        self._update_ids = itertools.count(first_number)
        self._latest_poll = 0

    async def __aenter__(self) -> Self:
        server = web.Application()
        server.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._latest_poll = -1
        self.changed()
        await self._runner.cleanup()

    # What people do. Each returns the update's id.

    def say(self, chat_id: int, text: str, language_code: str | None = None) -> int:
        return self.send(chat_id, language_code, text=text)

    def send(self, chat_id: int, language_code: str | None = None, **content: Any) -> int:
        """Any message, as Telegram words it: ``photo=[…]``, ``caption="…"``, ``location={…}``…"""
        message = self._message(chat_id, language_code, **content)
        self.people_said[chat_id, message["message_id"]] = message
        return self.post("message", message)

    def edit(self, update_id: int, after: int = 1, **content: Any) -> int:
        """Changes the message of an earlier update, ``after`` seconds: ``text="…"``, ``caption="…"``."""
        before = next(content for kind, content in self._history[update_id].items() if kind != "update_id")
        return self.post("edited_message", {**before, **content, "edit_date": before["date"] + after})

    def press(self, chat_id: int, message_id: int, button_title: str) -> int:
        [message] = [message for message in self.sent(chat_id) if message.message_id == message_id]
        keys = [key for row in message.keyboard for key in row if key["text"] == button_title]
        return self.press_data(chat_id, keys[0]["callback_data"], message_id=message_id)

    def press_data(
        self, chat_id: int, data: str, language_code: str | None = None, message_id: int | None = None
    ) -> int:
        """A press as a tampered client can make it: with any data."""
        message = self._message(chat_id, None, text="the message with the button")
        message["message_id"] = message_id or message["message_id"]
        query = {"id": str(next(self._ids)), "chat_instance": "1", "data": data, "message": message}
        return self.post("callback_query", {**query, "from": _person(chat_id, language_code)})

    def post(self, kind: str, content: dict[str, Any]) -> int:
        update_id = next(self._update_ids)
        self._history[update_id] = {"update_id": update_id, kind: content}
        self._updates.append(self._history[update_id])
        self.changed()
        return update_id

    def repeat(self, update_id: int) -> None:
        """Deliver an update a second time, once it is confirmed, as the real server does now and then."""
        self._repeated.append(self._history[update_id])
        self.changed()

    # What the bot did.

    def sent(self, chat_id: int) -> list[SentMessage]:
        return [message for message in self._messages if message.chat_id == chat_id]

    def texts(self, chat_id: int) -> list[str]:
        return [message.text for message in self.sent(chat_id)]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [parameters for called, parameters in self.calls if called == method]

    def count(self, method: str) -> int:
        return sum(called == method for called, _ in self.calls)

    async def wait_for(self, chat_id: int, n: int) -> list[SentMessage]:
        """All messages to a chat once there are ``n``; fails when they do not come."""
        assert await self.until(lambda: len(self.sent(chat_id)) >= n), f"{n} expected: {self.texts(chat_id)}"
        return self.sent(chat_id)

    async def wait_for_call(self, method: str, n: int = 1) -> None:
        assert await self.until(lambda: self.count(method) >= n), f"{self.count(method)} calls of {method}"

    # What goes wrong.

    def fail(self, method: str, fault: Fault) -> None:
        self._faults.append((method, fault))

    def _fault(self, method: str, parameters: Mapping[str, Any]) -> Fault:
        for name, fault in self._faults:
            if name == method and fault.times > 0 and fault.chat_id in (None, parameters.get("chat_id")):
                fault.times -= 1
                return fault
        return Fault()

    # The server.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            form = await request.post()
        except ConnectionResetError:  # whoever asked was killed in the middle of the question
            return web.Response()
        parameters = {name: _decoded(name, value) for name, value in form.items()}
        self.calls.append((method, parameters))
        self.changed()
        if request.match_info["token"] != TOKEN or not self.token_accepted:
            return ApiError(401, "Unauthorized").response()
        fault = self._fault(method, parameters)
        await asyncio.sleep(fault.delay)
        if fault.drop == "request":
            return _hang_up(request)
        try:
            fault.check()
            result = await self._call(method, parameters)
        except ApiError as error:
            return error.response()
        if fault.drop == "response":
            return _hang_up(request)
        if fault.body is not None:
            return web.Response(text=fault.body)
        return web.json_response({"ok": True, "result": result})

    async def _call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Unknown methods succeed: the calls are recorded for whoever wants to look."""
        if method == "getMe":
            return {"id": 4200000001, "is_bot": True, "first_name": "Advisor", "username": "advisor_test_bot"}
        if method == "getUpdates":
            return await self._get_updates(**parameters)
        if method == "sendMessage":
            return self._send_message(parameters, str(parameters.get("text", "")))
        if method == "sendPhoto":
            return self._send_message(parameters, str(parameters.get("caption", "")), _picture(parameters))
        if method == "deleteMessage":
            return self._delete_one(int(parameters["chat_id"]), int(parameters["message_id"]))
        if method == "editMessageText":
            return self._edit_message(parameters)
        if method == "editMessageReplyMarkup":
            return self._edit_keyboard(parameters)
        if method == "deleteMessages":
            return self._delete(parameters["chat_id"], parameters["message_ids"])
        result = self.call_of_group(method, parameters)
        return True if result is NotImplemented else result

    async def _get_updates(self, offset: int = 0, timeout: int = 0, limit: int = 100, **_: Any) -> list[Any]:
        """Asking for an offset confirms and forgets all updates below it. A newer poll ends an older one."""
        self._latest_poll += 1
        mine = self._latest_poll
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        await self.until(lambda: self._updates or self._repeated or self._latest_poll != mine, timeout)
        waiting = [update["update_id"] for update in self._updates]
        if self._latest_poll != mine:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        repeated = [update for update in self._repeated if update["update_id"] not in waiting]
        self._repeated = [update for update in self._repeated if update["update_id"] in waiting]
        return [*repeated, *self._updates[:limit]]

    def _edit_message(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """In place of the old one, which keeps its number."""
        text = visible_text(str(parameters.get("text", "")), parameters.get("parse_mode"))
        wanted = (parameters["chat_id"], parameters["message_id"])
        for place, old in enumerate(self._messages):
            if (old.chat_id, old.message_id) == wanted:
                if old.text == text:
                    raise ApiError(400, "Bad Request: message is not modified")
                keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
                self._messages[place] = SentMessage(*wanted, text, keyboard, {**old.parameters, **parameters})
                self.changed()
                return _shown(self._messages[place])
        raise ApiError(400, "Bad Request: message to edit not found")

    def _edit_keyboard(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        wanted = (parameters["chat_id"], parameters["message_id"])
        for place, old in enumerate(self._messages):
            if (old.chat_id, old.message_id) == wanted:
                keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
                if old.keyboard == keyboard:
                    raise ApiError(400, "Bad Request: message is not modified: the content is exactly the same")
                self._messages[place] = SentMessage(*wanted, old.text, keyboard, old.parameters)
                return _shown(self._messages[place])
        if wanted in self.written:
            raise ApiError(400, "Bad Request: message can't be edited")
        raise ApiError(400, "Bad Request: message to edit not found")

    def _delete_one(self, chat_id: int, number: int) -> bool:
        """Of a message that there is, theirs or ours."""
        theirs = self.people_said.pop((chat_id, number), None)
        ours = any((each.chat_id, each.message_id) == (chat_id, number) for each in self._messages)
        if theirs is None and not ours:
            raise ApiError(400, "Bad Request: message to delete not found")
        self.deleted.append((chat_id, number))
        return self._delete(chat_id, [number])

    def _delete(self, chat_id: int, numbers: list[int]) -> bool:
        """At most a hundred at a time; numbers of no message are passed over."""
        if not 1 <= len(numbers) <= 100:
            raise ApiError(400, "Bad Request: message identifiers are not specified, or there are too many")
        gone = {(chat_id, number) for number in numbers}
        self._messages = [each for each in self._messages if (each.chat_id, each.message_id) not in gone]
        self.written -= gone
        self.changed()
        return True

    def _send_message(self, parameters: Mapping[str, Any], text: str, picture: bytes | None = None) -> dict[str, Any]:
        self.check_place(parameters)
        text = visible_text(text, parameters.get("parse_mode"))
        keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
        if any(not 1 <= len(key["callback_data"].encode()) <= 64 for row in keyboard for key in row):
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        message = SentMessage(parameters["chat_id"], next(self._ids), text, keyboard, parameters, picture=picture)
        self._messages.append(message)
        self.changed()
        return _shown(message)

    def sent_copy(self, parameters: Mapping[str, Any], text: str, source: tuple[int, int]) -> int:
        keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
        number = next(self._ids)
        self._messages.append(
            SentMessage(int(parameters["chat_id"]), number, text, keyboard, parameters, copy_of=source)
        )
        self.changed()
        return number

    def _message(self, chat_id: int, language_code: str | None, **content: Any) -> dict[str, Any]:
        """A message of a person, in the private chat of that id or, for a negative id, in a group."""
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "group"}
        person = _person(chat_id, language_code)
        if command := re.match(r"/\w+(@\w+)?", content.get("text", "")):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        number = next(self._ids)
        self.written.add((chat_id, number))
        return {"message_id": number, "date": 1, "chat": chat, "from": person, **content}


def _shown(message: SentMessage) -> dict[str, Any]:
    chat = {"id": message.chat_id, "type": "private"}
    return {"message_id": message.message_id, "date": 1, "chat": chat, "text": message.text}


def _picture(parameters: Mapping[str, Any]) -> bytes:
    """Uploaded files come as further fields of the form."""
    [picture] = [value for value in parameters.values() if isinstance(value, bytes)]
    return picture


def _person(chat_id: int, language_code: str | None) -> dict[str, Any]:
    language = {"language_code": language_code} if language_code else {}
    return {"id": abs(chat_id), "is_bot": False, "first_name": "Somebody", **language}


def _decoded(name: str, value: Any) -> Any:
    """Parameters arrive as form fields: numbers and structures as JSON, words as they are, files as bytes."""
    if isinstance(value, web.FileField):
        return value.file.read()
    return json.loads(value) if name in _JSON_PARAMETERS else value


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
