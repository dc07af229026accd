"""A message that is nothing but a country's name tells the country, whatever so short a message reads like."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from knowledge.base import FactBase
from nlu.components.entities import CountryExtractor
from translations.languages import spoken
from translations.localizer import Localizer

MISREAD = {"name": "affirm", "confidence": 0.9}


@pytest.fixture(scope="module")
def extractor() -> CountryExtractor:
    return CountryExtractor()


def read(extractor: CountryExtractor, text: str) -> Message:
    message = Message.build(text=text)
    message.set(INTENT, MISREAD)
    (message,) = extractor.process([message])
    return message


@pytest.mark.parametrize("language", spoken())
def test_every_country_by_its_name_in_every_language(extractor: CountryExtractor, language: str) -> None:
    speak = Localizer.of(language)
    for country in {fact.country for fact in FactBase.load() if len(fact.country) == 2}:
        message = read(extractor, speak.country(country))
        assert message.get(INTENT)["name"] == "inform", (country, speak.country(country))
        assert {entity["value"] for entity in message.get(ENTITIES)} == {country}


@pytest.mark.parametrize("text", ["Nepal → Qatar", "🇳🇵 Nepal, Qatar!", "कतार।"])
def test_signs_and_pictures_are_no_words(extractor: CountryExtractor, text: str) -> None:
    assert read(extractor, text).get(INTENT)["name"] == "inform"


@pytest.mark.parametrize("text", ["yes Qatar", "Qatar 5", "कतार मा के छ", "/inform", "yes"])
def test_what_says_more_is_read_as_before(extractor: CountryExtractor, text: str) -> None:
    assert read(extractor, text).get(INTENT) == MISREAD
