"""What the report calls things. It is for staff and operators, hence English."""

from __future__ import annotations

from typing import Optional

from babel import Locale

from actions.topics import advice_topics
from bot.figures import counting
from translations.localizer import Localizer

OTHERS, TOTAL, UNKNOWN = "others together", "total", "not known"
EVERYBODY, NONE = "everybody", "none"
OF_NO_TOPIC = {
    counting.IN_DANGER: "Danger",
    counting.LOST: "Not answered",
    counting.IN_A_CHECK: "In a guided check",
    counting.A_PERSON: "Talk to a person",
    counting.TALK: "Greetings, settings and other talk",
}
_ENGLISH = Locale("en")


def topic(code: str) -> str:
    """Of a turn, a guided check or a case."""
    if code in OF_NO_TOPIC:
        return OF_NO_TOPIC[code]
    if code in advice_topics():
        return Localizer.of("en").text(advice_topics()[code].label_key)
    return danger(code.partition("danger_")[2]) if code.startswith("danger_") else plain(code)


def danger(kind: str) -> str:
    return plain(kind)


def language(code: str) -> str:
    return _ENGLISH.languages.get(code, code) or UNKNOWN


def pair(origin: str, destination: str) -> str:
    """``Nepal → Qatar``, "?" for the side that is not known."""
    if not origin and not destination:
        return UNKNOWN
    return " → ".join(_ENGLISH.territories.get(code, code) if code else "?" for code in (origin, destination))


def pair_of(code: str) -> str:
    """Of ``NP-QA``, ``-QA`` or ""."""
    origin, _, destination = code.partition("-")
    return pair(origin, destination)


def plain(code: str) -> str:
    """A code of ours as words."""
    return code.replace("_", " ").capitalize() or UNKNOWN


def yes_or_no(answer: Optional[bool]) -> str:
    return "no answer" if answer is None else "yes" if answer else "no"
