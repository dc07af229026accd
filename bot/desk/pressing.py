"""What a button of the robot, or a command, means to a case: a language is chosen, or a guided check asked for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.payload import BadPayload, entities_of
from bot.telegram.handlers import Heard
from translations.languages import spoken

CHECK = "check"
"""The step of every button and command that begins a guided check (actions/flows/entry.py)."""
ANSWERS = "/inform{"
"""What the buttons of a question in a check begin with, and the one that goes on with it."""


def language_chosen(heard: Heard) -> str | None:
    """By a button, or by a link."""
    wanted = heard.profile.get("language") or _entities(heard).get("language")
    return wanted if wanted in spoken() else None


def begins_a_check(heard: Heard) -> bool:
    return _entities(heard).get("step") == CHECK


def goes_on_with_a_check(heard: Heard) -> bool:
    """One that was begun before the case."""
    return (heard.payload or "").startswith(ANSWERS)


def _entities(heard: Heard) -> Mapping[str, str]:
    try:
        return entities_of(heard.payload) if heard.payload else {}
    except BadPayload:
        return {}
