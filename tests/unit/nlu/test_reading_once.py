"""A message and its sentences go to the encoder together, each once."""

from __future__ import annotations

from typing import List, Sequence

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components import text
from nlu.components.text import parts_of_message, read
from nlu.text import vectors
from nlu.text.normalisation import readable
from nlu.text.reading import read_beforehand

OFFER = "Hotel job in Qatar. Salary 1500 riyal. Send 20,000 today. Salary 1500 riyal."


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> List[Sequence[str]]:
    seen: List[Sequence[str]] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        seen.append(texts)
        return np.array([[float(len(one)), float(sum(map(ord, one)))] for one in texts])

    monkeypatch.setattr(text, "encode", encode)
    return seen


def test_one_call_for_the_whole_and_its_parts_and_no_sentence_twice(calls: List[Sequence[str]]) -> None:
    message = Message(data={TEXT: OFFER})
    read(message)
    parts, vectors = parts_of_message(message)
    (texts,) = calls
    assert len(texts) == len(set(texts)) == 4
    assert len(parts) == len(vectors) == 4
    assert (vectors[1] == vectors[3]).all()
    assert not (vectors[0] == vectors[1]).all()


def test_a_message_of_one_sentence_is_read_once(calls: List[Sequence[str]]) -> None:
    message = Message(data={TEXT: "can my boss keep my passport?"})
    whole = read(message)
    parts, vectors = parts_of_message(message)
    assert [len(texts) for texts in calls] == [1]
    assert len(parts) == 1
    assert (vectors[0] == whole).all()


def test_a_message_without_words_has_no_parts(calls: List[Sequence[str]]) -> None:
    parts, vectors = parts_of_message(Message(data={TEXT: "…!"}))
    assert parts == []
    assert len(vectors) == 0


class TestBeforehand:
    """The encoder works while others are answered; the pipeline then finds its vectors ready."""

    @pytest.fixture
    def encoded(self, monkeypatch: pytest.MonkeyPatch) -> List[Sequence[str]]:
        seen: List[Sequence[str]] = []

        class Encoder:
            def of_questions(self, texts: Sequence[str]) -> np.ndarray:
                seen.append(list(texts))
                return np.full((len(texts), 2), float(len(seen)))

        monkeypatch.setattr(vectors, "encoder", Encoder)
        monkeypatch.setattr(vectors, "_beforehand", {})
        return seen

    @pytest.mark.parametrize("said", [OFFER, "can my boss keep my passport?", "मेरो   राहदानी!!", "ဘယ်လောက်ပေးရမလဲ"])
    def test_what_was_read_beforehand_is_not_read_again(self, encoded: List[Sequence[str]], said: str) -> None:
        read_beforehand(said)
        message = Message(data={TEXT: readable(said)})
        assert (read(message) == 1.0).all()
        assert len(encoded) == 1

    def test_it_is_for_the_next_one_who_asks_only(self, encoded: List[Sequence[str]]) -> None:
        read_beforehand("hello")
        for _ in range(2):
            read(Message(data={TEXT: "hello"}))
        assert len(encoded) == 2

    def test_what_nobody_asks_for_is_not_kept_for_ever(self, encoded: List[Sequence[str]]) -> None:
        for number in range(3 * vectors.MOST_BEFOREHAND):
            read_beforehand(f"hello {number}")
        assert len(vectors._beforehand) == vectors.MOST_BEFOREHAND
