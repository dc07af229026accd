"""People write in other languages than they chose, in none of ours, from old phones, and ask two things at once."""

from __future__ import annotations

from translations.languages import LANGUAGES, spoken


class TestLanguage:
    async def test_the_chosen_language_sticks_and_a_switch_is_offered(self, talk) -> None:
        await talk.press('/choose_language{"language":"en"}')
        await talk.say("मालिकले पासपोर्ट राखेको छ, दिन मान्दैन, के गर्ने")
        assert talk.trace["reply_language"] == "en"
        assert LANGUAGES["ne"].self_name in talk.titles
        await talk.press_titled(LANGUAGES["ne"].self_name)
        await talk.say("my boss holds my passport")
        assert talk.trace["reply_language"] == "ne"

    async def test_one_short_word_of_another_language_offers_nothing(self, talk) -> None:
        talk.profile = {"language": "ne"}
        await talk.say("ok")
        assert LANGUAGES["en"].self_name not in talk.titles

    async def test_a_language_we_do_not_speak_is_answered_in_english_with_the_choice_of_languages(self, talk) -> None:
        await talk.say("combien coûte le visa pour travailler au qatar")
        assert talk.trace["language"] is None
        assert talk.trace["reply_language"] == "en"
        assert {LANGUAGES[code].self_name for code in spoken()} <= set(talk.titles)
        assert "do not know the language" in talk.text

    async def test_who_chose_a_language_is_answered_in_it_whatever_they_write(self, talk) -> None:
        talk.profile = {"language": "ne"}
        await talk.say("combien coûte le visa pour travailler au qatar")
        assert talk.trace["reply_language"] == "ne"
        assert "do not know the language" not in talk.text

    async def test_burmese_typed_in_zawgyi_means_the_same_as_in_unicode(self, talk) -> None:
        await talk.say("အလုပ္ရွင္က ပတ္စပို႔ သိမ္းထားတယ္ ျပန္ေတာင္းလို႔ရလား")
        zawgyi = talk.trace
        await talk.say("အလုပ်ရှင်က ပတ်စပို့ သိမ်းထားတယ် ပြန်တောင်းလို့ရလား")
        assert zawgyi["language"] == talk.trace["language"] == "my"
        assert zawgyi["intent"] == talk.trace["intent"] == "ask_passport"


class TestSeveralWishes:
    async def test_the_main_one_is_answered_and_the_other_is_a_button(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("agency took 80,000 and my passport, where do I complain?")
        wishes = {"ask_passport", "ask_complaint", "ask_refund", "ask_fees"}
        assert talk.trace["intent"] in wishes
        assert any(payload.strip("/") in wishes - {talk.trace["intent"]} for payload in talk.payloads)

    async def test_the_button_answers_it(self, talk) -> None:
        talk.profile = {"language": "ne", "origin": "NP", "destination": "QA"}
        await talk.say("mero passport malik le rakheko cha, talab pani 3 mahina dekhi diyeko xaina")
        assert talk.trace["intent"] == "ask_passport"
        assert "/report_unpaid_wages" in talk.payloads
        await talk.press("/report_unpaid_wages")
        assert talk.trace["intent"] == "report_unpaid_wages"

    async def test_danger_is_answered_alone(self, talk) -> None:
        talk.profile = {"language": "en", "origin": "NP", "destination": "QA"}
        await talk.say("they locked me in the room and beat me, also how do i get my salary?")
        assert talk.trace["danger"]["level"] == "certain"
        assert "/report_unpaid_wages" not in talk.payloads
