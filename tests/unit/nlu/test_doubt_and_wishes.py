"""When a guess is taken back, and which further wishes a message holds."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.doubt import DoubtMarker
from nlu.text.doubt import in_doubt
from nlu.text.intents import IntentModel
from nlu.text.vectors import encode
from nlu.text.wishes import clauses, other_wishes

FEES = ["how much may the agency take", "is this fee legal", "they ask 150000 for the visa", "agent wants money first"]
PASSPORT = ["my boss keeps my passport", "can he hold my passport", "passport with employer", "they took my passport"]
COMPLAINT = ["where do i complain", "how to file a complaint", "which office takes complaints", "complain to whom"]
GREETING = ["hello there", "good morning", "hi friend", "hey"]


@pytest.fixture(scope="module")
def model() -> IntentModel:
    told = [("ask_fees", FEES), ("ask_passport", PASSPORT), ("ask_complaint", COMPLAINT), ("greet", GREETING)]
    texts = [text for _, lines in told for text in lines]
    return IntentModel.fit(texts, [intent for intent, lines in told for _ in lines], encode(texts))


class TestDoubt:
    @pytest.mark.parametrize(
        ("ranking", "doubtful"),
        [
            ([("ask_fees", 0.9), ("out_of_scope", 0.05)], False),
            ([("ask_fees", 0.4), ("ask_refund", 0.39)], False),
            ([("ask_fees", 0.12), ("ask_refund", 0.11)], True),
            ([("ask_fees", 0.5), ("out_of_scope", 0.4)], True),
            ([("out_of_scope", 0.5), ("ask_fees", 0.4)], False),
            ([], True),
        ],
    )
    def test_low_confidence_and_a_near_rival_out_of_scope(self, ranking: list, doubtful: bool) -> None:
        assert in_doubt(ranking) is doubtful

    def test_the_closest_topics_are_kept_for_offering(self) -> None:
        ranking = [{"name": "ask_fees", "confidence": 0.12}, {"name": "ask_refund", "confidence": 0.1}]
        message = Message(data={TEXT: "x", INTENT: ranking[0], INTENT_RANKING_KEY: ranking})
        DoubtMarker().process([message])
        assert message.get(INTENT)["name"] == "nlu_fallback"
        assert message.get(INTENT_RANKING_KEY) == ranking

    def test_a_sure_guess_and_a_button_stay(self) -> None:
        sure = Message(data={INTENT: {"name": "ask_fees", "confidence": 0.9}, INTENT_RANKING_KEY: [
            {"name": "ask_fees", "confidence": 0.9}]})  # fmt: skip
        button = Message(data={INTENT: {"name": "ask_fees", "confidence": 1.0}})
        DoubtMarker().process([sure, button])
        assert sure.get(INTENT)["name"] == button.get(INTENT)["name"] == "ask_fees"


class TestWishes:
    @pytest.mark.parametrize(
        ("text", "pieces"),
        [
            ("agency took 80,000 and my passport, where do I complain?", 2),
            ("they ask 1,50,000 for qatar", 1),
            ("ok. thanks", 1),
            ("एजेन्सीले पैसा लियो। पासपोर्ट पनि दिंदैन। कहाँ उजुरी गर्ने?", 3),
            ("تنخواہ نہیں ملی، پاسپورٹ بھی نہیں دیتا", 2),
        ],
    )
    def test_clauses_end_at_marks_but_not_inside_a_sum(self, text: str, pieces: int) -> None:
        assert len(list(clauses(text))) == pieces

    def test_the_second_wish_is_found_beside_the_first(self, model: IntentModel) -> None:
        text = "the boss keeps my passport, where do i complain?"
        ranking = model.ranking(text, encode([text])[0])
        assert {ranking[0][0], *other_wishes(text, ranking, model)} == {"ask_passport", "ask_complaint"}

    def test_a_single_wish_has_no_second(self, model: IntentModel) -> None:
        text = "can he hold my passport"
        assert other_wishes(text, model.ranking(text, encode([text])[0]), model) == []

    def test_small_talk_has_no_wishes(self, model: IntentModel) -> None:
        assert other_wishes("hello there", [("greet", 0.5), ("ask_fees", 0.4)], model) == []


class TestIntentModel:
    def test_probabilities_sum_to_one_and_survive_the_disk(self, model: IntentModel, tmp_path) -> None:
        texts = ["how much may they take", "passport"]
        model.write(tmp_path / "intents.npz")
        again = IntentModel.read(tmp_path / "intents.npz")
        before, after = model.probabilities(texts, encode(texts)), again.probabilities(texts, encode(texts))
        assert before.sum(axis=1) == pytest.approx(np.ones(2), abs=1e-4)
        assert after == pytest.approx(before, abs=0.01)
        assert again.labels == model.labels

    @pytest.mark.parametrize("text", ["🙏🙏", "???", " ", ""])
    def test_nothing_to_read_ranks_nothing(self, model: IntentModel, text: str) -> None:
        assert model.ranking(text, np.zeros(384, np.float32)) == []
