"""What an answer counts as, read from the trace that its last reply carries: codes, no sender, no chat, no text.

People are counted, each once in a month for each row of a table of the report (people.py).
"""

from __future__ import annotations

import datetime
import re
from typing import Any, List, Mapping, NamedTuple, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.topics import advice_topics
from bot.figures.people import firsts
from bot.store.sealing import Seal
from bot.store.tables import counts
from bot.store.upserts import insert_or_add_one

ANYBODY, TOPIC, LANGUAGE, PAIR = "anybody", "topic", "language", "pair"
DANGER, POSSIBLE_DANGER = "danger", "danger_possible"
NOT_ANSWERED = "not_answered"
HELPFUL_TOPIC, UNHELPFUL_TOPIC = "helpful_topic", "unhelpful_topic"
HELPFUL_LANGUAGE, UNHELPFUL_LANGUAGE = "helpful_language", "unhelpful_language"
HANDOVER, CHECK = "handover", "check"

FALLBACK, OUT_OF_SCOPE = "fallback", "out_of_scope"
IN_DANGER, LOST, IN_A_CHECK, A_PERSON, TALK = "danger", "not_answered", "check", "talk_to_human", "conversation"
"""Topics of turns that are about no topic of advice."""

_FEEDBACK = {
    "feedback_helpful": (HELPFUL_TOPIC, HELPFUL_LANGUAGE),
    "feedback_unhelpful": (UNHELPFUL_TOPIC, UNHELPFUL_LANGUAGE),
}
_CODE = re.compile(r"[A-Za-z0-9_-]+")


class Count(NamedTuple):
    """One person more in this row: ``what``: which table and column of it; ``code``: which row, "" where not known."""

    what: str
    code: str = ""


def counts_of(trace: Mapping[str, Any]) -> List[Count]:
    """All that an answer counts as. Raises AttributeError, TypeError for a trace that is none of ours."""
    danger = trace.get("danger") or {}
    level = danger.get("level") or "none"
    language, topic = code(trace.get("reply_language"), 8), code(trace.get("topic"))
    counted = [
        Count(ANYBODY),
        Count(TOPIC, code(_topic_of_turn(trace, level))),
        Count(LANGUAGE, language),
        Count(PAIR, pair_code(trace.get("origin"), trace.get("destination"))),
    ]
    if level != "none":
        counted.append(Count(DANGER if level == "certain" else POSSIBLE_DANGER, code(danger.get("kind"))))
    elif is_lost(trace):
        counted.append(Count(NOT_ANSWERED, language))
    if trace.get("intent") in _FEEDBACK:
        by_topic, by_language = _FEEDBACK[trace["intent"]]
        counted += [Count(by_topic, topic), Count(by_language, language)]
    if trace.get("intent") == A_PERSON:
        counted.append(Count(HANDOVER, language))
    if trace.get("result"):
        counted.append(Count(CHECK, code(trace["result"].get("flow"))))
    return counted


def is_lost(trace: Mapping[str, Any]) -> bool:
    """Whether it got no answer, and there was no danger in it."""
    level = (trace.get("danger") or {}).get("level") or "none"
    return level == "none" and trace.get("unanswered") in (FALLBACK, OUT_OF_SCOPE)


def _topic_of_turn(trace: Mapping[str, Any], danger: str) -> str:
    """Each turn has one."""
    if danger != "none":
        return IN_DANGER
    if trace.get("unanswered"):
        return LOST
    intent = str(trace.get("intent"))
    if intent in advice_topics() or intent == A_PERSON:
        return intent
    return IN_A_CHECK if trace.get("form") else TALK


def code(value: object, longest: int = 40) -> str:
    """``value`` where it can be a code, else "": nothing else may ever come into the figures."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) and len(value) <= longest else ""


def pair_code(origin: object, destination: object) -> str:
    """``NP-QA``, ``NP-``, ``-QA``; "" where neither is known."""
    both = code(origin, 2), code(destination, 2)
    return "-".join(both) if any(both) else ""


def add(connection: Connection, seal: Seal, chat_id: int, day: datetime.date, counted: Sequence[Count]) -> None:
    """This person, in the month of ``day``, in each of these rows where they are not counted yet.

    In the order of their keys: two transactions must not wait for each other's rows."""
    for what, code in firsts(connection, seal, chat_id, day, sorted(set(counted))):
        row = {"month": day.replace(day=1), "what": what, "code": code, "n": 1}
        insert_or_add_one(connection, counts, row, "n")


def month_of(connection: Connection, first: datetime.date) -> List[sa.engine.Row]:
    """What was counted in the month that begins with ``first``: rows of ``what``, ``code``, ``n``."""
    return list(connection.execute(sa.select(counts).where(counts.c.month == first)))


def today() -> datetime.date:
    """Days and months of the figures are those of UTC."""
    return datetime.datetime.now(datetime.timezone.utc).date()
