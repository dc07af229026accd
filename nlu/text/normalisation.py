"""Text normalisation: one spelling for the many ways phones and people write the same letters.

``readable`` mends what is wrong with the characters and keeps the words as they are; ``normalised`` goes on to what
only a reader without eyes needs. Every rule stands in the table of its script; tests/unit/nlu/test_normalisation.py
has a table of cases for each. Sources of the rules: the Unicode Standard's chapters on the scripts of South and
Southeast Asia, Unicode Technical Note 11 (Burmese order), Google's myanmar-tools and ICU (Zawgyi).
"""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from typing import Callable, List, Mapping, Sequence, Tuple, Union

import regex
from icu import Transliterator
from myanmartools import ZawgyiDetector

Rule = Tuple[str, Union[str, Callable[[regex.Match], str]]]

SURE_OF_ZAWGYI = 0.95
"""What myanmar-tools advises where text is converted without asking."""

ARABIC_FORMS = {
    "ي": "ی",
    "ى": "ی",
    "ك": "ک",
    "ه": "ہ",
    "ة": "ہ",
    "ۃ": "ہ",
    "أ": "ا",
    "إ": "ا",
    "ۀ": "ہ",
    "ۂ": "ہ",
    "ۓ": "ے",
}
"""Letters of Arabic keyboards, and what Urdu writes for them."""

LAO_PAIRS = {"ໍາ": "ຳ", "ຫນ": "ໜ", "ຫມ": "ໝ"}
"""Two signs typed where Lao has one."""

DIGITS = {
    character: str(unicodedata.digit(character))
    for character in map(chr, range(0x80, sys.maxunicode + 1))
    if unicodedata.category(character) == "Nd"
}
"""Digits of every script and what they count."""

