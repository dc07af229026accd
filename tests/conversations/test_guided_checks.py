"""The fee check, the self-check and the contract check: straight, in one message, and what each must hear and tell."""

from __future__ import annotations

import json
from typing import List

import pytest

from tests.conversations.people import GO_ON, PEOPLE, Said
from translations.localizer import Localizer

START = '/ask_fees{"step":"check"}'


@pytest.fixture(params=PEOPLE)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def said(code: str, talk) -> Said:
    person = PEOPLE[code]
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    return person


def answers(step: str, talk) -> List[str]:
    return [payload for payload in talk.payloads if payload.startswith(f'/inform{{"step":"{step}:')]


class TestFeeCheck:
    async def test_straight(self, talk, said: Said, code: str) -> None:
        await talk.say("ok")  # who they are and where they go is known from here on
        await talk.press(START)
        assert Localizer.of(code).text("fee_check.ask_amount") in talk.text
        await talk.say(said.amount)
        assert len(answers("purpose", talk)) == 9
        await talk.press('/inform{"step":"purpose:service_charge"}')
        result = talk.trace["result"]
        assert (result["flow"], result["verdict"]) == ("fee_check", said.verdict)
        assert talk.trace["reply_language"] == code
        assert talk.trace["facts"]

    async def test_by_free_text_in_one_message(self, talk, said: Said, code: str) -> None:
        await talk.say(said.offer)
        assert talk.trace["result"]["verdict"] == said.verdict
        assert talk.trace["reply_language"] == code
        assert talk.titles[-1] == Localizer.of(code).text("button.menu")


