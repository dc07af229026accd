"""The localizer speaks one language, and English where that has nothing."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
import regex

from knowledge.base import FactBase
from translations.direction import ISOLATE, POP_ISOLATE, left_to_right_kept
from translations.languages import LANGUAGES, language_of_locale, spoken
from translations.localizer import CatalogsNotBuilt, Localizer, MissingMessage


def test_a_key_speaks_the_language_with_its_placeholders_filled() -> None:
    assert Localizer.of("en").text("fact.source", publisher="DoFE", date="2025") == "(DoFE, 2025)"
    assert "DoFE" in Localizer.of("ne").text("fact.source", publisher="DoFE", date="2025")


def test_a_percent_sign_is_one_with_and_without_placeholders() -> None:
    assert "10% of" in Localizer.of("en").text("figure.cap.percent_of_wage", percent="10")


def test_an_unknown_key_is_a_programming_error_and_not_shown_to_people() -> None:
    with pytest.raises(MissingMessage):
        Localizer.of("ne").text("no.such.key")


def test_a_language_without_catalog_speaks_english() -> None:
    assert Localizer.of("xx").code == "en"


def test_an_untranslated_fact_is_marked() -> None:
    assert Localizer.of("ne").fact("no.such.fact", "A summary.") == ("A summary.", False)
    assert Localizer.of("en").fact("no.such.fact", "A summary.") == ("A summary.", True)


def test_amounts_keep_ascii_digits_and_the_code_people_see_on_receipts() -> None:
    assert Localizer.of("ne").money(Decimal("165000"), "BDT") == "BDT\u00a0165,000"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_names_countries_through_cldr(code: str) -> None:
    name = Localizer(code).country("SA")
    assert name
    assert name != "SA"


def test_hong_kong_goes_by_its_short_name() -> None:
    assert Localizer.of("en").country("HK") == "Hong Kong"


@pytest.mark.parametrize(
    ("locale", "code"),
    [("ne-NP", "ne"), ("tl", "fil"), ("en_GB", "en"), ("zh-hans", None), (None, None), ("", None), ("IN", "id")],
)
def test_a_phone_setting_hints_at_a_language(locale: str | None, code: str | None) -> None:
    assert language_of_locale(locale) == code


def test_english_and_nepali_are_spoken() -> None:
    assert {"en", "ne"} <= set(spoken())


def test_a_catalog_changed_after_compiling_is_not_read_by_mistake(tmp_path: Path) -> None:
    for code in ("en", "ne"):
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text("")
        (folder / "messages.mo").write_bytes(b"")
        os.utime(folder / "messages.mo", (1, 1))
    with pytest.raises(CatalogsNotBuilt, match="make catalogs"):
        Localizer("ne", tmp_path)


class TestUrduKeepsNumbersInOrder:
    @pytest.mark.parametrize(
        "run", ["1-300-22-8000", "+92 51 111 040 040", "03-8000 8000", "2022-2023", "1,500", "moh.gov.sa"]
    )
    def test_inside_the_sentence_of_a_fact(self, run: str) -> None:
        told = left_to_right_kept(f"اس نمبر پر فون کریں {run} یا لکھیں")
        assert f"{ISOLATE}{run}{POP_ISOLATE}" in told

    def test_every_phone_number_in_an_urdu_fact_is_isolated(self) -> None:
        urdu = Localizer.of("ur")
        for fact in FactBase.load():
            told = urdu.fact(fact.id, fact.summary)
            if told.translated:
                outside = regex.sub(f"{ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}", "", told.text)
                assert not regex.search(r"\d[-+ ]+\d", outside), (fact.id, outside)

    def test_commands_in_its_messages(self) -> None:
        assert f"{ISOLATE}/menu{POP_ISOLATE}" in Localizer.of("ur").text("about.help")

    def test_other_languages_get_no_marks(self) -> None:
        assert ISOLATE not in Localizer.of("ne").text("about.help")


def test_a_currency_has_its_name_in_every_language_and_its_code() -> None:
    assert Localizer.of("en").currency("NPR") == "Nepalese Rupee (NPR)"
    assert Localizer.of("ne").currency("NPR") == "नेपाली रूपैयाँ (NPR)"
