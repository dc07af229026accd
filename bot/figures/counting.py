"""What an answer counts as, read from the trace that its last reply carries: codes, no sender, no chat, no text."""

from __future__ import annotations

import datetime
import re
from typing import Any, List, Mapping, NamedTuple, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from actions.topics import advice_topics
from bot.store.tables import counts

TURN, DANGER, POSSIBLE_DANGER = "turn", "danger", "danger_possible"
FALLBACK, OUT_OF_SCOPE = "fallback", "out_of_scope"
HELPFUL, UNHELPFUL = "helpful", "unhelpful"
HANDOVER, CHECK = "handover", "check"

IN_DANGER, NOT_ANSWERED, IN_A_CHECK, A_PERSON, TALK = "danger", "not_answered", "check", "talk_to_human", "conversation"
"""Topics of turns that are about no topic of advice."""

_FEEDBACK = {"feedback_helpful": HELPFUL, "feedback_unhelpful": UNHELPFUL}
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LONGEST = {column.name: column.type.length for column in counts.c if isinstance(column.type, sa.String)}


class Count(NamedTuple):
    """One more of this; "" where nothing is known. ``topic``: what was asked, the kind of danger, which check."""

    what: str
    topic: str
    language: str
    origin: str
    destination: str


def counts_of(trace: Mapping[str, Any]) -> List[Count]:
    """All that an answer counts as. Raises AttributeError, TypeError for a trace that is none of ours."""
    danger = trace.get("danger") or {}
    level, intent = danger.get("level") or "none", trace.get("intent")
    counted: List[Tuple[str, object]] = [(TURN, _topic_of_turn(trace, level))]
    if level != "none":
        counted.append((DANGER if level == "certain" else POSSIBLE_DANGER, danger.get("kind")))
    elif trace.get("unanswered") in (FALLBACK, OUT_OF_SCOPE):
        counted.append((trace["unanswered"], ""))
    if intent in _FEEDBACK:
        counted.append((_FEEDBACK[intent], trace.get("topic")))
    if intent == A_PERSON:
        counted.append((HANDOVER, trace.get("topic")))
    if trace.get("result"):
        counted.append((CHECK, trace["result"].get("flow")))
    who = [code(trace.get(name), name) for name in ("reply_language", "origin", "destination")]
    return [Count(what, code(topic, "topic"), *who) for what, topic in counted]


def _topic_of_turn(trace: Mapping[str, Any], danger: str) -> str:
    """Each turn has one, so that the turns of all topics together are all turns."""
    if danger != "none":
        return IN_DANGER
    if trace.get("unanswered"):
        return NOT_ANSWERED
    intent = str(trace.get("intent"))
    if intent in advice_topics() or intent == A_PERSON:
        return intent
    return IN_A_CHECK if trace.get("form") else TALK


def code(value: object, column: str) -> str:
    """``value`` where it can be a code of that column, else "": nothing else may ever come into the figures."""
    longest = _LONGEST.get("language" if column == "reply_language" else column, 40)
    return value if isinstance(value, str) and _CODE.fullmatch(value) and len(value) <= longest else ""


def add(connection: Connection, day: datetime.date, counted: Sequence[Count]) -> None:
    """One more of each, in the order of their keys: two transactions must not wait for each other's rows."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for one in sorted(set(counted)):
        row = insert(counts).values(day=day, n=1, **one._asdict())
        keys = [column.name for column in counts.primary_key]
        connection.execute(row.on_conflict_do_update(index_elements=keys, set_={"n": counts.c.n + 1}))


def today() -> datetime.date:
    """Days and months of the figures are those of UTC."""
    return datetime.datetime.now(datetime.timezone.utc).date()
