"""Deep links: https://t.me/<bot>?start=NP-QA-ne_fees begins with the choices of whoever printed the poster.

The word after ``start=`` is origin-destination-language, any of them (``NP-QA``, ``NP-ne``, ``-QA``, ``ne``), or the
name of a command (``fees``), or both, joined by "_". Countries are in capitals, languages not: ID is Indonesia, id
Indonesian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dialogue.payload import make_payload
from bot.telegram.commands import COMMANDS
from knowledge.schema import ISO2
from translations.languages import language_of_locale, spoken

TOPICS = tuple(name for name in COMMANDS if name not in ("start", "exit"))
"""What a link may open. Not /exit: it deletes without asking, and whoever opens a link has not asked for that."""


@dataclass(frozen=True)
class Link:
    """``profile``: any of ``origin``, ``destination`` and ``language``; ``topic``: one of TOPICS."""

    profile: Mapping[str, str] = field(default_factory=dict)
    topic: str | None = None

    @property
    def payload(self) -> str:
        """What opening it does."""
        if self.topic is not None:
            return COMMANDS[self.topic]
        if "language" in self.profile:
            return make_payload("choose_language", language=self.profile["language"])
        return COMMANDS["start"]

    @property
    def word(self) -> str:
        """What stands after ``start=``; empty for a link that says nothing."""
        countries = [self.profile.get("origin", ""), self.profile.get("destination", "")]
        while countries and not countries[-1]:
            countries.pop()
        choices = "-".join([*countries, *filter(None, [self.profile.get("language")])])
        return "_".join(filter(None, [choices, self.topic]))

    def address(self, bot: str) -> str:
        return f"https://t.me/{bot}" + (f"?start={self.word}" if self.word else "")


def read_link(word: str) -> Link | None:
    """None for a word that none of our links carries."""
    choices, _, topic = word.rpartition("_")
    if topic not in TOPICS:
        choices, topic = word, ""
    profile = _profile(choices) if choices else {}
    if profile is None or "_" in choices or not word:
        return None
    return Link(profile, topic or None)


def _profile(choices: str) -> dict[str, str] | None:
    *countries, last = choices.split("-")
    profile = {}
    if last.islower():
        language = language_of_locale(last)
        if language not in spoken():
            return None
        profile["language"] = str(language)
    else:
        countries.append(last)
    sides = dict(zip(("origin", "destination"), countries, strict=False))
    if len(countries) > 2 or (countries and countries[-1] not in ISO2) or not (ISO2 | {""}).issuperset(countries):
        return None
    return {**{side: country for side, country in sides.items() if country}, **profile}
