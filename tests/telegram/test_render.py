"""From a reply to Telegram messages: nothing is lost, nothing is refused."""

from __future__ import annotations

import html

import pytest
import regex
from api_rules import visible_text
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import Button, Reply
from bot.dialogue.payload import BadPayload
from bot.telegram.render import LONGEST_TEXT, render, split_text, utf16_units

NATIVE = {
    "ne": "तपाईंको राहदानी तपाईंसँगै रहनुपर्छ। कसैले खोस्न पाउँदैन।",
    "bn": "আপনার পাসপোর্ট আপনার কাছেই থাকবে। কেউ নিতে পারে না।",
    "ur": "آپ کا پاسپورٹ آپ کے پاس رہنا چاہیے۔ فون: \u2066+974 1234\u2069؟",
    "si": "ඔබේ විදේශ ගමන් බලපත්‍රය ඔබ ළඟ තිබිය යුතුය.",
    "ta": "உங்கள் கடவுச்சீட்டு உங்களிடமே இருக்க வேண்டும்.",
    "th": "หนังสือเดินทางต้องอยู่กับคุณเสมอ ไม่มีใครมีสิทธิ์ยึด",
    "my": "သင့်နိုင်ငံကူးလက်မှတ်ကို သင်ကိုယ်တိုင် သိမ်းထားပါ။",
    "km": "លិខិតឆ្លងដែនរបស់អ្នកត្រូវនៅជាមួយអ្នក។",
    "lo": "ໜັງສືຜ່ານແດນຕ້ອງຢູ່ກັບທ່ານ",
    "vi": "Hộ chiếu phải do chính bạn giữ.",
    "tr": "Pasaportunuz sizde kalmalı: ığüşöç İĞÜŞÖÇ.",
}


def buttons(*titles: str) -> list[Button]:
    return [Button(title, "/show_menu") for title in titles]


def rows(*titles: str) -> list[list[str]]:
    [message] = render(Reply("text", buttons(*titles)))
    assert message.keyboard is not None
    return [[button.text for button in row] for row in message.keyboard.inline_keyboard]


def without_space(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", NATIVE)
def test_every_script_arrives_unharmed(language: str) -> None:
    [message] = render(Reply(NATIVE[language]))
    assert visible_text(message.html, "HTML") == NATIVE[language]


@pytest.mark.parametrize("language", NATIVE)
def test_every_script_survives_splitting(language: str) -> None:
    text = " ".join([NATIVE[language]] * 300)
    parts = split_text(text)
    assert len(parts) > 1
    assert max(map(utf16_units, parts)) <= LONGEST_TEXT
    assert " ".join(parts) == text
    solid = without_space(text)
    solid_parts = split_text(solid)
    assert "".join(solid_parts) == solid
    assert [g for part in solid_parts for g in regex.findall(r"\X", part)] == regex.findall(r"\X", solid)


def test_markup_in_a_reply_is_shown_and_not_obeyed() -> None:
    [message] = render(Reply("<b>&amp; pay < 5 & > 3 \"now\" 'ok'"))
    assert message.html == "&lt;b&gt;&amp;amp; pay &lt; 5 &amp; &gt; 3 \"now\" 'ok'"
    assert html.unescape(message.html) == "<b>&amp; pay < 5 & > 3 \"now\" 'ok'"


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0\u3000", "\u200b\u2060\ufeff", "\u2066\u2069"])
def test_nothing_visible_is_nothing_sent(text: str) -> None:
    assert render(Reply(text, buttons("Menu"))) == []


def test_the_limit_counts_what_people_see_in_utf16_units() -> None:
    assert utf16_units("a\U0001f6a8") == 3
    assert len(render(Reply("&" * 4096))) == 1
    assert len(render(Reply("\U0001f6a8" * 2048))) == 1
    assert len(render(Reply("\U0001f6a8" * 2049))) == 2


def test_ten_thousand_characters_with_the_keyboard_at_the_end() -> None:
    messages = render(Reply("word " * 2000, buttons("Menu")))
    assert [message.keyboard is not None for message in messages] == [False, False, True]
    assert all(len(visible_text(message.html, "HTML")) <= 4096 for message in messages)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two.\nthree\n\nfour five. six", ["one two.\nthree", "four five. six"]),
        ("one two. three\nfour five. six", ["one two. three", "four five. six"]),
        ("one two. three four five", ["one two.", "three four five"]),
        ("costs 1.000 riyal or none", ["costs 1.000 riyal or", "none"]),
        ("एक दुई तीन। चार पाँच छ सात", ["एक दुई तीन।", "चार पाँच छ सात"]),
        ("တစ်နှစ်။သုံးလေးငါးခြောက်ခုနစ်", ["တစ်နှစ်။", "သုံးလေးငါးခြောက်ခုနစ်"]),
        ("មួយពីរបី។ បួនប្រាំប្រាំមួយ", ["មួយពីរបី។", "បួនប្រាំប្រាំមួយ"]),
        ("ایک دو تین۔ چار پانچ چھ سات", ["ایک دو تین۔", "چار پانچ چھ سات"]),
        ("一二三四五六七。八九十一二三四五六七八九十", ["一二三四五六七。", "八九十一二三四五六七八九十"]),
        ("หนึ่งสองสาม สี่ห้าหกเจ็ดแปด", ["หนึ่งสองสาม", "สี่ห้าหกเจ็ดแปด"]),
        ("exactly twenty chars\n\nrest", ["exactly twenty chars", "rest"]),
    ],
)
def test_cut_where_it_hurts_least(text: str, parts: list[str]) -> None:
    limit = max(20, *map(utf16_units, parts))
    assert utf16_units(text) > limit
    assert split_text(text, limit) == parts


