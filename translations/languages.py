"""The languages we speak, in the order of docs and menus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from babel import Locale, UnknownLocaleError

CATALOGS = Path(__file__).parent


@dataclass(frozen=True)
class Language:
    """``home``: the countries whose people speak it, most likely first. ``abroad``: where they mostly go."""

    code: str
    self_name: str
    home: tuple[str, ...]
    abroad: tuple[str, ...]
    right_to_left: bool = False


LANGUAGES = {
    language.code: language
    for language in (
        Language(
            "en", "English", ("PH", "NP", "IN", "BD", "LK", "KE", "UG", "ET", "PK"),
            ("SA", "AE", "QA", "KW", "MY", "SG", "HK", "OM", "BH", "JO", "LB", "TW", "KR", "JP", "TH"),
        ),
        Language("ne", "नेपाली", ("NP",), ("SA", "AE", "QA", "KW", "BH", "OM", "MY", "KR", "JP")),
        Language("bn", "বাংলা", ("BD",), ("SA", "AE", "QA", "KW", "BH", "OM", "MY", "SG", "JO", "LB", "KR")),
        Language("hi", "हिन्दी", ("IN",), ("SA", "AE", "QA", "KW", "BH", "OM", "MY", "SG")),
        Language("ur", "اردو", ("PK",), ("SA", "AE", "QA", "KW", "BH", "OM", "MY"), right_to_left=True),
        Language("si", "සිංහල", ("LK",), ("SA", "AE", "QA", "KW", "BH", "OM", "JO", "LB", "KR", "JP")),
        Language("ta", "தமிழ்", ("LK", "IN"), ("SA", "AE", "QA", "KW", "BH", "OM", "JO", "MY", "SG")),
        Language(
            "fil", "Filipino", ("PH",),
            ("SA", "AE", "QA", "KW", "BH", "OM", "JO", "LB", "HK", "SG", "TW", "MY", "KR", "JP"),
        ),
        Language("id", "Bahasa Indonesia", ("ID",), ("MY", "SG", "HK", "TW", "SA", "AE", "KR", "JP")),
        Language("vi", "Tiếng Việt", ("VN",), ("TW", "JP", "KR", "MY", "SA", "AE")),
        Language("th", "ไทย", ("TH",), ("TW", "KR", "JP")),
        Language("my", "မြန်မာ", ("MM",), ("TH", "MY", "SG", "KR", "JP")),
        Language("km", "ខ្មែរ", ("KH",), ("TH", "MY", "KR", "JP")),
        Language("lo", "ລາວ", ("LA",), ("TH", "KR", "JP")),
    )
}  # fmt: skip

ALIASES = {"tl": "fil", "in": "id"}
"""Codes that phones send for languages we know by another one."""


def language_of_locale(locale: Optional[str]) -> Optional[str]:
    """``"ne-NP"`` → ``"ne"``, ``"tl"`` → ``"fil"``; None for a language we do not speak or no locale at all."""
    if not locale:
        return None
    code = locale.replace("_", "-").split("-")[0].lower()
    code = ALIASES.get(code, code)
    return code if code in LANGUAGES else None


@lru_cache(maxsize=1)
def spoken() -> tuple[str, ...]:
    """The languages that have a catalog of messages in this installation, in our order."""
    return tuple(code for code in LANGUAGES if (CATALOGS / code / "LC_MESSAGES" / "messages.po").exists())


def cldr(code: str) -> Locale:
    """The CLDR locale of a language of ours. Raises KeyError for any other."""
    try:
        return Locale(LANGUAGES[code].code)
    except UnknownLocaleError:  # pragma: no cover - all fourteen are in CLDR
        return Locale("en")
