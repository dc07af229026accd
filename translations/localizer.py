"""Speaks one language: sentences from the catalogs, names and dates from CLDR. Everything is read at start."""

from __future__ import annotations

import datetime
import gettext
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_name

from translations.direction import isolated, left_to_right_kept
from translations.languages import CATALOGS, LANGUAGES, cldr, spoken


class MissingMessage(KeyError):
    """A sentence that not even the English catalog has."""


class CatalogsNotBuilt(Exception):
    """The compiled catalogs are missing or older than their sources."""


class Sentence(NamedTuple):
    """A text and whether it is in the language asked for (else English)."""

    text: str
    translated: bool


class Localizer:
    """``Localizer.of("ne").text("menu.title")``. One object a language, shared by all conversations."""

    def __init__(self, code: str, directory: Path = CATALOGS) -> None:
        self.code = code
        self.language = LANGUAGES[code]
        self._locale = cldr(code)
        self._messages = _read(directory, code, "messages")
        self._facts = _read(directory, code, "facts") if code != "en" else gettext.NullTranslations()
        self._english = self._messages if code == "en" else _read(directory, "en", "messages")

    @staticmethod
    @cache
    def of(code: str) -> Localizer:
        """The localizer of a language; English for one we have no catalog for."""
        return Localizer(code if code in spoken() else "en")

    def text(self, key: str, **values: object) -> str:
        """The sentence of that key with its placeholders filled. Raises MissingMessage."""
        for catalog in (self._messages, self._english):
            sentence = catalog.gettext(key)
            if sentence != key:
                sentence = self._shown(sentence)
                return sentence % values if values else sentence.replace("%%", "%")
        raise MissingMessage(key)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that key at all."""
        return self._english.gettext(key) != key

    def fact(self, fact_id: str, summary: str) -> Sentence:
        """The summary of a fact in this language, or the English one marked as not translated."""
        if self.code == "en":
            return Sentence(summary, True)
        translation = self._facts.pgettext(fact_id, summary)
        return Sentence(self._shown(translation), translation != summary)

    def country(self, code: str) -> str:
        """The CLDR name of a country, unless the catalog has a shorter one; the code itself where neither has."""
        if self.has(f"country.{code}"):
            return self.text(f"country.{code}")
        return self._locale.territories.get(code, code)

    def money(self, amount: Decimal, currency: str) -> str:
        """``NPR 10,000``: the code people see on receipts, ASCII digits in every language."""
        return self.number(format_currency(amount, currency, "¤¤\u00a0#,##0.##", locale="en", currency_digits=False))

    def currency(self, code: str) -> str:
        """``Nepalese Rupee (NPR)``: its CLDR name and the code people see on receipts."""
        return f"{get_currency_name(code, locale=self._locale)} ({code})"

    def date(self, day: datetime.date) -> str:
        return format_date(day, "d MMM y", locale=self._locale)

    def number(self, number: str) -> str:
        """A phone number or sum that must not be turned round in right-to-left text."""
        return isolated(number) if self.language.right_to_left else number

    def _shown(self, sentence: str) -> str:
        return left_to_right_kept(sentence) if self.language.right_to_left else sentence


def _read(directory: Path, code: str, domain: str) -> gettext.NullTranslations:
    source = directory / code / "LC_MESSAGES" / f"{domain}.po"
    compiled = source.with_suffix(".mo")
    if not source.exists():
        return gettext.NullTranslations()
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        raise CatalogsNotBuilt(f"{compiled.name} of {code} is missing or old: run `make catalogs`")
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def localizers() -> dict[str, Localizer]:
    """Every language of this installation, read now rather than at somebody's first message."""
    return {code: Localizer.of(code) for code in spoken()}
