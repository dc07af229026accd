"""The gateway's own web server: Telegram's webhook, and what a supervisor asks for (health, readiness, meters)."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.telegram.meters import Meters
from bot.telegram.reception import Reception

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of one update; Telegram's are far smaller."""
DEFAULT_PLACE = "127.0.0.1:8080"

IsReady = Callable[[], Awaitable[bool]]


def webhook(reception: Reception, secret: str) -> Callable[[Request], Awaitable[Response]]:
    """200 only once the update is written down; any other answer makes Telegram deliver it again."""
    expected = secret.encode("ascii")

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(given, expected):
            return PlainTextResponse("", 403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("", 413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("", 400)
        try:
            written_down = await reception.take_in([update])
        except SQLAlchemyError as error:
            log.error("messages wait at Telegram, the database does not take them: %s", type(error).__name__)
            return PlainTextResponse("", 503)
        return PlainTextResponse("", 200 if written_down else 400)

    return take


async def _body(request: Request) -> bytes | None:
    """None when there is too much of it; it is not read to the end then."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body


def doors(meters: Meters, is_ready: IsReady, hook: tuple[str, Callable] | None = None) -> Starlette:  # type: ignore[type-arg]
    """``hook``: the path of the webhook and what answers there."""

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readiness(_: Request) -> Response:
        return PlainTextResponse("ready") if await is_ready() else PlainTextResponse("not ready", 503)

    async def figures(_: Request) -> Response:
        return Response(meters.shown(), media_type=CONTENT_TYPE_LATEST)

    routes = [Route("/healthz", health), Route("/readyz", readiness), Route("/metrics", figures)]
    if hook is not None:
        routes.append(Route(hook[0], hook[1], methods=["POST"]))
    return Starlette(routes=routes)


def path_of(url: str) -> str:
    return urlsplit(url).path or "/"


class CannotListen(Exception):
    """The message is one line for the operator."""


class WebServer(uvicorn.Server):
    """Leaves signals to the gateway. Raises CannotListen when it cannot at ``place``: 127.0.0.1:8080, [::1]:8080."""

    def __init__(self, application: Starlette, place: str) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http="h11",
                ws="none",
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=5,
            )
        )
        self.socket = _socket_at(place)
        self._serving: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @property
    def address(self) -> str:
        host, port = self.socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def open(self) -> None:
        self._serving = asyncio.create_task(self.serve(sockets=[self.socket]))
        while not self.started and not self._serving.done():
            await asyncio.sleep(0.01)

    async def shut(self) -> None:
        self.should_exit = True
        if self._serving is not None:
            await self._serving
        self.socket.close()


def _socket_at(place: str) -> socket.socket:
    host, _, port = place.rpartition(":")
    bare = host.strip("[]")
    try:
        return socket.create_server((bare, int(port)), family=socket.AF_INET6 if bare != host else socket.AF_INET)
    except OSError as error:
        raise CannotListen(f"ADVISOR_LISTEN: {error.strerror}") from None
    except UnicodeError:  # a name with an empty part, or one too long
        raise CannotListen("ADVISOR_LISTEN: no such name") from None
