"""Every check begun by one message, as people of five languages say it, with what it tells filled in."""

from __future__ import annotations

import datetime
from typing import Dict, List, Tuple

import pytest

from knowledge.agencies import Agency, AgencyList
from knowledge.agency_lists import keep
from tests.conversations.people import GO_ON, PEOPLE
from translations.localizer import Localizer

OFFERS: Dict[str, str] = {
    "en": "a man on facebook says go to Qatar on visit visa and send 50,000 first to his own account, is it real?",
    "ne": "कतार भिजिट भिसामा जाने, पहिला ५० हजार मेरो खातामा हाल भन्छ, यो जागिर साँचो हो?",
    "ur": "ایجنٹ کہتا ہے وزٹ ویزے پر سعودی جاؤ اور پہلے پچاس ہزار میرے ذاتی اکاؤنٹ میں بھیجو، کیا یہ نوکری اصلی ہے؟",
    "km": "គេថាទៅថៃដោយវីសាទេសចរណ៍សិន ហើយផ្ញើលុយ ១០០ ដុល្លារទៅគណនីផ្ទាល់ខ្លួនគាត់មុន ការងារនេះពិតទេ?",
    "my": "အလုပ်လုပ်ဖို့ လည်ပတ်ဗီဇာနဲ့ ထိုင်းသွားရမယ် ပိုက်ဆံကို သူ့ကိုယ်ပိုင်အကောင့်ထဲ အရင်လွှဲရမယ်တဲ့ ဒီအလုပ် အစစ်လား",
}
AGENCIES: Dict[str, str] = {
    "en": "is Sunrise Valley Overseas a licensed agency?",
    "ne": "के Sunrise Valley Overseas लाइसेन्स भएको मेनपावर हो?",
    "ur": "کیا Sunrise Valley Overseas رجسٹرڈ ایجنسی ہے؟",
    "km": "ក្រុមហ៊ុន Sunrise Valley Overseas មានអាជ្ញាប័ណ្ណទេ?",
    "my": "Sunrise Valley Overseas အေဂျင်စီက လိုင်စင်ရှိလား",
}
COSTS: Dict[str, str] = {
    "en": "I borrow 200000 rupees to go and the wage is 1500 riyal per month, is it worth the loan?",
    "ne": "२ लाख ऋण लिएर जाँदैछु, तलब महिनाको १५०० रियाल, ऋण तिर्न कति महिना लाग्छ?",
    "ur": "تین لاکھ قرض لے کر جا رہا ہوں، تنخواہ 1500 ریال ماہانہ، قرض کتنے مہینوں میں اترے گا؟",
    "km": "ខ្ញុំខ្ចីលុយ 20000 បាតទៅថៃ ប្រាក់ខែ 12000 បាត ប៉ុន្មានខែទើបសងអស់?",
    "my": "ချေးငွေ ၁၅ သိန်းယူပြီး ထိုင်းသွားမယ် လစာ ၁၂၀၀၀ ဘတ် ဘယ်နှလမှ အကြွေးကျေမလဲ",
}
LISTS: Dict[str, str] = {
    "en": "what do I have to prepare before I fly? give me a checklist",
    "ne": "उड्नुअघि के के तयार गर्नुपर्छ? चेकलिस्ट दिनुस्",
    "ur": "جانے سے پہلے کیا کیا تیار کرنا ہے، لسٹ دے دیں",
    "km": "មុនហោះទៅ ខ្ញុំត្រូវរៀបចំអ្វីខ្លះ សុំបញ្ជី",
    "my": "မသွားခင် ဘာတွေ ပြင်ဆင်ရမလဲ စာရင်းပေးပါ",
}
BEGUN: List[Tuple[str, str, str]] = [
    ("en", "is this contract good?", "contract_check.ask.parties"),
    ("en", "I got my contract today, please see if it is ok", "contract_check.ask.parties"),
    ("en", "I want to sign tomorrow, can you read my contract first", "contract_check.ask.parties"),
    ("ne", "contract paper thik cha ki chaina bhandinu na", "contract_check.ask.parties"),
    ("ne", "mero contract hernu milcha?", "contract_check.ask.parties"),
    ("ur", "کیا آپ میرا معاہدہ دیکھ سکتے ہیں؟", "contract_check.ask.parties"),
    ("ur", "میرا ایگریمنٹ چیک کر سکتے ہو؟", "contract_check.ask.parties"),
    ("km", "ខ្ញុំមិនចេះអានកុងត្រាទេ ជួយមើលផង", "contract_check.ask.parties"),
    ("my", "လက်မှတ်မထိုးခင် စာချုပ်ကို ကြည့်ပေးလို့ ရမလား", "contract_check.ask.parties"),
    ("en", "is this offer good?", "offer_check.ask_text"),
    ("en", "a man on facebook offered me a job, is it real?", "offer_check.ask_text"),
    ("ne", "यो अफर राम्रो हो?", "offer_check.ask_text"),
    ("ne", "yo kam ramro ho ki thagi ho", "offer_check.ask_text"),
    ("ur", "کیا یہ آفر اچھی ہے؟", "offer_check.ask_text"),
    ("ur", "مجھے سعودی میں نوکری کی آفر آئی ہے، بھروسہ کروں یا نہیں؟", "offer_check.ask_text"),
    ("km", "ការងារនេះល្អទេ?", "offer_check.ask_text"),
    ("km", "មានគេផ្ដល់ការងារឱ្យខ្ញុំតាមហ្វេសប៊ុក ជឿបានទេ?", "offer_check.ask_text"),
    ("my", "ဒီအလုပ်က ကောင်းလား", "offer_check.ask_text"),
    ("my", "ဖေ့စ်ဘုတ်က အလုပ်ခေါ်တာ ယုံလို့ရလား", "offer_check.ask_text"),
    ("ne", "के म शोषणमा परेको हुँ, मेरो अवस्था जाँचिदिनुस् न", "self_check.ask.deception"),
    ("ur", "کیا میرا استحصال ہو رہا ہے؟ میری صورتحال چیک کر دیں", "self_check.ask.deception"),
    ("ur", "کیا میں جبری مزدوری کا شکار ہوں؟", "self_check.ask.deception"),
    ("ur", "میرے کام کے حالات چیک کر دیں، یہ جبری مشقت تو نہیں؟", "self_check.ask.deception"),
    ("ur", "کیا یہ جبری مزدوری ہے؟ چیک کریں", "self_check.ask.deception"),
    ("ur", "میری صورتحال چیک کر دیں", "self_check.ask.deception"),
    ("km", "តើខ្ញុំត្រូវគេកេងប្រវ័ញ្ចឬអត់ ជួយពិនិត្យស្ថានភាពខ្ញុំ", "self_check.ask.deception"),
    ("my", "ကျွန်တော် ခေါင်းပုံဖြတ်ခံနေရလား စစ်ပေးပါ", "self_check.ask.deception"),
]
TAKEN_FOR_DANGER: List[str] = [
    "کیا میرے ساتھ جبری مزدوری ہو رہی ہے، چیک کریں",
    "چیک کریں کہ میرے ساتھ جبری مشقت تو نہیں ہو رہی",
]
"""What happens "to me" in Urdu is nearly a cry: the doubt goes to danger, the check waits behind it."""
LIST = '/ask_documents{"step":"list"}'


