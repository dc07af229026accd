"""The wordings of danger: how a file of them is read, and what stands in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.danger.levels import KINDS, NO_DANGER, Danger
from nlu.danger.wordings import FOLDER, LEVELS, BrokenWordings, Wordings
from translations.languages import LANGUAGES

FILE = """
language: en
wordings:
  confinement:
    certain:
      - locked in
      - door + locked + outside
    possible:
      - not allowed out
  violence:
    certain: [ "มันตี" ]
    possible: [ hits me, marpit ]
calm:
  - what if
  - locked in + film
"""


@pytest.fixture(scope="module")
def wordings(tmp_path_factory: pytest.TempPathFactory) -> Wordings:
    path = tmp_path_factory.mktemp("wordings") / "en.yml"
    path.write_text(FILE, encoding="utf-8")
    return Wordings.read([path])


@pytest.mark.parametrize(
    ("message", "danger"),
    [
        ("they LOCKED  IN my sister", Danger("certain", "confinement")),
        ("the door is always locked from outside", Danger("certain", "confinement")),
        ("outside they locked the door", Danger("certain", "confinement")),
        ("we are not allowed out", Danger("possible", "confinement")),
        ("boss hits me and i am not allowed out, locked in", Danger("certain", "confinement")),
        ("เมื่อคืนมันตีฉัน", Danger("certain", "violence")),
        ("maarpeet every day", Danger("possible", "violence")),
        ("he hiits me", Danger("possible", "violence")),
    ],
)
def test_danger_is_found_in_its_wording(wordings: Wordings, message: str, danger: Danger) -> None:
    assert wordings.danger_in(message) == danger


@pytest.mark.parametrize(
    "message",
    [
        "",
        "how much is the visa",
        "the account is unlocked, insurance included",
        "what if we get locked in there",
        "somebody was locked in, in that film",
        "the door of the office was open yesterday when i went to ask about the fee for the visa and it was locked "
        "again today, nobody outside",
    ],
)
def test_other_words_calm_words_and_words_far_apart_are_none(wordings: Wordings, message: str) -> None:
    assert wordings.danger_in(message) == NO_DANGER


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("wordings: {fire: {certain: [a b]}}", "fire"),
        ("wordings: {violence: {maybe: [a b]}}", "maybe"),
        ("wordings: {violence: {certain: ['a + ']}}", "without letters"),
        ("wordings: {violence: {certain: [12]}}", "12"),
        ("language: en", "wordings"),
        ("wordings: [", "xx.yml"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "xx.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenWordings, match=reason):
        Wordings.read([path])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_wordings_of_every_kind(language: str) -> None:
    import yaml

    content = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    assert content["language"] == language
    assert set(content["wordings"]) == set(KINDS)
    assert all(set(levels) <= set(LEVELS) and len(levels["certain"]) >= 10 for levels in content["wordings"].values())
    assert Wordings.read([FOLDER / f"{language}.yml"])


@pytest.mark.parametrize(
    "message",
    [
        "I want to kill myself",
        "i will kill myself tonight",
        "म आत्महत्या गर्छु",
        "میں خودکشی کرنا چاہتا ہوں",
        "ខ្ញុំចង់សម្លាប់ខ្លួន",
        "ကိုယ့်ကိုယ်ကိုယ် သတ်သေချင်တယ်",
        "gusto ko nang magpakamatay",
        "saya mau bunuh diri",
    ],
)
def test_who_speaks_of_killing_themselves_is_not_taken_for_somebody_who_is_attacked(message: str) -> None:
    assert Wordings.load().danger_in(message).kind == "self_harm"


def test_the_kind_that_most_wordings_have_wins(tmp_path: Path) -> None:
    path = tmp_path / "en.yml"
    path.write_text(
        "wordings:\n  violence:\n    certain: [kill me]\n  self_harm:\n    certain: [kill myself, end it]\n",
        encoding="utf-8",
    )
    wordings = Wordings.read([path])
    assert wordings.danger_in("he wants to kill me").kind == "violence"
    assert wordings.danger_in("i will kill myself and end it").kind == "self_harm"
