"""Sums of money as people write them, in fourteen languages and romanised; and numbers that are no sums."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.extraction.money import MoneyFinder, MoneyMention, resolve_currency
from tests.unit.nlu.said_of_money import NO_SUMS, SUMS

NAMES = {
    "rupees": ("NPR", "INR", "PKR", "LKR"),
    "riyal": ("SAR", "QAR", "OMR"),
    "dinar": ("KWD", "BHD", "JOD"),
    "dollar": ("USD", "SGD", "HKD", "TWD"),
    "shilling": ("KES", "UGX"),
    "pound": ("GBP", "LBP"),
    "k": ("MMK", "LAK"),
}

# Text → its sums: amount, then the currency or the ambiguous name, then "/period".


@pytest.fixture(scope="module")
def finder() -> MoneyFinder:
    return MoneyFinder()


def as_written(mention: MoneyMention) -> str:
    """The notation of the tables above."""
    ambiguous = {codes: name for name, codes in NAMES.items()}
    currency = mention.currency or ambiguous.get(mention.candidates, "")
    period = f"/{mention.period}" if mention.period else ""
    return f"{mention.amount} {currency}{period}".strip()


@pytest.mark.parametrize(("text", "expected"), SUMS.items())
def test_sums(finder: MoneyFinder, text: str, expected: str) -> None:
    assert ", ".join(map(as_written, finder.find(text))) == expected


@pytest.mark.parametrize("text", NO_SUMS)
def test_other_numbers_are_no_sums(finder: MoneyFinder, text: str) -> None:
    assert finder.find(text) == []


def test_the_tables_cover_enough() -> None:
    assert len(SUMS) + len(NO_SUMS) >= 200


ONE_SUM = "15000 १५००० ১৫০০০ ௧௫௦௦௦ ١٥٠٠٠ ۱۵۰۰۰ ๑๕๐๐๐ ໑໕໐໐໐ ១៥០០០ ၁၅၀၀၀"


@pytest.mark.parametrize("digits", ONE_SUM.split())
def test_digits_of_every_script(finder: MoneyFinder, digits: str) -> None:
    [mention] = finder.find(f"({digits})")
    assert (mention.amount, mention.start, mention.end) == (Decimal(15000), 1, 6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("they ask Rs.1,50,000/- now", ["Rs.1,50,000/-"]),
        ("महिनाको ३० हज़ार रुपैयाँ दिन्छ", ["३० हज़ार रुपैयाँ"]),
        ("50-60 hajar", ["50", "60 hajar"]),
        ("ค่าหัวสองแสนห้าหมื่นบาทครับ", ["สองแสนห้าหมื่นบาท"]),
        ("phí 2 triệu rưỡi", ["2 triệu rưỡi"]),
        ("मुझे 1,50,000 रुपये देने हैं", ["1,50,000 रुपये"]),
    ],
)
def test_places_are_those_of_the_given_text(finder: MoneyFinder, text: str, said: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in finder.find(text)] == said


def test_decomposed_letters_keep_their_places(finder: MoneyFinder) -> None:
    text = "e\u0301\u0301 lương 5 trie\u0323\u0302u một tháng"
    [mention] = finder.find(text)
    assert mention.amount == 5_000_000
    assert text[mention.start : mention.end] == "5 trie\u0323\u0302u"


@pytest.mark.parametrize(
    ("text", "origin", "destination", "currency"),
    [
        ("150000 rupees", "NP", "QA", "NPR"),
        ("150000 rupees", "LK", "QA", "LKR"),
        ("1500 riyal per month", "NP", "QA", "QAR"),
        ("1500 riyal per month", "NP", "OM", "OMR"),
        ("120 dinar", "BD", "JO", "JOD"),
        ("600 dollars a month", "PH", "HK", "HKD"),
        ("5000 rupees per month", "NP", "IN", "INR"),
        ("5000 rupees", "NP", "IN", "NPR"),
        ("2 lakh taka", "BD", "SA", "BDT"),
        ("1500 riyal", "NP", "MY", None),
        ("1500 riyal", None, None, None),
        ("150000", "NP", "QA", None),
        ("1500 riyal", "NP", "not a country", None),
    ],
)
def test_everyday_names_by_country(
    finder: MoneyFinder, text: str, origin: str | None, destination: str | None, currency: str | None
) -> None:
    [mention] = finder.find(text)
    assert resolve_currency(mention, origin, destination) == currency


LOOSE = [" ", "-", "k", "lakh", "5", "00", "रु", "/-", "แสน", "rưỡi", "\u200d", "\u0e34"]
PIECES = st.sampled_from([*SUMS, *NO_SUMS, *LOOSE])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read_without_fault(finder: MoneyFinder, text: str) -> None:
    for mention in finder.find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.amount > 0
        assert mention.currency is None or not mention.candidates


HOSTILE = ["1", "1,", "1 ", "1-", "1:1 ", "+1 ", "ek", "ek ", "lakhlak", "$", "แสน", "50 riyal monthly "]
HOSTILE += ["\u0300", "\u093c"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(finder: MoneyFinder, piece: str) -> None:
    """The limit is many times what such a text takes: a busy machine passes, a quadratic search does not."""
    text = (piece * 10_000)[:10_000]
    started = time.perf_counter()
    finder.find(text)
    assert time.perf_counter() - started < 3
