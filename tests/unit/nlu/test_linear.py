"""The linear classifier gives the same margins for one message as for thousands."""

from __future__ import annotations

import numpy as np
from rasa.shared.nlu.training_data.message import Message

from bench.sample import examples
from nlu.components.text import counts_of_message, counts_of_parts
from nlu.text.intents import VIEWS, counted
from nlu.text.linear import FEW, Forms, LinearText, counts


def test_few_texts_row_by_row_and_many_at_once_have_the_same_margins() -> None:
    told = examples()[:: len(examples()) // 60]
    texts = [*(example.text for example in told), "?!", ""]  # two without any n-gram of words
    matrices = counts(texts, VIEWS)
    labels = [example.intent.split("_")[0] for example in told] + ["none", "none"]
    model = LinearText.fit(matrices, labels)
    together = model.margins(matrices)
    assert len(texts) > FEW
    for row in range(len(texts)):
        alone = model.margins([matrix[row] for matrix in matrices])
        assert np.allclose(alone[0], together[row], atol=1e-5), texts[row]


def test_a_form_is_made_once_from_what_is_read_of_the_text() -> None:
    forms = Forms("chhaina " * 200)
    assert forms.skeleton.startswith("caina")
    assert forms.skeleton is forms.skeleton
    assert forms.consonants.split()[0] == "cn"
    assert len(forms.text) == 600


def test_a_message_of_one_part_is_counted_once() -> None:
    message = Message.build(text="how much may the agency take")
    message.set("parts", ([message.get("text")], np.zeros((1, 384), np.float32)))
    assert counts_of_parts(message) is counts_of_message(message)


def test_the_parts_of_a_message_are_counted_by_themselves() -> None:
    parts = ["Pay 500.", "Give your passport."]
    message = Message.build(text=" ".join(parts))
    message.set("parts", (parts, np.zeros((2, 384), np.float32)))
    for found, wanted in zip(counts_of_parts(message), counted(parts), strict=True):
        assert found.shape[0] == 2
        assert (found != wanted).nnz == 0
