"""Every advice topic in every language we speak, for the pair of countries with most facts: nothing stays English."""

from __future__ import annotations

from collections import Counter
from typing import Dict

import pytest
import regex

from actions.topics import advice_topics
from bot.dialogue import Dialogue, Turn
from bot.telegram.render import LONGEST_TEXT, render, utf16_units
from knowledge.base import FactBase
from translations.checks.entries import SCRIPT
from translations.languages import LANGUAGES, spoken
from translations.localizer import Localizer

OWN_SCRIPT = 0.6
"""Of the letters of an answer, in languages with a script of their own: offices, laws and currencies stay Latin."""


def best_pair(code: str) -> Dict[str, str]:
    """The home country, and the country of work with most facts, of those a language must know."""
    language = LANGUAGES[code]
    facts = Counter(fact.country for fact in FactBase.load() if fact.role == "destination")
    return {"origin": language.home[0], "destination": max(language.abroad, key=lambda country: facts[country])}


@pytest.mark.parametrize("code", spoken())
async def test_every_topic_is_answered_wholly_in_the_language(embedded: Dialogue, sender: str, code: str) -> None:
    in_english = Localizer.of(code).text("fact.in_english", text="").strip()
    english = [fact.summary for fact in FactBase.load()]
    letters, own = regex.compile(r"\p{L}"), regex.compile(rf"\p{{{SCRIPT[code]}}}")
    for intent in advice_topics():
        turn = Turn(f"{sender}-{intent}", payload=f"/{intent}", profile={"language": code, **best_pair(code)})
        replies = await embedded.send(turn)
        text = "\n".join(reply.text for reply in replies)
        assert replies[-1].custom["trace"]["reply_language"] == code, intent
        assert "%(" not in text, intent
        if code != "en":
            assert in_english not in text, (intent, text)
            assert not any(summary in text for summary in english), intent
        if SCRIPT[code] != "Latin":
            assert len(own.findall(text)) >= OWN_SCRIPT * len(letters.findall(text)), (intent, text)
        assert all(utf16_units(part.html) <= LONGEST_TEXT for reply in replies for part in render(reply)), intent
        assert len(replies[-1].buttons) >= 2, intent
