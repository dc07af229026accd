"""Plain words begin a check only where they ask for one."""

from __future__ import annotations

import pytest

from nlu.extraction.checks import CHECKS, FOLDER, CheckFinder
from tests.unit.nlu.test_examples import FILES, examples
from translations.languages import LANGUAGES

ASKED = [
    ("please check my contract with me", "contract_check"),
    ("is Everest Manpower licensed?", "agency_check"),
    ("is this job offer real or fake", "offer_check"),
    ("what do I have to prepare before I fly", "departure"),
    ("how many months to pay back the loan", "cost"),
    ("how can my family claim from the welfare fund", "welfare_claim"),
    ("am I being overcharged", "fee_check"),
    ("am I a victim of trafficking", "self_check"),
]
QUESTIONS = [
    "what must a contract contain?",
    "how much may the agency take?",
    "what is trafficking?",
    "what does the fund pay if I die?",
    "can my boss keep my passport?",
    "help, they locked me in",
    "I was trafficked, please help me",
]


@pytest.mark.parametrize(("text", "check"), ASKED)
def test_asked_for(text: str, check: str) -> None:
    assert CheckFinder.load().find(text) == check


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_or_a_cry_is_none(text: str) -> None:
    assert CheckFinder.load().find(text) is None


def test_every_language_has_wordings_for_every_check() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(LANGUAGES)
    for path in FOLDER.glob("*.yml"):
        found = CheckFinder.load()
        assert found is not None
        lines = path.read_text(encoding="utf-8")
        assert all(f"{check}:" in lines for check in CHECKS), path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_cry_for_help_begins_a_check(path) -> None:
    """But those who reckon, in the words of a claim or of a cost, what their death would pay: danger goes before it."""
    begun = [
        text
        for intent, _, text in examples(path)
        if intent.startswith("danger_")
        and (check := CheckFinder.load().find(text))
        and (intent, check) not in {("danger_self_harm", "welfare_claim"), ("danger_self_harm", "cost")}
    ]
    assert begun == []
