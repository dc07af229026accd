"""Each component alone, without training a model of the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.encoder import conversion
from nlu.components.danger import DangerMarker
from nlu.components.e5 import E5Featurizer
from nlu.components.entities import CountryExtractor, MoneyExtractor, OccupationExtractor
from nlu.components.intent import AdviceIntentClassifier
from nlu.components.language import LanguageIdentifier
from nlu.text import vectors
from nlu.text.scripts import script_of

FEES = ["how much may the agency take", "is this fee legal", "they ask 150000 for the visa", "agent wants money first"]
PASSPORT = ["my boss keeps my passport", "can he hold my passport", "passport with employer", "give my passport back"]
NEPALI = [
    "malai paisa chahiyo",
    "mero visa kahile aaucha",
    "mero passport malik le rakheko",
    "kati paisa linxa",
    "manpower le paisa magyo",
    "bidesh jana kati lagcha",
]


def example(text: str, intent: str, language: str = "en") -> Message:
    return Message.build(text=text, intent=intent, intent_metadata={"language": language})


@pytest.fixture
def training_data() -> TrainingData:
    messages = [example(text, "ask_fees") for text in FEES] + [example(text, "ask_passport") for text in PASSPORT]
    return TrainingData(messages + [example(text, "ask_fees", "ne") for text in NEPALI])


@pytest.fixture
def place(tmp_path: Path) -> dict:
    """Where a component keeps what it learnt."""
    return {
        "model_storage": LocalModelStorage(tmp_path),
        "resource": Resource("component"),
        "execution_context": ExecutionContext(GraphSchema({}), node_name="component"),
    }


def read(component, text: str) -> Message:
    (message,) = component.process([Message.build(text=text)])
    return message


class TestE5:
    def test_a_sentence_becomes_one_unit_vector(self, place: dict) -> None:
        _, sentence = read(E5Featurizer.create({}, **place), "how much may they take").get_dense_features(TEXT)
        assert sentence.features.shape == (1, 384)
        assert np.linalg.norm(sentence.features) == pytest.approx(1.0, abs=1e-3)

    def test_the_same_meaning_in_two_languages_is_nearer_than_another_meaning(self) -> None:
        english, nepali, other = vectors.encode(
            ["my passport is with the boss", "मेरो राहदानी मालिकसँग छ", "good morning"]
        )
        assert english @ nepali > english @ other

    def test_a_button_press_costs_no_encoding(self, place: dict) -> None:
        assert read(E5Featurizer.create({}, **place), "/ask_fees").get_dense_features(TEXT) == (None, None)

    def test_another_encoder_is_another_fingerprint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shipped = E5Featurizer.fingerprint_addon({})
        monkeypatch.setattr(conversion, "FORM", conversion.FORM + 1)
        assert E5Featurizer.fingerprint_addon({}) != shipped


class TestIntents:
    def trained(self, place: dict, training_data: TrainingData) -> tuple[E5Featurizer, AdviceIntentClassifier]:
        featurizer = E5Featurizer.create({}, **place)
        classifier = AdviceIntentClassifier.create(AdviceIntentClassifier.get_default_config(), **place)
        classifier.train(featurizer.process_training_data(training_data))
        return featurizer, classifier

    def test_what_was_learnt_is_found_again_after_loading(self, place: dict, training_data: TrainingData) -> None:
        featurizer, _ = self.trained(place, training_data)
        loaded = AdviceIntentClassifier.load(AdviceIntentClassifier.get_default_config(), **place)
        message = Message.build(text="the employer holds my passport")
        loaded.process(featurizer.process([message]))
        assert message.get(INTENT)["name"] == "ask_passport"
        assert sum(entry["confidence"] for entry in message.get(INTENT_RANKING_KEY)) == pytest.approx(1.0, abs=1e-3)

    @pytest.mark.parametrize("text", ["🙏🙏", "???", " "])
    def test_nothing_to_read_is_not_guessed_at(self, place: dict, training_data: TrainingData, text: str) -> None:
        featurizer, classifier = self.trained(place, training_data)
        (message,) = classifier.process(featurizer.process([Message.build(text=text)]))
        assert message.get(INTENT)["name"] == "nlu_fallback"
        assert message.get(INTENT_RANKING_KEY) == []


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "script"),
        [
            ("नमस्ते", "Deva"),
            ("hello", "Latn"),
            ("สวัสดี", "Thai"),
            ("ສະບາຍດີ", "Laoo"),
            ("၁၂ ပြောပါ", "Mymr"),
            ("123", None),
        ],
    )
    def test_script(self, text: str, script: str | None) -> None:
        assert script_of(text) == script

    @pytest.mark.parametrize(("text", "code"), [("কত টাকা", "bn"), ("کتنا پیسہ", "ur"), ("ប៉ុន្មាន", "km"), ("", None)])
    def test_a_script_of_one_language_decides_without_training(self, place: dict, text: str, code: str | None) -> None:
        assert read(LanguageIdentifier.create({}, **place), text).get("language")["code"] == code

    def test_latin_letters_are_told_apart_by_their_company(self, place: dict, training_data: TrainingData) -> None:
        LanguageIdentifier.create({}, **place).train(training_data)
        identifier = LanguageIdentifier.load({}, **place)
        assert identifier.identify("mero paisa kati lagcha")["code"] == "ne"
        assert identifier.identify("is the agency fee legal")["code"] == "en"


class TestEntities:
    def test_countries_with_their_roles(self, place: dict) -> None:
        entities = read(CountryExtractor.create({}, **place), "I am from Nepal and go to Qatar").get(ENTITIES)
        assert [(entity["value"], entity["role"]) for entity in entities] == [("NP", "origin"), ("QA", "destination")]

    def test_money_is_json(self, place: dict) -> None:
        (entity,) = read(MoneyExtractor.create({}, **place), "they want NPR 1.5 lakh").get(ENTITIES)
        assert (entity["value"]["amount"], entity["value"]["currency"]) == ("150000", "NPR")

    def test_occupation(self, place: dict) -> None:
        (entity,) = read(OccupationExtractor.create({}, **place), "job as a housemaid").get(ENTITIES)
        assert entity["value"] == "domestic_worker"

    def test_one_extractor_adds_to_what_another_found(self, place: dict) -> None:
        (message,) = CountryExtractor.create({}, **place).process([Message.build(text="Qatar 5000 riyals")])
        (message,) = MoneyExtractor.create({}, **place).process([message])
        assert {entity["entity"] for entity in message.get(ENTITIES)} == {"country", "money"}


class TestDanger:
    def marked(self, place: dict, **ranking: float) -> Message:
        ranked = sorted(ranking.items(), key=lambda pair: -pair[1])
        entries = [{"name": name, "confidence": confidence} for name, confidence in ranked]
        message = Message(data={TEXT: "x", INTENT: entries[0], INTENT_RANKING_KEY: entries})
        (message,) = DangerMarker.create({}, **place).process([message])
        return message

    def test_danger_of_several_kinds_together_wins_over_the_first_topic(self, place: dict) -> None:
        message = self.marked(place, ask_passport=0.4, danger_confinement=0.35, danger_forced_work=0.2)
        assert message.get("danger") == {"level": "certain", "kind": "confinement"}
        assert message.get(INTENT)["name"] == "danger_confinement"

    def test_some_danger_is_possible_and_asked_about(self, place: dict) -> None:
        assert self.marked(place, ask_passport=0.55, danger_violence=0.42).get("danger")["level"] == "possible"

    def test_a_trace_of_danger_leaves_the_topic(self, place: dict) -> None:
        message = self.marked(place, ask_passport=0.8, danger_violence=0.1)
        assert message.get("danger") == {"level": "none", "kind": None}
        assert message.get(INTENT)["name"] == "ask_passport"
