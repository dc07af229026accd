"""The picture of what is owed: of its size, quick to send, and with a letter for everything it has to write."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from actions.flows.picture import FONTS, Curve, picture_of, runs_of
from translations.languages import spoken
from translations.localizer import Localizer

WORDS = ("cost.picture.owed", "cost.picture.months", "cost.picture.asked", "cost.picture.legal")


@pytest.mark.parametrize("code", spoken())
def test_every_letter_of_every_language_has_a_glyph(code: str) -> None:
    speak = Localizer.of(code)
    for key in WORDS:
        for run, font in runs_of(speak.text(key)):
            glyphs = TTFont(FONTS / f"{font}-Regular.ttf").getBestCmap()
            missing = [letter for letter in run if ord(letter) not in glyphs and letter not in "\u200b\u200c\u200d"]
            assert not missing, (key, run, font)


@pytest.mark.parametrize("code", spoken())
def test_the_words_of_every_language_fit(code: str) -> None:
    """The title and the two names beside each other are drawn inside the picture: its edges stay white."""
    speak = Localizer.of(code)
    curves = [
        Curve(speak.text("cost.picture.asked"), [3.0, 2.0, 0.0]),
        Curve(speak.text("cost.picture.legal"), [1.0, 0.0]),
    ]
    image = Image.open(io.BytesIO(picture_of(speak.text(WORDS[0]), speak.text(WORDS[1]), "NPR", curves))).convert("L")
    for column in (0, image.width - 1):
        assert {image.getpixel((column, row)) for row in range(92)} == {255}


def test_it_is_a_small_png_of_a_phones_width() -> None:
    picture = picture_of("Owed", "Months", "NPR", [Curve("As asked", [float(one) for one in range(40, 0, -1)])])
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.size) == ("PNG", (720, 440))
    assert len(picture) < 40_000
