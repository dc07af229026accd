"""Cost of going, spoken through with the trained advisor: loans, rates, wages, other money, and the law."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from PIL import Image

from tests.conversations.people import Said, inform
from translations.localizer import Localizer

COST = '/ask_loan_debt{"step":"check"}'


class TestCost:
    async def begun(self, talk, **answers: str) -> None:
        """From Nepal to Qatar, as far as ``answered`` goes."""
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk, **answers)

    async def answered(self, talk, *, rate: str = "3-month", kind: str = "flat") -> None:
        await talk.press(COST)
        await talk.say("180000")
        await talk.press(inform("loan:all"))
        await talk.press(inform(f"rate:{rate}"))
        await talk.press(inform(f"kind:{kind}"))

    async def test_straight_with_a_picture(self, talk, said: Said, code: str) -> None:
        await self.answered(talk)
        await talk.say("1500")
        await talk.say("500")
        if "exchange" in "".join(talk.payloads):
            await talk.say("36,5" if code == "id" else "36.5")
        if "agency_fee" in "".join(talk.payloads):
            await talk.press(inform("agency_fee:not_sure"))
        # 1000 × 36.5 = 36,500 left, 5,400 interest a month: 180,000 / 31,100 → 6 months, 6 × 5,400
        assert talk.trace["result"] == {"flow": "cost", "months_to_repay": 6, "total_interest": 32400.0}
        (picture,) = [reply.picture for reply in talk.replies if reply.picture]
        assert Image.open(io.BytesIO(picture)).size == (720, 440)
        assert Localizer.of(code).text("cost.careful") in talk.text

    async def test_only_on_what_is_owed_costs_less(self, talk) -> None:
        await self.begun(talk, kind="reducing")
        await talk.say("54750 npr")
        await talk.say("18250 npr")
        await talk.press(inform("agency_fee:not_sure"))
        assert talk.trace["result"]["months_to_repay"] == 6
        assert talk.trace["result"]["total_interest"] < 32400

    async def test_what_a_fee_above_the_limit_adds(self, talk) -> None:
        await self.begun(talk, rate="nothing")
        await talk.say("40000 npr")
        await talk.press(inform("living:nothing"))
        await talk.say("110000")
        assert Localizer.of("en").money(Decimal(100_000), "NPR") in talk.text  # 110,000 less the limit of 10,000

    async def test_what_the_question_tells_is_not_asked_again(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("what will it cost me in all to go? I pay 200000 rupees, is it worth the loan")
        assert Localizer.of("en").text("cost.ask_loan") in talk.text

    async def test_a_rate_in_words(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("100000")
        await talk.say("100000")
        await talk.say("24 percent per year")
        assert Localizer.of("en").text("cost.ask_kind") in talk.text

    async def test_a_wage_that_does_not_pay_the_interest(self, talk) -> None:
        await self.begun(talk, rate="5-month")
        await talk.say("9000 npr")
        await talk.press(inform("living:nothing"))
        await talk.press(inform("agency_fee:not_sure"))
        assert Localizer.of("en").text("cost.result.never") in talk.text
        assert talk.trace["result"] == {"flow": "cost", "months_to_repay": None, "total_interest": None}

    async def test_no_rate_of_exchange_is_made_up(self, talk) -> None:
        await self.begun(talk)
        await talk.say("1500 riyal")
        await talk.say("500 riyal")
        await talk.press(inform("exchange:not_sure"))
        await talk.press(inform("agency_fee:not_sure"))
        assert Localizer.of("en").text("cost.result.no_rate") in talk.text

    @pytest.mark.parametrize(("told", "months"), [("36.5", 6), ("100 QAR = 3650 NPR", 6), ("1 riyal 36.5", 6)])
    async def test_the_rate_as_people_tell_it(self, talk, told: str, months: int) -> None:
        await self.begun(talk)
        await talk.say("1500 riyal per month")
        await talk.say("500 riyal")
        await talk.say(told)
        await talk.press(inform("agency_fee:not_sure"))
        assert talk.trace["result"]["months_to_repay"] == months
        assert "1 QAR = 36.5 NPR" in talk.text

    async def test_a_wage_by_the_day_is_not_taken_for_a_months(self, talk) -> None:
        await self.begun(talk)
        await talk.say("70 riyal per day")
        assert Localizer.of("en").text("cost.ask_wage") in talk.text

    async def test_wages_by_the_week_are_counted_by_the_month(self, talk) -> None:
        await self.begun(talk, rate="nothing")
        await talk.say("400 riyal a week")
        await talk.say("100 a week")
        await talk.say("36.5")
        await talk.press(inform("agency_fee:not_sure"))
        assert "400 QAR × 52 / 12 = 1733.33 QAR" in talk.text
        # 300 × 52 / 12 = 1,300 left, × 36.5 = 47,450: 180,000 in 4 months
        assert talk.trace["result"]["months_to_repay"] == 4

    @pytest.mark.parametrize(("meant", "interest"), [("year", 18000.0), ("month", 432000.0)])
    async def test_a_rate_too_high_for_a_month_is_asked_about(self, talk, meant: str, interest: float) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("180000")
        await talk.press(inform("loan:all"))
        await talk.say("24 percent per month")
        assert Localizer.of("en").text("cost.ask_rate_per") in talk.text
        await talk.press(inform(f"per:{meant}"))
        await talk.press(inform("kind:flat"))
        await talk.say("61200 npr" if meant == "month" else "39600 npr")
        await talk.press(inform("living:nothing"))
        await talk.press(inform("agency_fee:not_sure"))
        # a year: 3,600 a month, 180,000 / 36,000 = 5 months; a month: 43,200, 180,000 / 18,000 = 10 months
        assert talk.trace["result"]["total_interest"] == interest

    async def test_a_third_money_is_asked_for_its_rate(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("180000")
        await talk.press(inform("loan:nothing"))
        await talk.say("1500 riyal")
        await talk.say("100 dollars")
        assert "QAR" in talk.text
        await talk.say("36.5")
        assert "USD" in talk.text
        await talk.say("133")
        await talk.press(inform("agency_fee:not_sure"))
        assert "1 USD = 133 NPR" in talk.text
        assert Localizer.of("en").money(Decimal(41450), "NPR") in talk.text  # 54,750 less 13,300

    async def test_without_the_rate_of_a_third_money_nothing_is_counted(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("180000")
        await talk.press(inform("loan:nothing"))
        await talk.say("1500 riyal")
        await talk.say("100 dollars")
        await talk.say("36.5")
        await talk.press(inform("exchange_living:not_sure"))
        await talk.press(inform("agency_fee:not_sure"))
        assert Localizer.of("en").text("cost.result.no_rate") in talk.text

    async def test_who_goes_is_asked_where_the_law_makes_a_difference_of_it(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "BD", "destination": "SA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("200000")
        await talk.press(inform("loan:nothing"))
        await talk.say("40000 taka")
        await talk.press(inform("living:nothing"))
        assert Localizer.of("en").text("fee_check.ask_household") in talk.text
        await talk.press(inform("cost_household:yes"))
        assert Localizer.of("en").text("fee_check.ask_sex") in talk.text
        await talk.press(inform("cost_sex:woman"))
        assert talk.trace["result"]["flow"] == "cost"
        assert Localizer.of("en").money(Decimal(200_000), "BDT") in talk.text

    async def test_who_does_not_know_the_interest_sees_what_usual_rates_mean(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("180000")
        await talk.press(inform("loan:all"))
        await talk.press(inform("rate:not_sure"))
        await talk.say("54750 npr")
        await talk.say("18250 npr")
        await talk.press(inform("agency_fee:not_sure"))
        assert talk.trace["result"] == {"flow": "cost", "months_to_repay": None, "total_interest": None}
        assert Localizer.of("en").money(Decimal(32400), "NPR") in talk.text  # at 3 % a month, as reckoned above

    async def test_no_loan_may_be_said_in_words(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(COST)
        await talk.say("180000")
        await talk.say("no")
        assert Localizer.of("en").text("cost.ask_wage") in talk.text