@pytest.fixture(params=PEOPLE)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def known(request: pytest.FixtureRequest, talk) -> None:
    """Who they are and where they go; and a list with one agency."""
    language = request.getfixturevalue("code")
    person = PEOPLE[language]
    talk.profile = {"language": language, "origin": person.origin, "destination": person.destination}
    licensed = Agency("Sunrise Valley Overseas", "123", "valid", datetime.date(2099, 1, 1), "")
    keep(AgencyList(person.origin, datetime.date(2026, 11, 1), "https://office.example/list", [licensed]))


async def test_an_offer_told_in_words(talk, code: str) -> None:
    await talk.say(OFFERS[code])
    assert "visit_visa" in talk.trace["result"]["signs"]
    assert Localizer.of(code).text("offer_check.why.visit_visa") in talk.text


async def test_an_agency_named(talk, code: str) -> None:
    await talk.say(AGENCIES[code])
    assert talk.trace["result"] == {"flow": "agency_check", "status": "valid", "licence": "123"}


async def test_what_going_costs_and_what_is_earned(talk, code: str) -> None:
    speak = Localizer.of(code)
    await talk.say(COSTS[code])
    assert speak.text("cost.ask_loan") in talk.text  # the sum is known
    await talk.press('/inform{"step":"loan:nothing"}')
    assert speak.text("cost.ask_living") in talk.text  # and the wage


async def test_the_departure_list_left_for_a_question_for_danger_and_kept(talk, code: str) -> None:
    said = PEOPLE[code]
    await talk.say(LISTS[code])
    assert talk.trace["result"]["flow"] == "departure"
    await talk.press('/ask_documents{"step":"list:passport:done"}')
    await talk.say(said.question)
    assert talk.trace["intent"] == said.question_intent
    await talk.say(said.danger)
    assert talk.trace["danger"]["level"] != "none"
    assert GO_ON not in talk.payloads  # nothing waits: a list asks nothing
    await talk.press(LIST)
    assert talk.trace["result"]["done"] == ["passport"]


@pytest.mark.parametrize(("code", "text", "question"), BEGUN)
async def test_words_that_ask_for_a_check_begin_it(talk, code: str, text: str, question: str) -> None:
    await talk.say(text)
    assert Localizer.of(code).text(question) in talk.text


@pytest.mark.parametrize("code", ["ur"])
@pytest.mark.parametrize("text", TAKEN_FOR_DANGER)
@pytest.mark.parametrize("safe", ["/not_in_danger", "میں محفوظ ہوں، مجھے کچھ نہیں ہوا"])
async def test_a_check_asked_for_in_words_of_danger_is_offered_to_who_is_safe(talk, code: str, text: str, safe) -> None:
    speak = Localizer.of(code)
    await talk.say(text)
    assert talk.trace["danger"]["level"] != "none"
    assert any(figure.isdigit() for figure in talk.replies[0].text)
    await (talk.press(safe) if safe.startswith("/") else talk.say(safe))
    assert talk.trace["danger"]["level"] == "none"
    assert "/talk_to_human" in talk.payloads
    await talk.press_titled(speak.text("button.self_check"))
    assert speak.text("self_check.ask.deception") in talk.text
