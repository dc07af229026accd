"""Every guided check at its later questions: left for a question, for danger, stopped, and answered with what cannot be
read. What was answered before stays, unless the check was stopped."""

from __future__ import annotations

import datetime
from typing import Any, Dict, List, Mapping, NamedTuple, Sequence, Tuple

import pytest

from actions.flows.contract_check import POINTS
from actions.flows.offer_check import ASKED
from actions.flows.self_check import INDICATORS
from knowledge.agencies import Agency, AgencyList
from knowledge.agency_lists import keep
from tests.conversations.people import GO_ON, PEOPLE, Said, inform
from translations.localizer import Localizer

AS_OF = datetime.date(2026, 11, 1)
SUSPENDED = Agency("Green Lotus Manpower", "2", "suspended", None, "")
LICENSED = [
    Agency("Green Lotus Overseas", "1", "valid", None, ""),
    SUSPENDED,
    *(Agency(f"Firm {letter * 4} Overseas", letter, "valid", None, "") for letter in "bdfgklm"),
]


class Way(NamedTuple):
    """Through a check: answers, pressed where they begin with a slash and typed where not, the question that ``first``
    leads to and how it helps with what cannot be read, the question that ``then`` leads to, and what comes out after
    ``rest``. ``again``: what is asked first of somebody who begins once more."""

    start: str
    first: Sequence[str]
    asks: str
    helps: str
    then: Sequence[str]
    asks_next: str
    rest: Sequence[str]
    result: Mapping[str, Any]
    again: str
    known: Mapping[str, str] = {"origin": "NP", "destination": "QA"}


WAYS: Dict[str, Way] = {
    "fee_check": Way(
        '/ask_fees{"step":"check"}',
        ["60000"], "fee_check.ask_purpose", "flow.once_more",
        [inform("purpose:service_charge")], "fee_check.ask_household",
        [inform("household:no"), "40000 PHP"],
        {"verdict": "above_cap", "cap": {"amount": 40000, "currency": "PHP"}},
        again="fee_check.ask_amount", known={"origin": "PH", "destination": "TW"},
    ),
    "offer_check": Way(
        '/ask_offer_check{"step":"check"}',
        [inform("offer:questions"), inform("offer_visit_visa:yes")],
        "offer_check.ask.upfront_payment", "flow.once_more",
        [inform("offer_upfront_payment:no"), inform("offer_private_account:yes")], "offer_check.ask.passport_demand",
        [inform(f"offer_{sign}:no") for sign in ASKED[3:]],
        {"signs": ["visit_visa", "private_account"]},
        again="offer_check.ask_text",
    ),
    "agency_check": Way(
        '/ask_agency_licence{"step":"check"}',
        ['/change_profile{"origin":"NP"}'], "agency_check.ask_name", "flow.text_help",
        ["Green Lotus"], "agency_check.several",
        [inform(f"agency:{SUSPENDED.mark}")],
        {"status": "suspended", "licence": "2"},
        again="agency_check.ask_name", known={"destination": "QA"},
    ),
    "contract_check": Way(
        '/ask_contract{"step":"check"}',
        [inform("contract_parties:yes"), inform("contract_job:no")], "contract_check.ask.wage", "flow.once_more",
        [inform("contract_wage:yes")], "contract_check.ask.hours",
        [inform(f"contract_{point}:yes") for point in list(POINTS)[3:]],
        {"missing": ["job"]},
        again="contract_check.ask.parties",
    ),
    "self_check": Way(
        '/ask_trafficking{"step":"check"}',
        [inform("deception:yes")], "self_check.ask.documents", "flow.once_more",
        [inform("documents:no"), inform("wages:yes")], "self_check.ask.overtime",
        [inform(f"{indicator}:no") for indicator in INDICATORS[3:]],
        {"signs": ["deception", "wages"]},
        again="self_check.ask.deception",
    ),
    "cost": Way(
        '/ask_loan_debt{"step":"check"}',
        ["180000", inform("loan:all")], "cost.ask_rate", "flow.number_help",
        [inform("rate:3-month")], "cost.ask_kind",
        [inform("kind:flat"), "54750 NPR", "18250 NPR", inform("agency_fee:not_sure")],
        {"months_to_repay": 6, "total_interest": 32400.0},
        again="cost.ask_fees",
    ),
    "welfare_claim": Way(
        '/ask_welfare_fund{"step":"check"}',
        ['/change_profile{"origin":"NP"}'], "welfare_claim.ask_event", "flow.once_more",
        [inform("event:injury")], "welfare_claim.ask_place",
        [inform("place:home")],
        {"event": "injury"},
        again="welfare_claim.ask_event", known={"destination": "QA"},
    ),
}  # fmt: skip
"""The law of one pair of countries serves all the languages."""
HOURS: Dict[str, str] = {
    "en": "how many hours a day may they make me work?",
    "ne": "दिनमा कति घण्टा काम गराउन पाउँछ?",
    "ur": "ایک دن میں کتنے گھنٹے کام کروا سکتے ہیں؟",
    "km": "ក្នុងមួយថ្ងៃត្រូវធ្វើការប៉ុន្មានម៉ោង?",
    "my": "တစ်ရက်ကို ဘယ်နှနာရီ အလုပ်လုပ်ရမလဲ",
}

