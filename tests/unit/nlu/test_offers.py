"""Offers: how a text is parted, and what the signs are learnt from."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import regex

from nlu.offers.examples import FOLDER, SIGNS, BrokenExamples, load_examples
from nlu.offers.parts import MOST_PARTS, parts_of
from nlu.offers.windows import MOST, windows_of
from translations.languages import LANGUAGES

OFFERS = Path(__file__).resolve().parents[2] / "quality" / "offers"


def plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Job in Dubai! Send 2 lakh.\nNo contract", ["Job in Dubai!", "Send 2 lakh.", "No contract"]),
        ("कतारमा काम। पहिला पैसा पठाउनुहोस्।", ["कतारमा काम।", "पहिला पैसा पठाउनुहोस्।"]),
        ("قطر میں کام۔ پہلے پیسے", ["قطر میں کام۔", "پہلے پیسے"]),
        ("🔥🔥🔥\n\n  \nsalary 1500", ["salary 1500"]),
        ("ထိုင်းအလုပ်။ ငွေကြိုပေးပါ", ["ထိုင်းအလုပ်။", "ငွေကြိုပေးပါ"]),
        ("1.5 lakh only", ["1.5 lakh only"]),
        ("", []),
    ],
)
def test_parted_where_people_stop(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


def test_nothing_of_a_very_long_text_is_left_out() -> None:
    text = "\n".join(f"line {number}" for number in range(200))
    parts = parts_of(text)
    assert len(parts) == MOST_PARTS
    assert "line 199" in parts[-1]


class TestWindows:
    def test_a_short_sentence_is_read_as_it_is(self) -> None:
        assert windows_of(["Salary 1500 riyal.", "Send 20,000 today."]) == []

    @pytest.mark.parametrize("word", ["money ", "पैसा ", "เงิน", "ငွေ", "🔥 pay "])
    def test_a_long_one_also_in_pieces_that_overlap_and_leave_no_word_out(self, word: str) -> None:
        part = "".join(f"{word}{number} " for number in range(60)).strip()
        windows = windows_of(["short", part])
        assert 1 < len(windows) <= MOST
        assert all(window in part for window in windows)
        assert windows[0] == part[: len(windows[0])]
        assert windows[-1] == part[-len(windows[-1]) :]
        numbers = [[int(one) for one in regex.findall(r"[0-9]+", window)] for window in windows]
        assert all(before[-1] >= after[0] - 1 for before, after in pairwise(numbers))

    def test_no_text_has_more_of_them_than_one_can_wait_for(self) -> None:
        assert len(windows_of(["pay now " * 400, "pay now " * 400])) <= MOST


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_enough_examples_of_every_sign_and_of_none(code: str) -> None:
    signs: Counter = Counter()
    for line in (FOLDER / "sentences" / f"{code}.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)["signs"]
        signs.update(told or ["none"])
    assert all(signs[sign] >= 20 for sign in SIGNS)
    assert signs["none"] >= 250
    texts = (FOLDER / "texts" / f"{code}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(texts) >= 60


def test_nothing_is_learnt_from_the_texts_that_measure() -> None:
    examples = load_examples()
    learnt = {plain(part.text) for part in (*examples.sentences, *(one for text in examples.texts for one in text))}
    learnt = {part for part in learnt if len(part) > 40}
    for path in OFFERS.glob("*/*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            copied = [part for part in parts_of(json.loads(line)["text"]) if plain(part) in learnt]
            assert not copied, (path, copied)


def test_a_broken_example_is_named(tmp_path: Path) -> None:
    (tmp_path / "sentences").mkdir()
    (tmp_path / "sentences" / "xx.jsonl").write_text('{"text": "a", "signs": ["wrong"]}\n', encoding="utf-8")
    with pytest.raises(BrokenExamples, match=r"sentences/xx.jsonl:1: no such sign: wrong"):
        load_examples(tmp_path)
