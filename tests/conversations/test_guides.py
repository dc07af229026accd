"""Offer check, agency check, cost of going, welfare claim and departure list, from the first word to the outcome."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from PIL import Image

from actions.flows.offer_check import ASKED
from knowledge.agencies import Agency, AgencyList
from knowledge.agency_lists import keep
from tests.conversations.people import PEOPLE, Said
from translations.localizer import Localizer

AS_OF = datetime.date(2026, 11, 1)
OFFER = '/ask_offer_check{"step":"check"}'
AGENCY = '/ask_agency_licence{"step":"check"}'
COST = '/ask_loan_debt{"step":"check"}'
CLAIM = '/ask_welfare_fund{"step":"check"}'
LIST = '/ask_documents{"step":"list"}'


@pytest.fixture(params=PEOPLE)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def said(code: str, talk) -> Said:
    person = PEOPLE[code]
    talk.profile = {"language": code, "origin": person.origin, "destination": person.destination}
    await talk.say("ok")
    return person


def inform(step: str) -> str:
    return f'/inform{{"step":"{step}"}}'


class TestCost:
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
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk, kind="reducing")
        await talk.say("54750 npr")
        await talk.say("18250 npr")
        await talk.press(inform("agency_fee:not_sure"))
        assert talk.trace["result"]["months_to_repay"] == 6
        assert talk.trace["result"]["total_interest"] < 32400

    async def test_what_a_fee_above_the_limit_adds(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk, rate="nothing")
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
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk, rate="5-month")
        await talk.say("9000 npr")
        await talk.press(inform("living:nothing"))
        await talk.press(inform("agency_fee:not_sure"))
        assert Localizer.of("en").text("cost.result.never") in talk.text
        assert talk.trace["result"] == {"flow": "cost", "months_to_repay": None, "total_interest": None}

    async def test_no_rate_of_exchange_is_made_up(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk)
        await talk.say("1500 riyal")
        await talk.say("500 riyal")
        await talk.press(inform("exchange:not_sure"))
        await talk.press(inform("agency_fee:not_sure"))
        assert Localizer.of("en").text("cost.result.no_rate") in talk.text

    @pytest.mark.parametrize(("told", "months"), [("36.5", 6), ("100 QAR = 3650 NPR", 6), ("1 riyal 36.5", 6)])
    async def test_the_rate_as_people_tell_it(self, talk, told: str, months: int) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk)
        await talk.say("1500 riyal per month")
        await talk.say("500 riyal")
        await talk.say(told)
        await talk.press(inform("agency_fee:not_sure"))
        assert talk.trace["result"]["months_to_repay"] == months
        assert "1 QAR = 36.5 NPR" in talk.text

    async def test_a_wage_by_the_day_is_not_taken_for_a_months(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk)
        await talk.say("70 riyal per day")
        assert Localizer.of("en").text("cost.ask_wage") in talk.text

    async def test_wages_by_the_week_are_counted_by_the_month(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await self.answered(talk, rate="nothing")
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


class TestOfferCheck:
    async def test_by_questions(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        await talk.press(OFFER)
        await talk.press(inform("offer:questions"))
        assert speak.text("offer_check.intro") in talk.text
        for sign in ASKED:
            assert speak.text(f"offer_check.ask.{sign}") in talk.text
            await talk.press(inform(f"offer_{sign}:{'yes' if sign in ('hurry', 'no_licence') else 'no'}"))
        assert talk.trace["result"] == {"flow": "offer_check", "signs": ["no_licence", "hurry"]}
        assert speak.text("offer_check.why.hurry") in talk.text

    async def test_no_sign_is_never_called_safe(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        await talk.press(OFFER)
        await talk.press(inform("offer:questions"))
        for sign in ASKED:
            await talk.press(inform(f"offer_{sign}:no"))
        assert talk.trace["result"]["signs"] == []
        assert speak.text("offer_check.result.no_answers") in talk.text
        assert speak.text("offer_check.three") in talk.text

    async def test_yes_and_no_may_be_typed(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(OFFER)
        await talk.press(inform("offer:questions"))
        await talk.say("yes")
        assert Localizer.of("en").text("offer_check.ask.upfront_payment") in talk.text

    ADVERT = (
        "Hotel job in Malaysia, salary 1700. Go on visit visa first, later we change it. Send 20,000 advance today."
    )

    async def pasted(self, talk, text: str) -> None:
        """Somebody from Nepal who goes to Qatar, told once as the phone does."""
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        talk.profile = {}
        await talk.press(OFFER)
        await talk.say(text)

    async def test_signs_are_quoted_with_why_they_matter_and_no_number_to_tap(self, talk) -> None:
        await self.pasted(talk, f"{self.ADVERT} Only WhatsApp +977-9812345678 or www.job.example @agent_one")
        assert {"visit_visa", "upfront_payment"} <= set(talk.trace["result"]["signs"])
        assert "Go on visit visa first" in talk.text
        assert Localizer.of("en").text("offer_check.why.visit_visa") in talk.text
        assert not any(part in talk.text for part in ("9812345678", "job.example", "@agent_one"))

    async def test_a_country_in_the_offer_does_not_move_the_person(self, talk) -> None:
        await self.pasted(talk, self.ADVERT)
        await talk.say("I am locked in a room and they beat me, help")
        assert "999" in talk.text  # Qatar's emergency number; Malaysia's is 999 too, its hotlines are not
        assert Localizer.of("en").country("QA") in talk.text
        assert Localizer.of("en").country("MY") not in talk.text

    async def test_a_cry_in_the_middle_of_an_offer_is_heard(self, talk) -> None:
        text = (
            "Hotel job in Qatar. Salary 1500 QAR. Free visa and ticket. Interview at our office in Kathmandu. "
            "Bring copy of passport. I am locked in a room and they beat me."
        )
        await self.pasted(talk, text)
        assert talk.trace["danger"]["level"] != "none"
        assert Localizer.of("en").text("offer_check.result.none") not in talk.text

    @pytest.mark.parametrize("text", ["hello how are you today my friend", "😀" * 60, "ok"])
    async def test_what_is_no_offer_is_asked_for_again(self, talk, text: str) -> None:
        await self.pasted(talk, text)
        assert talk.trace["result"] is None
        assert Localizer.of("en").text("offer_check.ask_text") in talk.text


class TestAgencyCheck:
    def imported(self, country: str, *agencies: Agency) -> None:
        keep(AgencyList(country, AS_OF, "https://office.example/list", agencies))

    async def test_found_with_status_and_date_of_the_list(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        day = datetime.date(2099, 3, 31)
        self.imported(
            said.origin, Agency("Sunrise Valley Overseas Pvt. Ltd.", "123/070/071", "valid", day, "Main Road 1")
        )
        await talk.press(AGENCY)
        await talk.say("sunraiz valli oversees")
        assert talk.trace["result"] == {"flow": "agency_check", "status": "valid", "licence": "123/070/071"}
        for part in ("Sunrise Valley Overseas Pvt. Ltd.", "Main Road 1", speak.date(AS_OF), speak.date(day)):
            assert part in talk.text
        assert speak.text("agency_check.careful") in talk.text

    async def test_not_found_accuses_nobody(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        self.imported(said.origin, Agency("Sunrise Valley Overseas", "123", "valid", None, ""))
        await talk.press(AGENCY)
        await talk.say("Moonlight Travels")
        country = speak.country(said.origin)
        assert speak.text("agency_check.not_found", country=country, date=speak.date(AS_OF)) in talk.text
        assert talk.trace["result"]["status"] == "not_found"

    async def test_without_a_list_the_office_is_named(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        await talk.press(AGENCY)
        assert speak.text("agency_check.no_list", country=speak.country(said.origin)) in talk.text
        assert talk.trace["facts"]

    async def test_several_close_names_are_offered(self, talk, said: Said, code: str) -> None:
        self.imported(
            said.origin,
            Agency("Green Lotus Overseas", "1", "valid", None, ""),
            Agency("Green Lotus Manpower", "2", "suspended", None, ""),
            *(Agency(f"Firm {letter * 4} Overseas", letter, "valid", None, "") for letter in "bdfgklm"),
        )
        await talk.press(AGENCY)
        await talk.say("Green Lotus")
        assert {"Green Lotus Overseas", "Green Lotus Manpower"} <= set(talk.titles)
        await talk.press_titled("Lotus Manpower")
        assert talk.trace["result"] == {"flow": "agency_check", "status": "suspended", "licence": "2"}
        assert Localizer.of(code).text("agency_check.not_valid") in talk.text

    async def test_an_agency_named_in_the_question_is_looked_up_at_once(self, talk) -> None:
        self.imported("NP", Agency("Sunrise Valley Overseas", "123", "valid", datetime.date(2020, 1, 1), ""))
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("is Sunrise Valley Overseas a licensed agency?")
        assert talk.trace["result"] == {"flow": "agency_check", "status": "expired", "licence": "123"}
        assert Localizer.of("en").text("agency_check.run_out") in talk.text

    async def test_a_sum_is_no_licence_number_and_a_late_button_no_name(self, talk) -> None:
        self.imported(
            "NP",
            Agency("Everest Gulf Overseas", "1200", "valid", None, ""),
            Agency("Sunrise Valley Overseas", "7", "valid", None, ""),
        )
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(AGENCY)
        await talk.press(inform(f"agency:{Agency('Everest Gulf Overseas', '1200', 'valid', None, '').mark}"))
        await talk.say("Moonlight Travels, they ask 1200 riyal")
        assert talk.trace["result"] == {"flow": "agency_check", "status": "not_found", "licence": None}

    async def test_not_knowing_the_name_is_no_name(self, talk) -> None:
        self.imported("NP", Agency("Everest Gulf Overseas", "12", "valid", None, ""))
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(AGENCY)
        await talk.say("I am not sure")
        assert talk.trace["result"] is None


class TestWelfareClaim:
    async def test_from_the_event_to_papers_and_office(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        await talk.press(CLAIM)
        await talk.press(inform("event:death"))
        await talk.press(inform("place:home"))
        assert talk.trace["result"]["event"] == "death"
        for key in ("opening.death", "papers.death", "where.home", "no_middleman"):
            assert speak.text(f"welfare_claim.{key}") in talk.text
        knows = said.origin != "MM"  # nobody has found what a fund pays there
        assert bool(talk.trace["facts"]) is knows

    @pytest.mark.parametrize("event", ["injury", "illness", "sent_home", "unpaid", "family"])
    async def test_each_event_has_its_own_benefits(self, talk, event: str) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("ok")
        await talk.press(CLAIM)
        await talk.press(inform(f"event:{event}"))
        await talk.press(inform("place:abroad"))
        assert talk.trace["result"]["event"] == event
        assert talk.trace["facts"]
        assert Localizer.of("en").text("welfare_claim.where.abroad") in talk.text

    async def test_the_question_tells_the_event(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "PH", "destination": "SA"}
        await talk.say("how can I claim compensation from the fund, I lost two fingers in the machine at work")
        await talk.press(inform("place:home"))
        assert talk.trace["result"]["event"] == "injury"


class TestDepartureList:
    async def test_ticks_are_kept_and_the_next_line_is_explained(self, talk, said: Said, code: str) -> None:
        speak = Localizer.of(code)
        await talk.press(LIST)
        assert talk.trace["result"] == {"flow": "departure", "done": [], "next": "passport"}
        assert speak.text("departure.how.passport") in talk.text
        await talk.press('/ask_documents{"step":"list:passport:done"}')
        assert talk.replies[0].in_place
        await talk.press('/ask_documents{"step":"list:contract:done"}')
        assert talk.trace["result"]["done"] == ["passport", "contract"]
        assert f"☑ {speak.text('button.item.passport')}" in talk.titles
        await talk.say(said.question)
        await talk.press(LIST)
        assert talk.trace["result"]["done"] == ["passport", "contract"]
        await talk.press('/ask_documents{"step":"list:passport:done"}')  # a second tap in a hurry changes nothing
        assert talk.trace["result"]["done"] == ["passport", "contract"]
        await talk.press('/ask_documents{"step":"list:passport:open"}')
        assert talk.trace["result"]["done"] == ["contract"]

    async def test_all_done(self, talk, said: Said, code: str) -> None:
        await talk.press(LIST)
        while talk.trace["result"]["next"] is not None:
            await talk.press(f'/ask_documents{{"step":"list:{talk.trace["result"]["next"]}:done"}}')
        assert Localizer.of(code).text("departure.finished") in talk.text

    async def test_numbers_to_learn_are_those_of_both_countries(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("what do I have to prepare before I fly? give me a checklist")
        while talk.trace["result"]["next"] != "numbers":
            await talk.press(f'/ask_documents{{"step":"list:{talk.trace["result"]["next"]}:done"}}')
        assert "999" in talk.text
