"""What every guided check does: begins by its button, waits when people turn to something else, yields to danger,
stops, and helps those it cannot understand."""

from __future__ import annotations

import datetime
from typing import Dict

import pytest

from knowledge.agencies import Agency, AgencyList
from knowledge.agency_lists import keep
from tests.conversations.people import GO_ON, PEOPLE, Said
from translations.localizer import Localizer

FIRST: Dict[str, tuple[str, str, str]] = {
    "fee_check": ('/ask_fees{"step":"check"}', "fee_check.ask_amount", "flow.amount_help"),
    "offer_check": ('/ask_offer_check{"step":"check"}', "offer_check.ask_text", "offer_check.too_short"),
    "agency_check": ('/ask_agency_licence{"step":"check"}', "agency_check.ask_name", "flow.text_help"),
    "contract_check": ('/ask_contract{"step":"check"}', "contract_check.ask.parties", "flow.once_more"),
    "self_check": ('/ask_trafficking{"step":"check"}', "self_check.ask.deception", "flow.once_more"),
    "cost": ('/ask_loan_debt{"step":"check"}', "cost.ask_fees", "flow.amount_help"),
    "welfare_claim": ('/ask_welfare_fund{"step":"check"}', "welfare_claim.ask_event", "flow.once_more"),
}
"""Flow → the button that begins it, its first question, and how it helps with an answer that cannot be read."""


@pytest.fixture(params=FIRST)
def flow(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def said(code: str, flow: str, talk) -> Said:
    """Somebody of whom the countries are known, in front of the first question of the flow."""
    person = PEOPLE[code]
    licensed = Agency("Sunrise Valley Overseas", "123/070/071", "valid", datetime.date(2099, 1, 1), "")
    keep(AgencyList(person.origin, datetime.date(2026, 11, 1), "https://office.example/list", [licensed]))
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    await talk.say("ok")
    await talk.press(FIRST[flow][0])
    assert Localizer.of(code).text(FIRST[flow][1]) in talk.text
    return person


async def test_left_for_a_question_and_gone_on_with(talk, said: Said, code: str, flow: str) -> None:
    speak = Localizer.of(code)
    await talk.say(said.question)
    assert talk.trace["intent"] == said.question_intent
    assert talk.trace["result"] is None
    assert talk.payloads[-1] == GO_ON
    assert speak.text("fallback.first") not in talk.text
    await talk.press(GO_ON)
    assert speak.text(FIRST[flow][1]) in talk.text


async def test_yields_to_danger_and_goes_on_only_when_asked(talk, said: Said, code: str, flow: str) -> None:
    question = Localizer.of(code).text(FIRST[flow][1])
    await talk.say(said.danger)
    assert talk.trace["danger"]["level"] != "none"
    assert question not in talk.text
    assert GO_ON in talk.payloads
    await talk.say(said.amount)
    assert talk.trace["result"] is None
    assert question not in talk.text
    await talk.press(GO_ON)
    assert question in talk.text


async def test_stopped(talk, said: Said, code: str, flow: str) -> None:
    await talk.say(said.stop)
    assert Localizer.of(code).text("flow.stopped") in talk.text
    await talk.say(said.question)
    assert talk.trace["intent"] == said.question_intent
    assert GO_ON not in talk.payloads


async def test_wrong_input_three_times_helps_then_offers_a_person(talk, said: Said, code: str, flow: str) -> None:
    speak = Localizer.of(code)
    for time in (1, 2, 3):
        await talk.say("…")
        assert speak.text("flow.offer_person" if time == 3 else FIRST[flow][2]) in talk.text
        assert speak.text(FIRST[flow][1]) in talk.text
    assert "/talk_to_human" in talk.payloads


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("can you check my contract with me", "contract_check.ask.parties"),
        ("am I a victim of trafficking? check my situation", "self_check.ask.deception"),
        ("please check this job offer for me", "offer_check.ask_text"),
        ("is my agency licensed?", "agency_check.ask_name"),
        ("how long to pay back the loan if I go", "cost.ask_fees"),
        ("my husband died there, what can we claim from the fund", "welfare_claim.ask_place"),
    ],
)
async def test_begins_by_plain_words(talk, text: str, question: str) -> None:
    licensed = Agency("Sunrise Valley Overseas", "123/070/071", "valid", None, "")
    keep(AgencyList("NP", datetime.date(2026, 11, 1), "https://office.example/list", [licensed]))
    talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
    await talk.say(text)
    assert Localizer.of("en").text(question) in talk.text


@pytest.mark.parametrize(
    ("code", "text", "question"),
    [
        ("ne", "मेरो करारपत्र जाँच गरिदिनुहोस्", "contract_check.ask.parties"),
        ("ne", "यो जागिरको अफर सक्कली हो कि नक्कली, जाँचिदिनुहोस्", "offer_check.ask_text"),
        ("ur", "میرا کنٹریکٹ چیک کر دیں", "contract_check.ask.parties"),
        ("ur", "یہ نوکری کی آفر اصلی ہے یا فراڈ، چیک کر دیں", "offer_check.ask_text"),
        ("km", "សូមពិនិត្យកិច្ចសន្យារបស់ខ្ញុំ", "contract_check.ask.parties"),
        ("km", "ការងារនេះពិតឬបោក ជួយពិនិត្យផង", "offer_check.ask_text"),
        ("my", "ကျွန်တော့်စာချုပ်ကို စစ်ပေးပါ", "contract_check.ask.parties"),
        ("my", "ဒီအလုပ်က အစစ်လား အလိမ်လား စစ်ပေးပါ", "offer_check.ask_text"),
    ],
)
async def test_begins_by_plain_words_in_other_languages(talk, code: str, text: str, question: str) -> None:
    person = PEOPLE[code]
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    await talk.say(text)
    assert Localizer.of(code).text(question) in talk.text
