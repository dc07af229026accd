"""Likeness to examples: high among them, about nought far from all of them."""

from __future__ import annotations

from typing import Tuple

import numpy as np
import pytest

from nlu.text.likeness import Likeness, numbered, unit

Groups = Tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def two_groups() -> Groups:
    draws = np.random.default_rng(1).normal(size=(200, 16)).astype(np.float32) * 0.1
    numbers = np.arange(200) % 2
    draws[numbers == 0, 0] += 1
    draws[numbers == 1, 1] += 1
    return draws, numbers


def test_a_message_among_the_examples_of_a_label_scores_high_for_it(two_groups: Groups) -> None:
    vectors, numbers = two_groups
    scores = Likeness.fit(vectors, numbers, 2).scores(vectors)
    assert (scores.argmax(axis=1) == numbers).all()
    assert scores[numbers == 0, 0].mean() > 0.8


def test_a_message_far_from_all_examples_scores_lower_for_every_label(
    two_groups: Groups,
) -> None:
    vectors, numbers = two_groups
    likeness = Likeness.fit(vectors, numbers, 2)
    elsewhere = np.zeros((1, 16), np.float32)
    elsewhere[0, 2:] = -1
    assert likeness.scores(elsewhere).max() < likeness.scores(vectors).max(axis=1).min()


def test_more_examples_than_landmarks_are_all_learnt_from(two_groups: Groups, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, numbers = two_groups
    monkeypatch.setattr("nlu.text.likeness.LANDMARKS", 20)
    likeness = Likeness.fit(vectors, numbers, 2)
    assert likeness.landmarks.shape == (20, 16)
    assert (likeness.scores(vectors).argmax(axis=1) == numbers).mean() > 0.95


def test_examples_learnt_from_in_pieces_teach_the_same(two_groups: Groups, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, numbers = two_groups
    at_once = Likeness.fit(vectors, numbers, 2).scores(vectors)
    monkeypatch.setattr("nlu.text.likeness.AT_ONCE", 64)
    assert np.allclose(Likeness.fit(vectors, numbers, 2).scores(vectors), at_once, atol=1e-3)


def test_labels_are_numbered_by_their_sorted_names() -> None:
    assert numbered(["b", "a", "b"], ["a", "b"]).tolist() == [1, 0, 1]


def test_a_vector_of_nought_has_no_direction() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0.0, 0.0]]
