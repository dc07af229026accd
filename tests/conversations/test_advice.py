"""The questions the product exists for."""

from __future__ import annotations

import pytest

from actions.composer import LONGEST_REPLY
from actions.topics import advice_topics
from knowledge.base import FactBase

NEPAL_QATAR = {"language": "ne", "origin": "NP", "destination": "QA"}


@pytest.mark.parametrize("question", ["एजेन्सीले कति पैसा लिन पाउँछ?", "agency le kati paisa lina pauchha?"])
async def test_the_fee_cap_of_nepal_in_nepali_with_source_and_date(talk, question: str) -> None:
    talk.profile = NEPAL_QATAR
    await talk.say(question)
    assert talk.trace["intent"] == "ask_fees"
    assert talk.trace["reply_language"] == "ne"
    assert "NPR 10,000" in talk.replies[0].text
    assert "(Nepal News, 2025)" in talk.replies[0].text
    assert talk.trace["facts"][0] == "np.fees.service_charge.gulf_malaysia"


async def test_the_same_in_english_with_the_law_first_and_the_ilo_beside_it(talk) -> None:
    talk.profile = {**NEPAL_QATAR, "language": "en"}
    await talk.say("How much may the agency take from me?")
    assert "at most NPR 10,000" in talk.text
    assert talk.text.index("NPR 10,000") < talk.text.index("Qatar, the country of work") < talk.text.index("ILO")


@pytest.mark.parametrize(
    ("country", "figure"), [("SA", "SAR 1,000"), ("QA", "QAR 25,000"), ("MY", "passport"), ("SG", "passport")]
)
async def test_may_my_boss_keep_my_passport(talk, country: str, figure: str) -> None:
    talk.profile = {"language": "en", "destination": country}
    await talk.say("Can my boss keep my passport?")
    assert talk.trace["intent"] == "ask_passport"
    assert figure in talk.replies[0].text
    assert any(fact.startswith(f"{country.lower()}.passport") for fact in talk.trace["facts"])


@pytest.mark.parametrize(("country", "figure"), [("NP", "NPR 1,000,000"), ("PH", "PHP"), ("BD", "Tk")])
async def test_what_does_the_welfare_fund_pay_if_i_die(talk, country: str, figure: str) -> None:
    talk.profile = {"language": "en", "origin": country}
    await talk.say("what does the welfare fund pay if I die")
    assert talk.trace["intent"] == "ask_welfare_fund"
    assert "death" in talk.trace["facts"][0]
    assert figure in talk.replies[0].text


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("How much may the agency take from me?", "origin"),
        ("Can my boss keep my passport?", "destination"),
        ("what does the welfare fund pay if I die", "origin"),
    ],
)
async def test_with_no_country_known_the_principle_comes_first_and_then_the_question(talk, question, side) -> None:
    await talk.say(question)
    assert len(talk.replies) >= 2
    assert any(f'"{side}":' in payload for payload in talk.payloads)
    answered = await talk.press(f'/change_profile{{"{side}":"{"NP" if side == "origin" else "QA"}"}}')
    assert answered.trace["facts"], "the question is answered again once the country is known"


async def test_a_country_in_the_question_is_understood_on_the_first_line(talk) -> None:
    await talk.say("I am from Nepal, how much can the manpower take for Qatar?")
    assert talk.trace["facts"][0] == "np.fees.service_charge.gulf_malaysia"


async def test_more_shows_other_facts_and_sources_are_one_tap_away(talk) -> None:
    talk.profile = {**NEPAL_QATAR, "language": "en"}
    await talk.say("How much may the agency take from me?")
    first = set(talk.trace["facts"])
    await talk.press_titled("More about this")
    assert set(talk.trace["facts"]).isdisjoint(first)
    await talk.press('/ask_fees{"step":"sources"}')
    assert "Nepal News" in talk.text


@pytest.mark.parametrize("language", ["en", "ne"])
@pytest.mark.parametrize("intent", advice_topics())
async def test_every_topic_answers_in_short_messages_with_next_steps(talk, intent: str, language: str) -> None:
    talk.profile = {**NEPAL_QATAR, "language": language}
    await talk.say("/")  # sets the profile; nothing to read
    await talk.press(f"/{intent}")
    assert talk.trace["reply_language"] == language
    assert 2 <= len(talk.replies[-1].buttons) <= 5
    assert "%(" not in talk.text
    for reply in talk.replies:
        assert len(reply.text) <= LONGEST_REPLY or reply.text.count("\n\n") == 0


@pytest.mark.parametrize("origin", [*FactBase.load().countries("origin"), None])
async def test_every_pair_gets_an_answer_to_every_topic(talk, embedded, origin: str | None) -> None:
    """15 origins × 15 destinations × 32 topics would take minutes; each origin takes each destination in turn."""
    destinations = [*FactBase.load().countries("destination"), None]
    for number, intent in enumerate(advice_topics()):
        destination = destinations[number % len(destinations)]
        talk.sender = f"pair-{origin}-{destination}-{intent}"
        await talk.press("/show_menu")
        for side, code in (("origin", origin), ("destination", destination)):
            if code:
                await talk.press(f'/change_profile{{"{side}":"{code}"}}')
        await talk.press(f"/{intent}")
        assert talk.replies[-1].buttons
        for fact in talk.trace["facts"]:
            assert fact.split(".")[0] in {(origin or "-").lower(), (destination or "-").lower(), "ilo", "world"}