_QUOTES = {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"}

_BREAKS_LINE = regex.compile(r"[\n\r\u2028\u2029]")

_EVERYWHERE: List[Rule] = [
    (r"[\uff01-\uffee\U0001d400-\U0001d7ff\u24b6-\u24e9]", lambda found: unicodedata.normalize("NFKC", found.group())),
    (r"[\ufb50-\ufdfb\ufe70-\ufefc]", lambda found: unicodedata.normalize("NFKC", found.group())),  # Arabic ligatures
    (r"(\p{M}{8})\p{M}+", r"\1"),  # no language piles more marks on a letter; hostile texts do
    (r"[\p{Cc}\p{Cf}\ufe00-\ufe0f--[\n\r\t\u200c\u200d]]", ""),
    (r"[\p{Z}\t\n\r]+", lambda found: "\n" if _BREAKS_LINE.search(found.group()) else " "),
]

# Vowels above and below stand before the tone in Thai and Lao; keyboards let people type them in either order.
_THAI: List[Rule] = [
    ("เเ", "แ"),
    ("([่-๋])([ัิ-ฺ])", r"\2\1"),
    ("ํ([่-๋])?า", r"\1ำ"),
    ("([่-๋])ํา|ำ([่-๋])", r"\1\2ำ"),
    (r"(\p{M})\1+", r"\1"),
]
_LAO: List[Rule] = [
    ("ເເ", "ແ"),
    ("([່-໋])([ັິ-ົ])", r"\2\1"),
    ("ໍ([່-໋])?າ", r"\1ຳ"),
    ("([່-໋])ໍາ|ຳ([່-໋])", r"\1\2ຳ"),
    ("ຫ([່-໋])?ນ", r"ໜ\1"),
    ("ຫ([່-໋])?ມ", r"ໝ\1"),
    ("ຫ[ລຣ]", "ຫຼ"),
    (r"(\p{M})\1+", r"\1"),
]
_BURMESE: List[Rule] = [
    (r"(?<=[က-အ]\p{M}*)၀(?!\d|[၀-၉])|(?<![၀-၉])၀(?=\p{M})", "ဝ"),  # the digit nought typed as the letter wa
    (r"(?<![၀-၉])၇(?=\p{M})", "ရ"),
    (r"[ျြွှ]{2,}", lambda found: "".join(sorted(set(found.group())))),
    ("ုိ", "ို"),
    ("ူိ|ိူ", "ို"),
    ("ံု", "ုံ"),
    ("စျ", "ဈ"),
    ("သြော်", "ဪ"),
    ("သြ", "ဩ"),
    ("ဥ်", "ဉ်"),
    ("ဦ", "ဦ"),
    (r"(\p{M})\1+", r"\1"),
]
_KHMER: List[Rule] = [
    ("្ដ", "្ត"),  # written alike, typed by taste
    ("េី|ីេ", "ើ"),
    ("េា|ាេ", "ោ"),
    ("([ា-ៅ])([៉៊])", r"\2\1"),
    ("ុ([ិ-ឺើ])", r"៊\1"),  # a vowel sign standing in for the register shifter it looks like
    ("ឲ", "ឱ"),
    ("ឣ", "អ"),
    ("ឤ", "អា"),
    (r"(\p{M})\1+", r"\1"),
]
_SINHALA: List[Rule] = [("අා", "ආ"), ("අැ", "ඇ"), ("අෑ", "ඈ"), ("එ්", "ඒ"), ("ඔ්", "ඕ"), ("ෙෙ", "ෛ")]
_TAMIL: List[Rule] = [("ஶ்ரீ", "ஸ்ரீ"), ("ஷ்ரீ", "ஸ்ரீ"), (r"(\p{M})\1+", r"\1")]
_BENGALI: List[Rule] = [("ত্\u200d", "ৎ"), ("ৰ", "র"), ("অা", "আ"), (r"(\p{M})\1+", r"\1")]
_DEVANAGARI: List[Rule] = [("ऱ", "र"), ("अा", "आ"), ("अो", "ओ"), ("अौ", "औ"), ("एे", "ऐ"), (r"(\p{M})\1+", r"\1")]
_ARABIC: List[Rule] = [("ـ", "")]

# Vietnamese is spelt with the tone on either vowel of oa, oe, uy: the older and the newer school.
_TONES = ("àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ")
_OLDER = {f"{glide}{toned}": f"{glide_toned}{plain}"
          for glide, plain, toneds in (("o", "a", _TONES[0]), ("o", "e", _TONES[1]), ("u", "y", _TONES[2]))
          for toned, glide_toned in zip(toneds, {"o": "òóỏõọ", "u": "ùúủũụ"}[glide], strict=True)}  # fmt: skip
_LATIN: List[Rule] = [
    ("[ðÐ]", "đ"),
    (rf"(?<![qQ])(?:{'|'.join(_OLDER)})\b", lambda found: _OLDER[found.group()]),
]

_OF_SCRIPT: Mapping[str, Sequence[Rule]] = {
    "Thai": _THAI, "Lao": _LAO, "Myanmar": _BURMESE, "Khmer": _KHMER, "Sinhala": _SINHALA, "Tamil": _TAMIL,
    "Bengali": _BENGALI, "Devanagari": _DEVANAGARI, "Arabic": _ARABIC, "Latin": _LATIN,
}  # fmt: skip

_FOR_A_READER_WITHOUT_EYES: List[Rule] = [
    (r"[\u200c\u200d]", ""),  # joiners: half of the writers of Sinhala and Nepali leave them out
    (r"[\u093c\u064b-\u0652\u0670]", ""),  # nuktas and Arabic vowel signs: the same
    ("ँ", "ं"),
    ("ຣ", "ລ"),  # the older and the newer Lao r
    (f"[{''.join(ARABIC_FORMS)}]", lambda found: ARABIC_FORMS[found.group()]),
    (r"(\p{L}\p{M}*)\1{2,}", r"\1\1"),
]


def _compiled(rules: Sequence[Rule]) -> List[Tuple[regex.Pattern, Union[str, Callable[[regex.Match], str]]]]:
    return [(regex.compile(pattern, flags=regex.V1), put) for pattern, put in rules]


_RULES = {script: _compiled(rules) for script, rules in _OF_SCRIPT.items()}
_LETTER_OF = {script: regex.compile(rf"\p{{{script}}}") for script in _OF_SCRIPT}
_GENERAL, _LAST = _compiled(_EVERYWHERE), _compiled(_FOR_A_READER_WITHOUT_EYES)
_ONE_FOR_ONE = str.maketrans({**_QUOTES, **DIGITS, "\n": " "})


def readable(text: str) -> str:
    """The same words in clean Unicode: NFC, Zawgyi converted, signs in the order of their script, no invisible
    characters but joiners, single spaces and line breaks. Case, digits, spelling and lines stay.
    ``readable(readable(x)) == readable(x)``."""
    text = _in_unicode(_apply(_GENERAL, text))
    text = unicodedata.normalize("NFC", text)
    for script, letter in _LETTER_OF.items():
        if letter.search(text):
            text = _apply(_RULES[script], text)
    return unicodedata.normalize("NFC", text).strip()


def normalised(text: str) -> str:
    """``readable`` and more: in one line, lower case, ASCII digits and quotes, "pleeease" as "pleease", no joiners."""
    text = readable(readable(text).lower())
    return _apply(_LAST, text.translate(_ONE_FOR_ONE)).strip()


def _apply(rules: Sequence[Tuple[regex.Pattern, Union[str, Callable[[regex.Match], str]]]], text: str) -> str:
    for pattern, put in rules:
        text = pattern.sub(put, text)
    return text


def _in_unicode(text: str) -> str:
    """Burmese typed with a Zawgyi font, which reuses Unicode's codes for other signs, as Unicode."""
    if not _LETTER_OF["Myanmar"].search(text):
        return text
    if _zawgyi_detector().get_zawgyi_probability(text) < SURE_OF_ZAWGYI:
        return text
    return str(_from_zawgyi().transliterate(text))


@lru_cache(maxsize=1)
def _zawgyi_detector() -> ZawgyiDetector:
    return ZawgyiDetector()


@lru_cache(maxsize=1)
def _from_zawgyi() -> Transliterator:
    return Transliterator.createInstance("Zawgyi-my")