def test_conjuncts_stay_whole_though_unicode_counts_two_graphemes() -> None:
    assert split_text("កខក្ក", 4) == ["កខ", "ក្ក"]
    assert split_text("कखक्ष", 4) == ["कख", "क्ष"]


def test_one_grapheme_longer_than_a_message_is_still_sent() -> None:
    text = "a" + "\u0301" * 9000
    assert "".join(split_text(text)) == text
    assert split_text("\U0001f6a8\U0001f6a8", 1) == ["\U0001f6a8", "\U0001f6a8"]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab .।\n\r\t\u0301\u200d\u094dकក្👩🇳<&"), max_size=80), st.integers(6, 30))
def test_splitting_loses_only_white_space(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(utf16_units(part) <= limit for part in parts)
    visible = regex.search(r"[^\p{Z}\p{Cc}\p{Cf}]", text)
    assert bool(parts) == bool(visible)
    joined, whole = without_space("".join(parts)), without_space(text)
    assert joined.replace("\u200d", "") == whole.replace("\u200d", "")


def test_rows_of_buttons() -> None:
    assert rows("Fees", "Contract", "Menu") == [["Fees", "Contract"], ["Menu"]]
    assert rows("Talk to a real person", "Yes", "No") == [["Talk to a real person"], ["Yes", "No"]]
    assert rows("Yes", "Talk to a real person", "No") == [["Yes"], ["Talk to a real person"], ["No"]]
    assert rows(*"abcdefgh") == [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]
    assert rows(*"abcdefghi") == [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    assert rows("Saudi Arabia", *"abcdefgh")[:2] == [["Saudi Arabia", "a"], ["b", "c", "d"]]


def test_marks_above_and_below_letters_take_no_width() -> None:
    assert rows("ที่อยู่ต่างประเทศ", "กลับ") == [["ที่อยู่ต่างประเทศ", "กลับ"]]


def test_a_payload_may_have_64_bytes_and_no_more() -> None:
    [message] = render(Reply("text", [Button("ok", "/" + "a" * 63)]))
    assert message.keyboard is not None
    for payload in ("/" + "a" * 64, "/" + "မ" * 22, ""):
        with pytest.raises(BadPayload):
            render(Reply("text", [Button("too long", payload)]))


def test_a_button_needs_a_title() -> None:
    with pytest.raises(BadPayload):
        render(Reply("text", buttons(" \u200b")))
