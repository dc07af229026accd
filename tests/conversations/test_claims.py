"""The welfare claim guide begins with what has happened, told in plain words; and the bereaved are not taken for those
who want to die."""

from __future__ import annotations

from typing import Dict, List, Tuple

import pytest

from tests.conversations.people import PEOPLE
from translations.localizer import Localizer

CLAIM = '/ask_welfare_fund{"step":"check"}'
HOME = '/inform{"step":"place:home"}'
BEGUN: List[Tuple[str, str, str]] = [
    ("en", "my husband died in Qatar, what can we get", "death"),
    ("en", "I broke my leg at work, what can I claim from the welfare fund", "injury"),
    ("en", "company sent me back after 3 months, can I claim from the fund?", "sent_home"),
    ("ne", "श्रीमान कतारमा बित्नुभयो, हामीले के पाउँछौं", "death"),
    ("ne", "काम गर्दा खुट्टा भाँचियो, कोषबाट के पाइन्छ", "injury"),
    ("ne", "कम्पनीले ३ महिनामै घर पठाइदियो, कल्याणकारी कोषबाट केही पाइन्छ?", "sent_home"),
    ("ur", "میرے شوہر سعودی میں فوت ہو گئے، ہمیں کیا ملے گا؟", "death"),
    ("ur", "کام پر میری ٹانگ ٹوٹ گئی، او پی ایف سے کیا ملے گا", "injury"),
    ("km", "ខ្ញុំបាក់ជើងពេលធ្វើការ មូលនិធិជួយអ្វីខ្លះ", "injury"),
    ("my", "ယောက်ျား ထိုင်းမှာ ဆုံးသွားတယ်၊ မိသားစုက ဘာရမလဲ", "death"),
    ("my", "အလုပ်မှာ ခြေထောက်ကျိုးသွားတယ် ရန်ပုံငွေက ဘာရလဲ", "injury"),
]
ANSWERED: List[Tuple[str, str, str]] = [
    ("en", "company sent me home after two months", "sent_home"),
    ("en", "my brother died there", "death"),
    ("ne", "भाइ बितेको", "death"),
    ("ur", "والد صاحب فوت ہو گئے", "death"),
    ("km", "ថៅកែបញ្ជូនខ្ញុំមកវិញ ក្រោយ៣ខែ", "sent_home"),
    ("my", "အစ်ကို သေသွားတယ်", "death"),
]
LIVES = {"en": ("NP", "QA"), **{code: (person.origin, person.destination) for code, person in PEOPLE.items()}}
BEREAVED: Dict[str, str] = {
    "en": "my brother killed himself in Qatar last month",
    "ne": "दाइले कतारमा आत्महत्या गर्नुभयो",
    "ur": "میرے بھائی نے دبئی میں خودکشی کر لی",
    "km": "ប្អូនខ្ញុំចងកស្លាប់",
    "my": "အစ်ကို ထိုင်းမှာ သတ်သေသွားတယ်",
}
ALIVE: Dict[str, str] = {
    "en": "my brother wants to kill himself",
    "ne": "श्रीमान बित्नुभयो, अब म पनि मर्छु",
    "ur": "میرا بھائی خودکشی کرنا چاہتا ہے",
    "km": "ប្តីខ្ញុំស្លាប់ហើយ ខ្ញុំក៏ចង់ស្លាប់ដែរ",
    "my": "အစ်ကို သတ်သေချင်နေတယ်",
}

FAREWELLS: Dict[str, str] = {
    "en": "What does my death pay to my mother? I am tired, when I am dead the lender will leave her in peace",
    "ne": "आमा, तपाईंको छोराले कमाएर तिर्न सकेन, मरेर भए पनि तिर्छ। कोषको पैसा आएपछि जग्गा फिर्ता लिनुहोला",
    "ur": "کفیل تنخواہ نہیں دیتا۔ میری میت جائے گی تو ساتھ معاوضہ بھی جائے گا، "
    "شاید بچوں کا رزق میری موت میں ہی لکھا ہے۔ اب میں تیار ہوں",
}
"""They speak of a death, in the words of a claim: of their own."""


def somebody(code: str) -> Dict[str, str]:
    origin, destination = LIVES[code]
    return {"language": code, "origin": origin, "destination": destination}


@pytest.mark.parametrize(("code", "text", "event"), BEGUN)
async def test_begins_with_what_has_happened(talk, code: str, text: str, event: str) -> None:
    talk.profile = somebody(code)
    await talk.say(text)
    assert Localizer.of(code).text("welfare_claim.ask_place") in talk.text
    await talk.press(HOME)
    assert talk.trace["result"]["event"] == event


@pytest.mark.parametrize(("code", "text", "event"), ANSWERED)
async def test_what_has_happened_may_be_told_instead_of_pressed(talk, code: str, text: str, event: str) -> None:
    talk.profile = somebody(code)
    await talk.say("ok")
    await talk.press(CLAIM)
    await talk.say(text)
    assert talk.trace["danger"]["level"] == "none"
    await talk.press(HOME)
    assert talk.trace["result"]["event"] == event


async def test_a_question_on_the_accident_is_answered_and_the_claim_is_one_button_away(talk) -> None:
    talk.profile = somebody("en")
    await talk.say("I broke my leg at work, who pays?")
    assert talk.trace["intent"] == "ask_injury"
    (claim,) = [payload for payload in talk.payloads if "check:injury" in payload]
    await talk.press(claim)
    await talk.press(HOME)
    assert talk.trace["result"]["event"] == "injury"


async def test_what_would_be_paid_is_answered_and_not_claimed(talk) -> None:
    talk.profile = somebody("en")
    await talk.say("what does the welfare fund pay if I die?")
    assert talk.trace["form"] is None
    assert talk.trace["facts"]


@pytest.mark.parametrize("code", BEREAVED)
async def test_the_bereaved_hear_warm_words_a_line_to_call_and_what_they_may_claim(talk, code: str) -> None:
    speak = Localizer.of(code)
    talk.profile = somebody(code)
    await talk.say(BEREAVED[code])
    assert talk.trace["danger"]["level"] == "none"
    assert speak.text("bereaved.answer") in talk.text
    assert speak.text("bereaved.talk") in talk.text
    assert any(figure.isdigit() for figure in talk.text)
    assert speak.text("danger.self_harm.answer") not in talk.text
    assert speak.text("welfare_claim.ask_place") in talk.text
    assert "/talk_to_human" in talk.payloads


@pytest.mark.parametrize(("code", "cry"), [*ALIVE.items(), *FAREWELLS.items()])
async def test_a_live_cry_stays_danger(talk, code: str, cry: str) -> None:
    talk.profile = somebody(code)
    await talk.say(cry)
    assert talk.trace["danger"]["kind"] == "self_harm"
    assert Localizer.of(code).text("bereaved.answer") not in talk.text


@pytest.mark.parametrize(("code", "place"), [("en", "I am at home in Nepal"), ("en", "I am still abroad")])
async def test_the_place_may_be_told_among_other_words(talk, code: str, place: str) -> None:
    talk.profile = somebody(code)
    await talk.say("ok")
    await talk.press(CLAIM)
    await talk.press('/inform{"step":"event:injury"}')
    await talk.say(place)
    where = "home" if "home" in place else "abroad"
    assert Localizer.of(code).text(f"welfare_claim.where.{where}") in talk.text
