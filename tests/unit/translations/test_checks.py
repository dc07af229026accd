"""Each thing that can be wrong with a translation is found under its own name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from translations.checks import check_catalogs
from translations.checks.entries import Entry, faults_of
from translations.languages import CATALOGS


@pytest.mark.parametrize(
    ("language", "source", "target", "check"),
    [
        ("ne", "At most %(amount)s.", "बढीमा %(amuont)s।", "placeholders"),
        ("ne", "%(percent)s%% of it", "त्यसको %(percent)s", "placeholders"),
        ("ne", "Pay NPR 10,000 only.", "रु. 1,000 मात्र तिर्नुहोस्।", "numbers"),
        ("ne", "Pay NPR 10,000 only.", "रु. १०,००० मात्र तिर्नुहोस्।", "numbers"),
        ("ne", "Call 1140 now.", "अहिले फोन गर्नुहोस्।", "numbers"),
        ("ne", "See dofe.gov.np first.", "पहिले dofe.gov.com हेर्नुहोस्।", "addresses"),
        ("ne", "Press /delete to forget.", "बिर्सन /menu थिच्नुहोस्।", "addresses"),
        ("ne", "Your passport is yours.", "तपाईंको পাসপোর্ট तपाईंकै हो।", "script"),
        ("bn", "Your passport is yours and nobody else's.", "Your passport belongs to আপনি", "script"),
        ("ne", "Your passport is yours.", "Your passport is yours.", "untranslated"),
        ("ne", "Pay.", "<b>तिर्नुहोस्</b>", "markup"),
        ("ur", "Pay.", "ادا کریں\u202e", "invisible"),
        ("ne", "Pay.", " तिर्नुहोस्", "invisible"),
        ("ne", "Pay (now).", "तिर्नुहोस् (अहिले।", "brackets"),
        ("ur", "Dial +5 first.", "پہلے +5 ملائیں۔", "direction"),
    ],
)
def test_a_fault_is_named(language: str, source: str, target: str, check: str) -> None:
    faults = [fault.split(":")[0] for fault in faults_of(Entry(language, "some.key", source, target))]
    assert check in faults


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ne", "At most NPR 10,000 (section 24).", "बढीमा NPR 10,000 (दफा 24)।"),
        ("ne", "Ask DoFE (dofe.gov.np).", "DoFE (dofe.gov.np) मा सोध्नुहोस्।"),
        ("ta", "Hello %(name)s", "வணக்கம் %(name)s"),
        ("si", "Sri Lanka", "ශ්‍රී ලංකාව"),
        ("en", "Menu", "Menu"),
        ("ur", "Call +977 1 4102 or see /help.", "+977 1 4102 پر فون کریں یا /help دیکھیں۔"),
    ],
)
def test_a_good_translation_has_no_fault(language: str, source: str, target: str) -> None:
    assert list(faults_of(Entry(language, "some.key", source, target))) == []


def test_a_button_must_fit_a_button() -> None:
    assert any("length" in fault for fault in faults_of(Entry("ne", "button.menu", "Menu", "मेनु " * 10)))


@pytest.fixture
def catalogs(tmp_path: Path) -> Path:
    for code in ("en", "ne"):
        shutil.copytree(CATALOGS / code, tmp_path / code)
    return tmp_path


def faults_in(catalogs: Path) -> list[str]:
    return [str(fault) for fault in check_catalogs({}, {}, catalogs) if "unknown: there is no such fact" not in fault]


def test_a_sentence_missing_in_nepali_is_told_with_catalog_and_key(catalogs: Path) -> None:
    path = catalogs / "ne" / "LC_MESSAGES" / "messages.po"
    before, _, rest = path.read_text(encoding="utf-8").partition('msgid "danger.question"')
    _, _, after = rest.partition("\n\n")
    path.write_text(before + 'msgid "danger.question"\nmsgstr ""\n\n' + after, encoding="utf-8")
    assert any(
        fault.startswith("ne/messages.po") and "danger.question: missing" in fault for fault in faults_in(catalogs)
    )


def test_a_header_marked_fuzzy_is_told_since_compilers_skip_the_catalog_whole(catalogs: Path) -> None:
    path = catalogs / "ne" / "LC_MESSAGES" / "messages.po"
    path.write_text(path.read_text(encoding="utf-8").replace('msgid ""', '#, fuzzy\nmsgid ""', 1), encoding="utf-8")
    assert any("header" in fault for fault in faults_in(catalogs))


def test_a_changed_english_fact_makes_its_translation_stale(catalogs: Path) -> None:
    path = catalogs / "ne" / "LC_MESSAGES" / "facts.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: ne\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgctxt "np.fees.x"\nmsgid "At most NPR 10,000."\nmsgstr "बढीमा NPR 10,000।"\n',
        encoding="utf-8",
    )
    (fault,) = [f for f in check_catalogs({"np.fees.x": "At most NPR 12,000."}, {}, catalogs) if f.key == "np.fees.x"]
    assert "stale" in fault.reason
    assert not [f for f in check_catalogs({"np.fees.x": "At most NPR 10,000."}, {}, catalogs) if f.key == "np.fees.x"]


def test_a_changed_english_sentence_makes_its_translation_stale(catalogs: Path) -> None:
    path = catalogs / "ne" / "LC_MESSAGES" / "messages.po"
    assert not [fault for fault in faults_in(catalogs) if "stale: the English sentence" in fault]
    path.write_text(path.read_text(encoding="utf-8").replace("#. English: ", "#. English: Once, ", 1), encoding="utf-8")
    assert len([fault for fault in faults_in(catalogs) if "stale: the English sentence" in fault]) == 1


def test_a_fact_a_language_must_have_is_told_when_missing(catalogs: Path) -> None:
    faults = check_catalogs({"np.fees.y": "A fact."}, {"ne": ["np.fees.y"]}, catalogs)
    assert any(fault.key == "np.fees.y" and "missing" in fault.reason for fault in faults)
