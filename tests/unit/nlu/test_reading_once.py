"""A message and its sentences go to the encoder together, each once."""

from __future__ import annotations

from typing import List, Sequence

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components import text
from nlu.components.text import parts_of_message, read

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
