"""What has happened is read from plain words; a question in general, or despair, is not taken for a death."""

from __future__ import annotations

import pytest

from nlu.danger.wordings import FOLDER as DANGER
from nlu.extraction.events import EVENTS, EventFinder
from tests.unit.nlu.said_of_events import BEREAVED, DESPAIR, IN_GENERAL, TOLD
from tests.unit.nlu.test_examples import FILES, examples
from translations.languages import LANGUAGES


@pytest.mark.parametrize(("code", "event", "text"), TOLD)
def test_told_in_plain_words(code: str, event: str, text: str) -> None:
    assert EventFinder.load().find(text) == event


def test_every_language_tells_every_event() -> None:
    told = {(code, event) for code, event, _ in TOLD}
    assert told == {(code, event) for code in LANGUAGES for event in EVENTS}
    assert (
        {path.stem for path in DANGER.glob("*.yml")} == {code for code, _ in BEREAVED} == {code for code, _ in DESPAIR}
    )


@pytest.mark.parametrize("text", IN_GENERAL)
def test_a_question_in_general_tells_none(text: str) -> None:
    assert EventFinder.load().find(text) is None


def test_the_claim_is_for_the_gravest_of_two() -> None:
    assert EventFinder.load().find("my husband died and the company did not pay his salary") == "death"
    assert EventFinder.load().find("I broke my leg and they sent me home") == "injury"


def test_of_two_that_may_both_be_claimed_for_none_is_chosen() -> None:
    assert EventFinder.load().find("I became sick and they sent me home without salary, not paid 3 months") is None


@pytest.mark.parametrize(("code", "text"), BEREAVED)
def test_the_bereaved_mourn(code: str, text: str) -> None:
    assert EventFinder.load().mourns(text)


@pytest.mark.parametrize(("code", "text"), DESPAIR)
def test_a_live_cry_is_no_mourning(code: str, text: str) -> None:
    assert not EventFinder.load().mourns(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_example_of_despair_is_taken_for_news_of_a_death(path) -> None:
    taken = [
        text
        for intent, _, text in examples(path)
        if intent == "danger_self_harm" and EventFinder.load().brings_news(text)
    ]
    assert taken == []
