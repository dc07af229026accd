"""Text normalisation: a table of cases for each script, and what must hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.normaliser import Normaliser
from nlu.text.normalisation import normalised, readable
from tests.unit.nlu.test_examples import ROOT, examples

CASES = {
    "everywhere": [
        ("  Hello\u200b   WORLD ", "hello world"),
        ("fee\u00ad for\ufeff qatar", "fee for qatar"),
        ("a\x00b\x07", "ab"),
        ("one\n\ntwo\tthree\u00a0four", "one two three four"),
        ("heeeeelp", "heelp"),
        ("soooo much", "soo much"),
        ("cafe\u0301", "café"),
        ("ＨＥＬＰ　ｍｅ", "help me"),
        ("𝐇𝐞𝐥𝐩 𝐦𝐞", "help me"),
        ("don’t “sign”", 'don\'t "sign"'),
        ("\u202ehelp\u202c", "help"),
        ("z" + "\u0301" * 500, "ź" + "\u0301" * 7),
    ],
    "digits": [
        ("१,५०,०००", "1,50,000"),
        ("৫০ হাজার", "50 হাজার"),
        ("۴۰ ہزار", "40 ہزار"),
        ("๓๐๐๐", "3000"),
        ("໕໐໐", "500"),
        ("၃၀၀၀", "3000"),
        ("១២០ ដុល្លារ", "120 ដុល្លារ"),
        ("௫௦௦", "500"),
    ],
    "Mymr": [
        ("ဘယ္ေလာက္က်မလဲ", "ဘယ်လောက်ကျမလဲ"),  # Zawgyi
        ("အလုပ္ရွင္က ပတ္စပို႔ သိမ္းထားတယ္", "အလုပ်ရှင်က ပတ်စပို့ သိမ်းထားတယ်"),
        ("ကၽြန္ေတာ္ မေလးရွား သြားခ်င္တယ္", "ကျွန်တော် မလေးရှား သွားချင်တယ်"),
        ("ဘယ်လောက်ကျမလဲ", "ဘယ်လောက်ကျမလဲ"),
        ("မ၀င်ရဘူး", "မဝင်ရဘူး"),  # the digit nought for the letter wa
        ("၁၀၀၀၀၀", "100000"),
        ("ကျေးဇူူးး", "ကျေးဇူး"),
        ("ပုိက်ဆံ", "ပိုက်ဆံ"),
        ("ကြွှန်", "ကြွှန်"),
    ],
    "Thai": [
        ("เเพง", "แพง"),
        ("ท่ี", "ที่"),
        ("นํา", "นำ"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ช่วยด้วยยยยย", "ช่วยด้วยย"),
        ("ด้้วย", "ด้วย"),
    ],
    "Laoo": [
        ("ເເພງ", "ແພງ"),
        ("ນໍາ", "ນຳ"),
        ("ນໍ້າ", "ນ້ຳ"),
        ("ນ້ໍາ", "ນ້ຳ"),
        ("ຫນັງສື", "ໜັງສື"),
        ("ຫມາຍ", "ໝາຍ"),
        ("ຫລາຍ", "ຫຼາຍ"),
        ("ທ່ີ", "ທີ່"),
        ("ຮັບຮອງ ປະຊາຊົນ ກຣຸງ", "ຮັບຮອງ ປະຊາຊົນ ກລຸງ"),
    ],
    "Khmr": [
        ("កណ្ដាល", "កណ្តាល"),
        ("សុីវិល", "ស៊ីវិល"),
        ("អោយ ឲ្យ", "អោយ ឱ្យ"),
        ("ជេីង", "ជើង"),
        ("កេាះ", "កោះ"),
        ("លិខិត\u200bឆ្លង\u200bដែន", "លិខិតឆ្លងដែន"),
    ],
    "Arab": [
        ("كيا ہے", "کیا ہے"),
        ("مالك نے", "مالک نے"),
        ("تنخوااااہ", "تنخوااہ"),
        ("مَدَد", "مدد"),
        ("مـــدد", "مدد"),
        ("ﻣﺪﺩ", "مدد"),
        ("ويزه", "ویزہ"),
    ],
    "Deva": [
        ("माँग", "मांग"),
        ("लड़का", "लडका"),
        ("गर्\u200dयो", "गर्यो"),
        ("पर\u094d\u200dयो", "पर्यो"),
        ("अाज", "आज"),
        ("पैसाा", "पैसा"),
    ],
    "Beng": [("হঠাত্\u200d", "হঠাৎ"), ("অামি", "আমি"), ("যা\u09afা\u09bc", "যা\u09afা\u09bc"), ("কো", "কো")],
    "Sinh": [("ශ්\u200dරී ලංකාව", "ශ්රී ලංකාව"), ("අාවා", "ආවා"), ("අැයි", "ඇයි"), ("ගෙෙ", "ගෛ")],
    "Taml": [("ஶ்ரீலங்கா", "ஸ்ரீலங்கா"), ("கொ", "கொ"), ("உதவிி", "உதவி")],
    "Latn": [
        ("HOÀ", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quý vị", "quý vị"),
        ("quỹ", "quỹ"),
        ("ðồng", "đồng"),
        ("hộ chiê\u0301u", "hộ chiếu"),
    ],
}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param(*case, id=f"{script}-{number}")
        for script, cases in CASES.items()
        for number, case in enumerate(cases)
    ],
)
def test_one_spelling_for_what_people_type(typed: str, read: str) -> None:
    assert normalised(typed) == unicodedata.normalize("NFC", read)


@pytest.mark.parametrize("typed", [typed for cases in CASES.values() for typed, _ in cases])
def test_normalising_twice_changes_nothing(typed: str) -> None:
    assert readable(readable(typed)) == readable(typed)
    assert normalised(normalised(typed)) == normalised(typed)


_LETTERS = "កខ្ដតេីាុិ៊ ຫລຣໍາ້ີມນເ เแท่ีำํา กချြွှို၀ော့်ံ आँ़ कःऱ اكيىه oàéùŷq ශ්\u200d\u200c"


@given(st.text(alphabet=st.one_of(st.sampled_from(_LETTERS), st.characters(blacklist_categories=["Cs"])), max_size=40))
def test_any_text_is_read_to_an_end_and_reading_it_again_changes_nothing(text: str) -> None:
    once = readable(text)
    assert readable(once) == once
    assert normalised(normalised(text)) == normalised(text)


def test_what_people_wrote_in_unicode_burmese_is_not_taken_for_zawgyi() -> None:
    """The letters stay; at most their order, a nought and the independent vowel that is typed as two letters change."""
    for _, _, text in examples(ROOT / "nlu" / "examples" / "my.yml"):
        typed = unicodedata.normalize("NFC", text).replace("သြ", "ဩ")
        kept = [letter for letter in typed if letter in "ကခဂငစဆညတထနပဖဘမယရလသဟအ"]
        assert [letter for letter in readable(text) if letter in "ကခဂငစဆညတထနပဖဘမယရလသဟအ"] == kept or "၇" in text


def test_words_case_and_digits_stay_readable() -> None:
    assert readable("  I am in  the UAE,\u200b १५०० ") == "I am in the UAE, १५००"


def test_lines_stay_for_those_who_read_line_by_line_and_go_for_the_others() -> None:
    advertisement = "  Hotel job in Qatar \r\n\n  Salary  1500\u2028 Send 20,000\r"
    assert readable(advertisement) == "Hotel job in Qatar\nSalary 1500\nSend 20,000"
    assert normalised(advertisement) == "hotel job in qatar salary 1500 send 20,000"


class TestInThePipeline:
    def test_every_component_after_it_reads_clean_text(self) -> None:
        (message,) = Normaliser().process([Message.build(text="ဘယ္ေလာက္က်မလဲ")])
        assert message.get(TEXT) == "ဘယ်လောက်ကျမလဲ"

    def test_it_comes_first(self) -> None:
        pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
        assert pipeline[0]["name"] == "nlu.components.normaliser.Normaliser"

    def test_buttons_are_left_alone(self) -> None:
        payload = '/ask_fees{"step":  "2"}'
        (message,) = Normaliser().process([Message.build(text=payload)])
        assert message.get(TEXT) == payload
