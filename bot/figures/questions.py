"""Questions that got no answer, scrubbed (scrubbing.py) and sealed. They go with the purge after ADVISOR_KEEP_DAYS."""

from __future__ import annotations

import datetime
import secrets
from collections import Counter
from typing import Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.figures.people import is_first
from bot.store.resealing import place_of_question
from bot.store.sealing import CannotOpen, Seal
from bot.store.tables import questions

Question = Tuple[str, str]
"""The code of its language, and what is left of its words."""


def keep(connection: Connection, seal: Seal, chat_id: int, day: datetime.date, question: Question) -> None:
    """Once for each person in a month. Whose it was is not kept with it, nor at what time of the day it came."""
    if not is_first(connection, seal, chat_id, day, "question", *question):
        return
    key = secrets.token_hex(16)
    sealed = seal.close("\n".join(question).encode("utf-8"), place_of_question(key))
    connection.execute(sa.insert(questions).values(id=key, day=day, question=sealed))


def kept(connection: Connection, seal: Seal, first: datetime.date, end: datetime.date) -> Counter[Question]:
    """How many people asked each from ``first`` until before ``end``. What cannot be opened is left out."""
    found: Counter[Question] = Counter()
    wanted = sa.select(questions.c.id, questions.c.question).where(questions.c.day >= first, questions.c.day < end)
    for row in connection.execute(wanted):
        try:
            language, _, words = seal.open(row.question, place_of_question(row.id)).decode("utf-8").partition("\n")
        except CannotOpen:
            continue
        found[language, words] += 1
    return found
