"""Countries in what people write, and whether they come from there or want to go there."""

from __future__ import annotations

import pytest

from nlu.extraction.countries import CountryFinder

FINDER = CountryFinder()


def found(text: str) -> list[tuple[str, str | None]]:
    return [(mention.value, mention.role) for mention in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am from Nepal and want to go to Qatar", [("NP", "origin"), ("QA", "destination")]),
        ("nepal to qatar", [("NP", "origin"), ("QA", "destination")]),
        ("How much for Dubai visa", [("AE", "destination")]),
        ("can my boss keep my passport in Singapore", [("SG", "destination")]),
        ("Saudi employer keeps passport", [("SA", "destination")]),
        ("job in KL", [("MY", "destination")]),
        ("work in Riyadh as driver", [("SA", "destination")]),
        ("I am Kenyan, going to Saudi", [("KE", "origin"), ("SA", "destination")]),
        ("Filipino nurse in Kuwait", [("PH", "origin"), ("KW", "destination")]),
        ("कतारमा तलब कति हुन्छ", [("QA", "destination")]),
        ("म नेपालबाट मलेसिया जाँदै छु", [("NP", "origin"), ("MY", "destination")]),
        ("साउदी जान कति लाग्छ", [("SA", "destination")]),
        ("दुबईमा ड्राइभरको काम", [("AE", "destination")]),
        ("nepal bata malaysia jane", [("NP", "origin"), ("MY", "destination")]),
        ("katar jana kati lagcha", [("QA", "destination")]),
        ("saudi ma maid ko kaam", [("SA", "destination")]),
        ("আমি বাংলাদেশ থেকে সৌদি যেতে চাই", [("BD", "origin"), ("SA", "destination")]),
        ("কাতারে কত বেতন", [("QA", "destination")]),
        ("bangladesh theke malaysia jete koto taka lage", [("BD", "origin"), ("MY", "destination")]),
        ("भारत से कुवैत जाना है", [("IN", "origin"), ("KW", "destination")]),
        ("ओमान में नौकरी", [("OM", "destination")]),
        ("dubai mein kaam chahiye", [("AE", "destination")]),
        ("پاکستان سے سعودی عرب جانا ہے", [("PK", "origin"), ("SA", "destination")]),
        ("قطر میں کام", [("QA", "destination")]),
        ("pakistan se dubai jana hai", [("PK", "origin"), ("AE", "destination")]),
        ("மலேசியாவில் வேலை", [("MY", "destination")]),
        ("சவுதிக்கு போக எவ்வளவு", [("SA", "destination")]),
        ("ලංකාවේ ඉඳන් කටාර් යන්න", [("LK", "origin"), ("QA", "destination")]),
        ("ඩුබායිවල රස්සාවක්", [("AE", "destination")]),
        ("saya dari Indonesia mau kerja di Malaysia", [("ID", "origin"), ("MY", "destination")]),
        ("kerja di Taiwan", [("TW", "destination")]),
        ("tôi từ Việt Nam muốn sang Nhật Bản", [("VN", "origin"), ("JP", "destination")]),
        ("di lam o Dai Loan", [("TW", "destination")]),
        ("đi Hàn Quốc mất bao nhiêu", [("KR", "destination")]),
        ("galing ako sa Pilipinas papuntang Hong Kong", [("PH", "origin"), ("HK", "destination")]),
        ("trabaho sa Saudi", [("SA", "destination")]),
        ("อยากไปทำงานเกาหลี", [("KR", "destination")]),
        ("ไปทำงานที่ไต้หวัน", [("TW", "destination")]),
        ("ထိုင်းမှာ အလုပ်", [("TH", "destination")]),
        ("မလေးရှားကို သွားချင်တယ်", [("MY", "destination")]),
        ("ខ្ញុំចង់ទៅធ្វើការនៅថៃ", [("TH", "destination")]),
        ("ទៅកូរ៉េ", [("KR", "destination")]),
        ("ໄປເຮັດວຽກຢູ່ໄທ", [("TH", "destination")]),
        ("khadi ma kaam", [("REGION:gulf", "destination")]),
        ("खाडी जाने", [("REGION:gulf", "destination")]),
        ("job in the gulf", [("REGION:gulf", "destination")]),
    ],
)
def test_countries_and_roles(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "please help us", "the agent told me in my office", "what is the fee", "paisa kati", "namaste", "no to this"],
)
def test_words_that_only_look_like_countries(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["I go to Qatar", "म कतार जान्छु", "\u200bQatar"])
def test_a_mention_says_where_it_stands(text: str) -> None:
    (mention,) = FINDER.find(text)
    assert mention.value == "QA"
    assert text[mention.start : mention.end].strip("\u200b").lower() in ("qatar", "कतार")


def test_a_long_text_is_read_to_its_end() -> None:
    assert found("word " * 1500 + "Qatar") == [("QA", "destination")]
