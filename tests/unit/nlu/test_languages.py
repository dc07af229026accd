"""Which language a text is in, told by a model of a few sentences; and when it is in none of ours."""

from __future__ import annotations

import pytest

from nlu.text.languages import FOREIGN, LanguageModel, other_languages
from nlu.text.scripts import script_of
from tests.unit.nlu.test_examples import FILES, examples


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    """Of every fifth example of each language."""
    ours = [
        (text, path.stem) for path in FILES for number, (_, _, text) in enumerate(examples(path)) if number % 5 == 0
    ]
    return LanguageModel.fit([*ours, *other_languages()])


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("नमस्ते", "Deva"),
        ("hello", "Latn"),
        ("สวัสดี", "Thai"),
        ("ສະບາຍດີ", "Laoo"),
        ("၁၂ ပြောပါ", "Mymr"),
        ("qatar मा काम गर्न", "Deva"),
        ("123", None),
        ("你好吗", None),
    ],
)
def test_script(text: str, script: str | None) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("malai manpower le paisa fatta dina mandaina k garne", "ne"),
        ("मालिकले पासपोर्ट दिँदैन के गर्ने", "ne"),
        ("मालिक पासपोर्ट नहीं दे रहा क्या करूं", "hi"),
        ("dalal 3 lakh taka nise ekhon phone dhore na", "bn"),
        ("kompani salary denne nathi unama mokada karanne", "si"),
        ("company salary kudukkala enna panrathu", "ta"),
        ("agen minta uang jaminan sepuluh juta apa boleh", "id"),
        ("hindi pa binibigay ang sahod ko tatlong buwan na", "fil"),
        ("cong ty giu ho chieu cua em co dung khong", "vi"),
        ("công ty giữ hộ chiếu của em có đúng không", "vi"),
        ("how much can the agency take from me", "en"),
        ("تنخواہ تین مہینے سے نہیں ملی", "ur"),
        ("ဘယ္ေလာက္က်မလဲ", "my"),
        ("ថ្លៃប៉ុន្មាន", "km"),
    ],
)
def test_our_languages_in_their_own_and_in_latin_letters(model: LanguageModel, text: str, code: str) -> None:
    guess = model.guess(text)
    assert guess.code == code
    assert not guess.foreign


@pytest.mark.parametrize(
    "text",
    [
        "quiero trabajar en dubai, cuánto cobra la agencia por la visa",
        "combien coûte le visa pour travailler au qatar",
        "كم راتب السائق في قطر وهل الشركة تدفع التذكرة",
        "حقوق راننده در قطر چقدر است",
        "kiasi gani wakala anaweza kuchukua kwa kazi ya qatar",
        "сколько стоит виза для работы",
        "去新加坡打工要多少钱",
        "ለስራ ወደ ሳውዲ ስንት ብር ይከፈላል",
        "한국에서 일하려면 얼마예요",
        "ఖతార్ వెళ్ళడానికి ఎంత ఖర్చు అవుతుంది",
    ],
)
def test_a_language_that_is_none_of_ours(model: LanguageModel, text: str) -> None:
    guess = model.guess(text)
    assert guess.code is None
    assert guess.foreign


@pytest.mark.parametrize("text", ["", "123", "🙏🙏", "... ?"])
def test_without_letters_there_is_no_language_and_no_foreign_one(model: LanguageModel, text: str) -> None:
    guess = model.guess(text)
    assert (guess.code, guess.foreign) == (None, False)


def test_untrained_the_script_still_decides() -> None:
    nothing = LanguageModel({})
    assert nothing.guess("কত টাকা").code == "bn"
    assert nothing.guess("کتنا پیسہ").code == "ur"
    assert nothing.guess("how much").code is None


def test_other_languages_are_marked_and_not_ours() -> None:
    codes = {code for _, code in other_languages()}
    assert len(codes) >= 20
    assert all(code.startswith(FOREIGN) for code in codes)
