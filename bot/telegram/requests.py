"""Requests to Telegram by aiohttp, which parses answers in C: a seventh of the processor time that httpx takes."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, WRITE, WRITE_FILES, ROOM = 10.0, 15.0, 60.0, 30.0
"""Seconds: for a connection, for sending, for sending with files, and for a connection to become free."""


class NeverLeft(NetworkError):
    """The request cannot have reached Telegram: no connection came about."""


class Requests(BaseRequest):
    """``connections`` at most at the same time; ``patience``: seconds that an answer may take where nothing else is
    said. Proxies are taken from the environment (HTTPS_PROXY)."""

    def __init__(self, connections: int, patience: float) -> None:
        self._connections, self._patience = connections, patience
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._patience

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                trace_configs=[_leaving()],
                trust_env=True,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NeverLeft, TimedOut, NetworkError."""
        if self._session is None:
            raise RuntimeError("not initialized")
        has_files = request_data is not None and request_data.contains_files
        connect = _seconds(connect_timeout, CONNECT)
        read = _seconds(read_timeout, self._patience)
        write = _seconds(write_timeout, WRITE_FILES if has_files else WRITE)
        room = _seconds(pool_timeout, ROOM)
        limits = aiohttp.ClientTimeout(total=room + connect + write + read, connect=room + connect)
        way = SimpleNamespace(has_left=False)
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=limits, trace_request_ctx=way, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise _named(error, way.has_left) from error


def _leaving() -> aiohttp.TraceConfig:
    """Notes that the first byte of a request is about to leave."""

    async def note(_: aiohttp.ClientSession, context: SimpleNamespace, __: Any) -> None:
        context.trace_request_ctx.has_left = True

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(note)  # type: ignore[arg-type]  # aiohttp 3.9 and aiosignal disagree
    return trace


def _named(error: Exception, has_left: bool) -> NetworkError:
    """Without the message of the library: it quotes the address, which holds the bot's token."""
    if not has_left:
        return NeverLeft(type(error).__name__)
    return TimedOut() if isinstance(error, asyncio.TimeoutError) else NetworkError(type(error).__name__)


def _body(request: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if request is None:
        return None
    if not request.contains_files:
        return request.json_parameters
    form = aiohttp.FormData(request.json_parameters)
    for name, (file_name, content, mime_type) in request.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return form


def _seconds(given: float | DefaultValue[None] | None, otherwise: float) -> float:
    return float(given) if isinstance(given, (int, float)) else otherwise
