"""The danger detector: model and wordings together, wordings alone, and without Rasa."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nlu.danger.detector import DangerDetector
from nlu.danger.levels import BOUNDS, NO_DANGER, Danger, danger_in
from nlu.text.intents import IntentModel
from nlu.text.vectors import encode
from tests.unit.nlu.test_examples import ROOT, examples


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of some English examples."""
    told = [(intent, text) for intent, _, text in examples(ROOT / "nlu" / "examples" / "en.yml")][::3]
    texts = [text for _, text in told]
    path = tmp_path_factory.mktemp("model") / "intents.npz"
    IntentModel.fit(texts, [intent for intent, _ in told], encode(texts)).write(path)
    return path


class TestLevels:
    def test_all_kinds_of_danger_count_together_and_the_likeliest_names_it(self) -> None:
        ranking = [("ask_passport", 0.4), ("danger_confinement", 0.35), ("danger_forced_work", 0.2)]
        assert danger_in(ranking) == Danger("certain", "confinement")

    def test_a_wording_makes_a_faint_reading_count(self) -> None:
        ranking = [("ask_leave", 0.7), ("danger_violence", 0.25)]
        assert danger_in(ranking) == NO_DANGER
        assert danger_in(ranking, Danger("possible", "confinement")) == Danger("possible", "violence")
        assert danger_in(ranking, Danger("certain", "violence")) == Danger("possible", "violence")

    def test_plain_words_name_the_kind(self) -> None:
        ranking = [("danger_forced_work", 0.6), ("danger_sexual", 0.2)]
        assert danger_in(ranking, Danger("certain", "sexual")) == Danger("certain", "sexual")
        assert danger_in(ranking, Danger("possible", "sexual")) == Danger("certain", "forced_work")

    def test_a_wording_in_which_the_model_sees_no_danger_is_none(self) -> None:
        ranking = [("ask_trafficking", 0.97), ("danger_violence", 0.01)]
        assert danger_in(ranking, Danger("certain", "violence")) == NO_DANGER

    def test_who_more_likely_says_that_all_is_well_is_believed(self) -> None:
        ranking = [("not_in_danger", 0.5), ("danger_violence", 0.4)]
        assert danger_in(ranking) == NO_DANGER
        assert danger_in(ranking, Danger("possible", "violence")) == NO_DANGER
        assert danger_in([("danger_violence", 0.5), ("not_in_danger", 0.4)]).level == "certain"

    def test_beside_plain_words_of_danger_that_must_be_far_likelier(self) -> None:
        plain = Danger("certain", "violence")
        assert danger_in([("not_in_danger", 0.5), ("danger_violence", 0.4)], plain).level == "certain"
        assert danger_in([("not_in_danger", 0.7), ("danger_violence", 0.3)], plain) == NO_DANGER

    def test_the_surer_the_wording_the_less_the_model_must_see(self) -> None:
        for lower, higher in (("none", "possible"), ("possible", "certain")):
            assert BOUNDS[higher].possible < BOUNDS[lower].possible
            assert BOUNDS[higher].certain <= BOUNDS[lower].certain
        assert all(bounds.possible < bounds.certain for bounds in BOUNDS.values())


SURE = [("danger_confinement", 0.9), ("ask_fees", 0.1)]
NOTHING = [("ask_fees", 1.0)]
PASTED = "Urgent hiring Dubai. Free visa and food"


class TestParts:
    def test_a_cry_in_one_sentence_of_many_is_asked_about(self) -> None:
        parts = [(PASTED, NOTHING), ("they locked me in the room", SURE), ("Call today", NOTHING)]
        assert DangerDetector().judged("whatever stands there", NOTHING, parts) == Danger("possible", "confinement")

    def test_the_sentence_after_it_may_say_that_it_is_over(self) -> None:
        parts = [("they locked me in the room", SURE), ("that was two years ago, i am back home", NOTHING)]
        assert DangerDetector().judged("whatever stands there", NOTHING, parts) == NO_DANGER

    def test_calm_words_further_away_say_nothing_of_it(self) -> None:
        over = "that was two years ago, i am back home"
        for parts in (
            [(over, NOTHING), (PASTED, NOTHING), ("they locked me in the room", SURE)],
            [("they locked me in the room", SURE), (PASTED, NOTHING), (over, NOTHING)],
        ):
            assert DangerDetector().judged("whatever stands there", NOTHING, parts).kind == "confinement"


CRIES = [
    ("madam locked me in the room and took my phone, help", "confinement"),
    ("my sister in kuwait her boss is beating her every night", "violence"),
    ("म्याडमले कोठामा थुनेर राख्छ, बाहिर निस्कन दिँदैन", "confinement"),
    ("amake ghore atke rakhse, ber hote dey na", "confinement"),
    ("मुझे मारता है रोज, बचा लो", "violence"),
    ("میں مرنا چاہتی ہوں", "self_harm"),
    ("nais ko nang magpakamatay", "self_harm"),
    ("em bị nhốt trong phòng không cho ra ngoài", "confinement"),
    ("saya dikurung majikan tidak boleh keluar", "confinement"),
    ("ถูกขังอยู่ในห้อง ออกไม่ได้", "confinement"),
    ("ຂ້ອຍຢາກຕາຍ", "self_harm"),
    ("គេចាប់ខ្ញុំឃុំក្នុងបន្ទប់", "confinement"),
    ("အခန်းထဲမှာ ပိတ်လှောင်ထားတယ်", "confinement"),
    ("මාව කාමරේ හිර කරලා තියෙන්නේ", "confinement"),
    ("என்னை அறையில் பூட்டி வைத்திருக்கிறார்கள்", "confinement"),
]


@pytest.mark.parametrize(("message", "kind"), CRIES)
def test_wordings_alone_hear_a_plain_cry_in_every_language(message: str, kind: str) -> None:
    danger = DangerDetector().danger_in(message)
    assert danger.level != "none"
    assert danger.kind == kind


@pytest.mark.parametrize(
    "message",
    ["how much can the agency take", "दशैंको बिदा कहिले", "cuti tahunan berapa hari", "ค่าหัวคิวเท่าไหร่", "hello", ""],
)
def test_wordings_alone_leave_everyday_questions_in_peace(message: str) -> None:
    assert DangerDetector().danger_in(message) == NO_DANGER


def test_with_a_model_an_oblique_cry_is_heard_without_any_wording(model_file: Path) -> None:
    detector = DangerDetector.load(model_file)
    assert detector.danger_in("they do not let us go outside the building and a guard stands there").level != "none"
    assert detector.danger_in("how many days of annual leave do i get") == NO_DANGER


@pytest.mark.parametrize("content", [None, b"", b"no model at all"])
def test_a_missing_or_broken_model_leaves_the_wordings(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "intents.npz"
    if content is not None:
        path.write_bytes(content)
    assert DangerDetector.load(path).danger_in("he locked me in the room").level != "none"


def test_it_works_without_rasa() -> None:
    program = (
        "import sys; from nlu.danger.detector import DangerDetector;"
        "print(DangerDetector().danger_in('he locked me in the room').kind, 'rasa' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["confinement", "False"]
