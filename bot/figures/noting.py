"""Notes what an answer was, in the transaction that writes it down. A fault here costs a figure, never an answer."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, List, Mapping, Optional, Sequence

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.dialogue.port import Reply
from bot.figures import counting, questions
from bot.figures.counting import Count
from bot.figures.scrubbing import scrubbed
from bot.store.database import Work
from bot.store.sealing import Seal
from translations.languages import LANGUAGES

log = logging.getLogger(__name__)


class Noting:
    """``seal`` closes what is kept of questions that got no answer."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    async def alongside(self, replies: Sequence[Reply], text: Optional[str]) -> List[Work[None]]:
        """What is to be written together with the answer to ``text`` (None: a button). Empty where there is nothing.

        Whoever has everything deleted leaves no figure either.
        """
        if not replies or any(reply.custom.get("forget") for reply in replies):
            return []
        trace = replies[-1].custom.get("trace")
        if not trace:
            return []
        try:
            counted = counting.counts_of(trace)
            question = await _question(trace, counted, text) if text else None
        except Exception as error:  # the answer is what matters
            log.warning("an answer is not counted: %s", type(error).__name__)
            return []
        return [lambda connection: self._write(connection, counted, question)]

    def _write(self, connection: Connection, counted: Sequence[Count], question: Optional[questions.Question]) -> None:
        """Within a savepoint: when this cannot be written, the answer still can."""
        day = counting.today()
        try:
            with connection.begin_nested():
                counting.add(connection, day, counted)
                if question is not None:
                    questions.keep(connection, self._seal, day, question)
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise  # then the answer was not written either; all of it is tried again
            log.warning("an answer is not counted: %s", type(error).__name__)


async def _question(trace: Mapping[str, Any], counted: Sequence[Count], text: str) -> Optional[questions.Question]:
    """What may be kept of a question that got no answer; of a message with danger in it, nothing."""
    if not any(one.what in (counting.FALLBACK, counting.OUT_OF_SCOPE) for one in counted):
        return None
    language = trace.get("language") or trace.get("reply_language")
    if language not in LANGUAGES:
        return None
    # The first question of a language has its vocabulary made, and meanwhile others want answers.
    words = await asyncio.get_running_loop().run_in_executor(None, scrubbed, text, language)
    return None if words is None else (language, words)