AT_A_LOSS: Dict[str, str] = {
    "en": "I don't understand the question",
    "ne": "के भनेको?",
    "ur": "سوال سمجھ نہیں آیا",
    "km": "មានន័យថាម៉េច?",
    "my": "မေးခွန်းနားမလည်ဘူး",
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


@pytest.fixture
async def said(code: str, way: Way, talk) -> Said:
    """Somebody in front of the question that the first answers lead to."""
    keep(AgencyList("NP", AS_OF, "https://office.example/list", LICENSED))
    talk.profile = {"language": code, **way.known}
    await talk.say("ok")
    talk.profile = {}
    await given(talk, [way.start, *way.first])
    assert question(code, way.asks) in talk.text
    return PEOPLE[code]


async def given(talk, answers: Sequence[str]) -> None:
    for answer in answers:
        await (talk.press(answer) if answer.startswith("/") else talk.say(answer))


def question(code: str, key: str) -> str:
    speak = Localizer.of(code)
    return speak.text(key, country=speak.country("NP"), date=speak.date(AS_OF))


def shown(talk) -> Tuple[str, List[str]]:
    """The question in front of the person, with its buttons."""
    return talk.replies[-1].text, talk.payloads


def comes_out(talk, way: Way) -> bool:
    """Whether the outcome holds the answers given from the first question on."""
    return way.result.items() <= (talk.trace["result"] or {}).items()


async def test_left_twice_for_a_question_and_gone_on_with_where_it_stood(talk, said: Said, code: str, way: Way) -> None:
    for key, words, intent, further in (
        (way.asks, said.question, said.question_intent, way.then),
        (way.asks_next, HOURS[code], "ask_hours_rest", way.rest),
    ):
        open_question = shown(talk)
        assert question(code, key) in open_question[0]
        await talk.say(words)
        assert talk.trace["intent"] == intent
        assert talk.trace["facts"]
        assert question(code, key) not in talk.text
        assert talk.payloads[-1] == GO_ON
        await talk.press(GO_ON)
        assert shown(talk) == open_question
        await given(talk, further)
    assert comes_out(talk, way)


async def test_yields_to_danger_and_goes_on_only_when_asked(talk, said: Said, code: str, way: Way) -> None:
    await given(talk, way.then)
    open_question = shown(talk)
    assert question(code, way.asks_next) in open_question[0]
    await talk.say(said.danger)
    assert talk.trace["danger"]["level"] == "certain"
    for words in (None, said.amount, said.question):
        if words is not None:
            await talk.say(words)
        assert question(code, way.asks_next) not in talk.text
        assert talk.trace["result"] is None
        assert GO_ON in talk.payloads
    await talk.press(GO_ON)
    assert shown(talk) == open_question
    await given(talk, way.rest)
    assert comes_out(talk, way)


async def test_stopped_and_begun_again_without_the_answers(talk, said: Said, code: str, way: Way) -> None:
    await given(talk, way.then)
    await talk.say(said.stop)
    assert Localizer.of(code).text("flow.stopped") in talk.text
    await talk.say(said.question)
    assert talk.trace["intent"] == said.question_intent
    assert GO_ON not in talk.payloads
    await talk.press(GO_ON)  # an old one, higher up in the chat
    assert question(code, way.asks_next) not in talk.text
    await talk.press(way.start)
    assert question(code, way.again) in talk.text


async def test_wrong_input_three_times_helps_then_offers_a_person(talk, said: Said, code: str, way: Way) -> None:
    speak, (open_question, its_buttons) = Localizer.of(code), shown(talk)
    at_a_loss = "🤷" if way.helps == "flow.text_help" else AT_A_LOSS[code]  # any words may be a name
    for time, words in enumerate(("…", at_a_loss, "?!"), start=1):
        await talk.say(words)
        assert speak.text("flow.offer_person" if time == 3 else way.helps) in talk.text
        assert talk.replies[-1].text == open_question
        assert set(its_buttons) <= set(talk.payloads)
    assert "/talk_to_human" in talk.payloads
    await given(talk, [*way.then, *way.rest])
    assert comes_out(talk, way)
