"""A case in English, for staff: made from what the person agreed to send, and from nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from actions.topics import advice_topics
from bot.desk import words
from bot.desk.cases import Case
from translations.languages import LANGUAGES
from translations.localizer import Localizer

LONGEST_TITLE = 128
"""Telegram's limit for the name of a topic."""


def title(case: Case) -> str:
    """``🔴 17 · NP→QA · wages · ne``; what was not agreed to is left out."""
    told = case.summary
    sign = words.SIGNS[case.urgency] if case.is_open else words.CLOSED_SIGN
    pair = f"{told.get('origin') or '?'}→{told.get('destination') or '?'}"
    parts = [
        f"{sign} {case.id}",
        pair if told.get("origin") or told.get("destination") else "",
        _short_topic(told.get("topic")),
        str(told.get("language") or ""),
    ]
    return " · ".join(part for part in parts if part)[:LONGEST_TITLE]


def summary(case: Case) -> str:
    """The first message of the topic."""
    told, english = case.summary, Localizer.of("en")
    answered = ", ".join(filter(None, (_topic(english, intent) for intent in told.get("answered") or ())))
    lines = [
        f"{words.SIGNS[case.urgency]} Case {case.id}",
        _line("Home country", _country(english, told.get("origin"))),
        _line("Country of work", _country(english, told.get("destination"))),
        _line("Job", _job(told.get("occupation"))),
        _line("About", _topic(english, told.get("topic"))),
        _danger(told.get("danger")),
        _line("The robot has answered", answered),
        _line("Language", language_told(told.get("language"))),
        f"Waiting for {waited(case)}",
    ]
    return "\n".join([*filter(None, lines), "", words.HOW])


def waited(case: Case) -> str:
    minutes = int((time.time() - case.opened) / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def in_line(case: Case) -> str:
    """One line of /queue."""
    state = "taken" if case.taken_by else "waiting"
    return f"{title(case)} · {state} · {waited(case)}"


def _line(label: str, value: str | None) -> str:
    return f"{label}: {value}" if value else ""


def _country(english: Localizer, code: Any) -> str | None:
    return english.country(code) if isinstance(code, str) else None


def _job(code: Any) -> str | None:
    if not isinstance(code, str):
        return None
    return code.replace("_", " ")


def _topic(english: Localizer, intent: Any) -> str | None:
    if not isinstance(intent, str):
        return None
    row = advice_topics().get(intent)
    return english.text(row.label_key) if row else intent.replace("_", " ")


def _short_topic(intent: Any) -> str:
    return intent.partition("_")[2] or intent if isinstance(intent, str) else ""


def _danger(danger: Mapping[str, Any] | None) -> str:
    if not danger or danger.get("level") not in ("certain", "possible"):
        return ""
    kind = words.KINDS.get(str(danger.get("kind")), "of some kind")
    return f"DANGER: {kind}" if danger["level"] == "certain" else f"Perhaps danger: {kind}"


def language_told(code: Any) -> str | None:
    """``ur (اردو)``"""
    if code not in LANGUAGES:
        return code if isinstance(code, str) else None
    return f"{code} ({LANGUAGES[code].self_name})"
