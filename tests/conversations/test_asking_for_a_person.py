"""A person is asked for, shown what a desk would see, and sent there only after a yes: with the trained advisor."""

from __future__ import annotations

from pathlib import Path

import pytest

WORDS = {
    "en": ("I want to talk to a real person", "yes", "no", "not sure"),
    "ne": ("मान्छेसँग कुरा गर्न चाहन्छु", "हो", "होइन", "थाहा छैन"),
    "ur": ("مجھے کسی انسان سے بات کرنی ہے", "ہاں", "نہیں", "پتہ نہیں"),
    "km": ("ខ្ញុំចង់និយាយជាមួយមនុស្ស", "បាទ", "ទេ", "មិនប្រាកដ"),
}
"""Asking for a person; yes, no and not sure."""


@pytest.fixture
def person(talk, own_var: Path):
    """Somebody on a gateway that has a desk behind it."""
    own_var.mkdir(exist_ok=True)
    (own_var / "desks.yml").write_text("desks: {sarita: {name: Sarita Desk, chat: -1001}}", encoding="utf-8")
    talk.connects = True
    return talk


def order(talk) -> dict | None:
    return next((reply.custom["desk"] for reply in talk.replies if "desk" in reply.custom), None)


@pytest.mark.parametrize("code", WORDS)
async def test_asked_in_words_and_answered_in_words(code: str, person) -> None:
    person.profile = {"language": code, "origin": "NP", "destination": "QA"}
    asking, yes, no, not_sure = WORDS[code]
    for answer in (no, not_sure):
        await person.say(asking)
        assert "Sarita Desk" in person.text
        await person.say(answer)
        assert order(person) is None
        assert any(character.isdigit() for character in person.text), "numbers to call instead"
    await person.say(asking)
    assert order(person) is None
    await person.say(yes)
    case = order(person)["case"]
    assert (case["language"], case["origin"], case["destination"]) == (code, "NP", "QA")
    assert order(await person.say(yes)) is None


async def test_what_was_said_before_is_in_the_case_as_values_only(person) -> None:
    await person.say("I go from Nepal to Qatar as a maid, which fees must I pay?")
    await person.say("my madam has locked me in the room and took my phone, help")
    await person.say("I want to talk to a real person")
    await person.press_titled("Yes")
    assert order(person) == {
        "do": "open",
        "desk": "sarita",
        "case": {
            "language": "en", "origin": "NP", "destination": "QA", "occupation": "domestic_worker", "topic": None,
            "danger": {"level": "certain", "kind": "confinement"}, "answered": ["ask_fees"],
        },
    }  # fmt: skip


async def test_in_the_middle_of_a_check(person) -> None:
    person.profile = {"language": "en", "origin": "NP", "destination": "QA"}
    await person.press('/ask_trafficking{"step":"check"}')
    await person.press("/talk_to_human")
    preview = next(payload for payload in person.payloads if "yes_" in payload)
    await person.press('/inform{"step":"resume"}')
    assert order(await person.say("yes")) is None, "the yes answers the check"
    assert order(await person.press(preview)) is None, "the preview is shown again first"
    assert order(await person.say("yes")) is not None


async def test_where_nobody_is_connected_there_are_numbers(person) -> None:
    person.connects = False
    person.profile = {"language": "en", "origin": "NP", "destination": "QA"}
    await person.say("I want to talk to a real person")
    assert "Telegram" in person.text
    assert "16008" in person.text
    assert order(await person.say("yes")) is None
