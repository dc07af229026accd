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
from bot.store.database import Work
from bot.store.sealing import Seal
from translations.languages import LANGUAGES

QUESTION = "question"
"""Among what a reply carries, the ``question_of`` its turn, where whoever answered has looked for it already."""

log = logging.getLogger(__name__)


class Noting:
    """``seal`` closes what is kept of questions that got no answer, and makes marks of who is counted."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    async def alongside(self, replies: Sequence[Reply], text: Optional[str], chat_id: int) -> List[Work[None]]:
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
        except Exception as error:  # the answer is what matters
            log.warning("an answer is not counted: %s", type(error).__name__)
            return []
        custom = replies[-1].custom
        question = custom[QUESTION] if QUESTION in custom else await question_of(trace, text) if text else None
        return [lambda connection: self._write(connection, chat_id, counted, question)]

    def _write(
        self, connection: Connection, chat_id: int, counted: Sequence[Count], question: Optional[questions.Question]
    ) -> None:
        """Within a savepoint: when this cannot be written, the answer still can."""
        day = counting.today()
        try:
            with connection.begin_nested():
                counting.add(connection, self._seal, chat_id, day, counted)
                if question is not None:
                    questions.keep(connection, self._seal, chat_id, day, question)
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise  # then the answer was not written either; all of it is tried again
            log.warning("an answer is not counted: %s", type(error).__name__)


async def question_of(trace: Mapping[str, Any], text: str) -> Optional[questions.Question]:
    """What may be kept of a question that got no answer; of a message with danger in it, nothing.

    Where its words cannot be scrubbed, they are not kept; that it got no answer is counted all the same.
    """
    try:
        language = trace.get("language") or trace.get("reply_language")
        if not counting.is_lost(trace) or language not in LANGUAGES:
            return None
        # The first question of a language has its vocabulary made, and meanwhile others want answers.
        words = await asyncio.get_running_loop().run_in_executor(None, _scrubbed, text, language)
    except Exception as error:
        log.warning("an unanswered question is not kept: %s", type(error).__name__)
        return None
    return None if words is None else (language, words)


def _scrubbed(text: str, language: str) -> Optional[str]:
    from bot.figures.scrubbing import scrubbed  # takes a while to be read, which nobody should wait for after a restart

    return scrubbed(text, language)
