"""Offer check, agency check, welfare claim and departure list, from the first word to the outcome."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from actions.flows.offer_check import ASKED
from knowledge.agencies import Agency, AgencyList
from knowledge.agency_lists import keep
from tests.conversations.people import Said, inform
from translations.localizer import Localizer

AS_OF = datetime.date(2026, 11, 1)
OFFER = '/ask_offer_check{"step":"check"}'
AGENCY = '/ask_agency_licence{"step":"check"}'
CLAIM = '/ask_welfare_fund{"step":"check"}'
LIST = '/ask_documents{"step":"list"}'


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

    @pytest.mark.parametrize(
        ("language", "advert"),
        [
            (
                "ne",
                "कतारमा होटल काम 🏨\nपहिला भिजिट भिसामा जाने, पछि मिलाउँछ\nफाइल खोल्न ४० हजार आजै पठाउनु\nतलब १४०० रियाल",
            ),
            (
                "en",
                "Job in Dubai\nYou go on a visit visa, company changes it\nSend 40,000 for the file\nRoom is free",
            ),
        ],
    )
    async def test_an_advertisement_is_read_line_by_line(self, talk, language: str, advert: str) -> None:
        talk.profile = {"language": language}
        await talk.press(OFFER)
        await talk.say(advert)
        lines = advert.split("\n")
        assert {"visit_visa", "upfront_payment"} <= set(talk.trace["result"]["signs"])
        assert lines[1] in talk.text
        assert not any(f"{before} {after}" in talk.text for before, after in pairwise(lines))

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
