"""The way of danger in five languages: told, put right, left for a question, and never without a person."""

from __future__ import annotations

from typing import Dict

import pytest

from tests.conversations.people import PEOPLE, Said
from translations.localizer import Localizer

SAFE: Dict[str, str] = {
    "en": "I am safe, it was not me",
    "ne": "म सुरक्षित छु, मलाई केही भएको छैन",
    "ur": "میں محفوظ ہوں، مجھے کچھ نہیں ہوا",
    "km": "ខ្ញុំមានសុវត្ថិភាព អត់មានអីទេ",
    "my": "ကျွန်တော် ဘေးကင်းပါတယ် ဘာမှမဖြစ်ဘူး",
}
MUDDLED: Dict[str, tuple[str, str, str]] = {
    "en": ("a lot of money", "too much", "I do not remember"),
    "ne": ("धेरै पैसा", "निकै बढी", "याद छैन"),
    "ur": ("بہت زیادہ پیسے", "کافی سارے", "یاد نہیں"),
    "km": ("លុយច្រើន", "មិនដឹងទេ", "ភ្លេចហើយ"),
    "my": ("ပိုက်ဆံ အများကြီး", "အရမ်းများတယ်", "မမှတ်မိဘူး"),
}
"""What people answer who were asked for a sum and have none in mind."""


@pytest.fixture
async def said(code: str, talk) -> Said:
    """Somebody of whom the countries are known, and who has just said that they are in danger."""
    person = PEOPLE[code]
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    await talk.say(person.danger)
    return person


async def test_told_in_one_message(talk, said: Said, code: str) -> None:
    kind = talk.trace["danger"]["kind"]
    assert talk.trace["danger"]["level"] == "certain"
    assert Localizer.of(code).text(f"danger.{kind}.answer") in talk.text
    assert any(figure.isdigit() for figure in talk.replies[0].text)
    assert {"/talk_to_human", "/not_in_danger", "/quick_exit"} <= set(talk.payloads)


async def test_put_right_in_words(talk, said: Said, code: str) -> None:
    await talk.say(SAFE[code])
    assert talk.trace["danger"]["level"] == "none"
    assert "/show_menu" in talk.payloads


async def test_left_for_a_question_and_said_again(talk, said: Said, code: str) -> None:
    await talk.say(said.question)
    assert talk.trace["intent"] == said.question_intent
    await talk.say(said.danger)
    assert talk.trace["danger"]["level"] == "certain"


@pytest.mark.parametrize("told", ['/change_profile{"destination":"QA"}', None], ids=["pressed", "typed"])
async def test_the_country_told_afterwards_brings_its_numbers(talk, code: str, told: str) -> None:
    speak = Localizer.of(code)
    talk.profile = {"language": code}
    await talk.say(PEOPLE[code].danger)
    kind = talk.trace["danger"]["kind"]
    assert speak.text("ask.destination") in talk.text
    assert "999" not in talk.text
    await (talk.press(told) if told else talk.say(speak.country("QA")))
    assert speak.text(f"danger.{kind}.answer") in talk.text
    assert "999" in talk.replies[0].text
    assert {"/talk_to_human", "/not_in_danger", "/quick_exit"} <= set(talk.payloads)


@pytest.mark.parametrize(("code", "country"), [("ne", "ओमन"), ("km", "អូម៉ង់"), ("km", "កាតា"), ("my", "ကာတာ")])
async def test_a_country_is_one_also_where_its_name_sounds_like_something_else(talk, code: str, country: str) -> None:
    talk.profile = {"language": code}
    await talk.say(PEOPLE[code].danger)
    emergency = talk.replies[0].text
    await talk.say(country)
    assert talk.replies[0].text.splitlines()[0] == emergency.splitlines()[0]
    assert talk.replies[0].text != emergency


async def test_a_country_told_by_who_is_safe_is_a_country(talk, code: str) -> None:
    speak = Localizer.of(code)
    talk.profile = {"language": code}
    await talk.say(PEOPLE[code].danger)
    await talk.press("/not_in_danger")
    assert speak.text("button.self_check") not in talk.titles  # whoever reads over a shoulder sees nothing of it
    await talk.press('/change_profile{"destination":"QA"}')
    assert "999" not in talk.text


async def test_whatever_cannot_be_read_a_person_stays_one_tap_away(talk, said: Said, code: str) -> None:
    for _ in range(3):
        await talk.say("…")
        assert "/talk_to_human" in talk.payloads


@pytest.mark.parametrize("start", ['/ask_fees{"step":"check"}', '/ask_loan_debt{"step":"check"}'])
async def test_vague_answers_are_helped_with_and_then_a_person_is_offered(talk, code: str, start: str) -> None:
    speak, person = Localizer.of(code), PEOPLE[code]
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    await talk.say("ok")
    await talk.press(start)
    for time, answer in enumerate(MUDDLED[code], start=1):
        await talk.say(answer)
        assert speak.text("flow.offer_person" if time == 3 else "flow.amount_help") in talk.text, answer
    assert "/talk_to_human" in talk.payloads