class TestFeeCheckAsksWhatTheLawNeeds:
    async def test_the_countries_first_when_they_are_not_known(self, talk) -> None:
        talk.profile = {"language": "en"}
        await talk.say("ok")
        await talk.press(START)
        assert Localizer.of("en").text("ask.destination") in talk.text
        await talk.say("Qatar")
        assert Localizer.of("en").text("ask.origin") in talk.text
        await talk.say("Nepal")
        assert Localizer.of("en").text("fee_check.ask_amount") in talk.text

    async def test_who_goes_where_the_law_is_another_for_women_than_for_men(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "BD", "destination": "SA"}
        await talk.say("agent asks 100000 taka to go, is this allowed?")
        assert answers("household", talk)
        await talk.press('/inform{"step":"household:yes"}')
        assert answers("sex", talk)
        await talk.press('/inform{"step":"sex:woman"}')
        assert talk.trace["result"]["verdict"] == "not_allowed"

    async def test_whether_it_is_housework_where_only_that_is_free_of_fees(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "LK", "destination": "KW"}
        await talk.say("agent asks 200000 rupees to go, is this allowed?")
        assert answers("household", talk)
        await talk.press('/inform{"step":"household:yes"}')
        assert talk.trace["result"]["verdict"] == "not_allowed"

    async def test_no_more_than_the_law_makes_a_difference_of(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "PK", "destination": "SA"}
        await talk.say("agent asks 300000 rupees to go, is this allowed?")
        assert talk.trace["result"]["verdict"] == "above_cap"

    async def test_the_wage_where_the_cap_is_counted_in_wages(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "PH", "destination": "TW", "occupation": "factory"}
        await talk.say("the agency fee is 60000 pesos, is that legal?")
        assert Localizer.of("en").text("fee_check.ask_wage") in talk.text
        await talk.say("40000 pesos")
        assert talk.trace["result"] == {
            "flow": "fee_check",
            "verdict": "above_cap",
            "cap": {"amount": 40000, "currency": "PHP"},
        }

    async def test_the_sum_in_the_money_of_the_law_and_never_by_a_rate_of_ours(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("they ask 1200 dollars for qatar, can they take so much?")
        assert "NPR" in talk.text
        assert talk.trace["result"] is None
        await talk.say("160000 rupees")
        assert talk.trace["result"]["verdict"] == "above_cap"

    async def test_choices_may_be_typed_by_their_number_or_words(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        for typed in ("1", "၁", "១", "१", speak.text("fee_check.purpose.service_charge")):
            await talk.say("ok")
            await talk.press(START)
            await talk.say(said.amount)
            await talk.say(typed)
            assert talk.trace["result"]["verdict"] == said.verdict, typed
            assert speak.text("fee_check.purpose.service_charge") in talk.text

    async def test_a_monthly_fee_is_offered_where_brokers_may_take_one(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "ID", "destination": "TW"}
        await talk.say("ok")
        await talk.press(START)
        await talk.say("1800 TWD")
        await talk.press('/inform{"step":"purpose:monthly_service_fee"}')
        assert answers("year", talk)
        await talk.press('/inform{"step":"year:3"}')
        assert talk.trace["result"] == {
            "flow": "fee_check",
            "verdict": "above_cap",
            "cap": {"amount": 1500, "currency": "TWD"},
        }

    async def test_an_earlier_answer_is_put_right_by_its_button(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("they ask 1200 dollars for qatar, can they take so much?")
        await talk.press('/inform{"step":"purpose:visa_ticket"}')
        assert talk.trace["result"]["verdict"] == "not_allowed"


class TestFeeCheckHearsTheRightSum:
    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("agent asks 2 lakh rupees fee, salary is 1500 riyal per month, is this fee legal?", "NPR\u00a0200,000"),
            ("agent fee is 2 lakh to 3 lakh rupees for qatar, is that allowed?", "NPR\u00a0300,000"),
        ],
    )
    async def test_not_the_wage_and_not_the_low_end(self, talk, text: str, amount: str) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say(text)
        assert talk.trace["result"]["verdict"] == "above_cap"
        assert amount in talk.text

    async def test_a_wage_not_paid_is_no_answer_to_what_they_ask_for(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(START)
        await talk.say("my boss has not paid my salary of 1500 riyal for three months")
        assert talk.trace["intent"] == "report_unpaid_wages"
        assert not answers("purpose", talk)

    async def test_a_country_is_corrected_on_the_way(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(START)
        await talk.press('/change_profile{"destination":"KR"}')
        talk.profile = {"language": "en"}
        await talk.say("150000")
        await talk.press('/inform{"step":"purpose:service_charge"}')
        assert talk.trace["result"]["verdict"] != "above_cap"

    async def test_a_limit_on_the_fee_of_the_agency_is_not_said_to_be_one_on_everything(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "IN", "destination": "SA"}
        await talk.say("agent asks 40000 rupees for everything, is it ok?")
        assert Localizer.of("en").text("fee_check.part_only") in talk.text

    async def test_riyal_is_the_money_of_where_one_goes(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("they ask 5000 riyal for the job, is it legal?")
        await talk.press('/inform{"step":"amount_in_law:not_sure"}')
        assert "QAR" in talk.text


class TestMadeUpAndLateButtons:
    async def test_an_answer_no_button_gives_is_not_taken(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(START)
        await talk.press('/inform{"step":"purpose:bribe"}')
        await talk.press(GO_ON)
        await talk.say("150000")
        assert answers("purpose", talk)

    async def test_a_button_pressed_after_the_check_is_answered_kindly(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("they ask 1.5 lakh for Qatar, is it legal?")
        await talk.press('/inform{"step":"purpose:deposit"}')
        assert talk.text
        assert "/talk_to_human" in talk.payloads

    async def test_a_late_yes_to_a_danger_question_is_heard_whatever_is_open(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press('/inform{"step":"violence:yes"}')
        assert talk.trace["danger"] == {"level": "certain", "kind": "violence"}
        await talk.press(START)
        await talk.press('/inform{"step":"movement:yes"}')
        assert talk.trace["danger"] == {"level": "certain", "kind": "confinement"}

    async def test_a_check_begun_again_or_instead_of_another_asks_its_first_question(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        for start in (START, START, TestContractCheck.START, START):
            await talk.press(start)
            assert len(talk.replies) >= 1
        await talk.say("150000")
        assert answers("purpose", talk)

    async def test_every_way_back_that_is_shown_works_and_is_not_offered_for_ever(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(START)
        for _ in range(5):
            await talk.say("can my boss keep my passport?")
            assert GO_ON in talk.payloads
        await talk.press(GO_ON)
        assert Localizer.of("en").text("fee_check.ask_amount") in talk.text
        for _ in range(6):
            await talk.say("can my boss keep my passport?")
        assert GO_ON not in talk.payloads
        await talk.say("150000")
        assert talk.trace["result"] is None


class TestSelfCheck:
    START = '/ask_trafficking{"step":"check"}'

    async def test_eleven_questions_without_a_sign(self, talk, said: Said, code: str) -> None:
        await talk.say("ok")
        await talk.press(self.START)
        asked = 0
        while talk.trace["result"] is None:
            asked += 1
            assert asked <= 11
            (no,) = [payload for payload in talk.payloads if payload.endswith(':no"}')]
            await talk.press(no)
        assert asked == 11
        assert talk.trace["result"] == {"flow": "self_check", "signs": []}
        assert Localizer.of(code).text("self_check.result.none") in talk.text

    async def test_signs_are_named_and_a_person_is_offered_but_nothing_judged(
        self, talk, said: Said, code: str
    ) -> None:
        await talk.say("ok")
        await talk.press(self.START)
        while talk.trace["result"] is None:
            (step,) = {json.loads(p[len("/inform") :])["step"].split(":")[0] for p in talk.payloads if ":no" in p}
            await talk.press(f'/inform{{"step":"{step}:{"yes" if step == "documents" else "no"}"}}')
        assert talk.trace["result"]["signs"] == ["documents"]
        assert Localizer.of(code).text("self_check.sign.documents") in talk.text
        assert "/talk_to_human" in talk.payloads

    async def test_yes_to_being_shown_a_person_shows_one(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(self.START)
        while talk.trace["result"] is None:
            (step,) = {json.loads(p[len("/inform") :])["step"].split(":")[0] for p in talk.payloads if ":no" in p}
            await talk.press(f'/inform{{"step":"{step}:{"yes" if step == "debt" else "no"}"}}')
        await talk.say("yes")
        assert Localizer.of("en").text("human.answer") in talk.text

    async def test_an_answer_that_means_danger_ends_the_questions(self, talk, said: Said, code: str) -> None:
        await talk.say("ok")
        await talk.press(self.START)
        await talk.press('/inform{"step":"movement:yes"}')
        assert talk.trace["danger"] == {"level": "certain", "kind": "confinement"}
        assert Localizer.of(code).text("self_check.result.danger") in talk.text

    async def test_yes_and_no_may_be_typed(self, talk) -> None:
        talk.profile = {"language": "en"}
        await talk.say("ok")
        await talk.press(self.START)
        before = talk.text
        await talk.say("no")
        assert talk.text != before
        assert Localizer.of("en").text("flow.once_more") not in talk.text


class TestContractCheck:
    START = '/ask_contract{"step":"check"}'

    async def test_what_is_missing_and_what_the_law_says(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        await talk.say("ok")
        await talk.press(self.START)
        asked = 0
        while talk.trace["result"] is None:
            asked += 1
            (step,) = {json.loads(p[len("/inform") :])["step"].split(":")[0] for p in talk.payloads if ":no" in p}
            await talk.press(
                f'/inform{{"step":"{step}:{"no" if step in ("contract_rest", "contract_copy") else "yes"}"}}'
            )
        assert asked == 15
        result = talk.trace["result"]
        assert result["missing"] == ["rest", "copy"]
        assert result["against_law"] == ["rest"]
        assert speak.text("contract_check.point.rest") in talk.text
        assert talk.trace["facts"]

    async def test_it_is_offered_under_an_answer_on_contracts(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("what must a work contract contain?")
        assert self.START in talk.payloads
