"""``python -m bench.meaning [--lowest 10]``: translations whose meaning lies farthest from their source.

The sentence encoder puts a translation near its English source; the lowest similarities of each language are worth a
second reading. It is weak for Khmer and Lao, so compare within a language only.
"""

from __future__ import annotations

import argparse
from typing import Dict, List, Tuple

from bench.sample import vectors
from knowledge.base import FactBase
from translations.extract import english_sentences
from translations.languages import spoken
from translations.localizer import Localizer

SHORTEST = 25
"""Characters of the English; similarities of single words say nothing."""


def pairs(code: str) -> List[Tuple[str, str, str]]:
    """(key, English, translation) of every longer sentence and fact."""
    speak = Localizer.of(code)
    sentences: Dict[str, str] = english_sentences()
    told = [(key, source, speak.text(key)) for key, source in sentences.items() if len(source) >= SHORTEST]
    facts = [(fact.id, fact.summary, speak.fact(fact.id, fact.summary)) for fact in FactBase.load()]
    return [*told, *((key, source, sentence.text) for key, source, sentence in facts if sentence.translated)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Translations to read again.")
    parser.add_argument("--lowest", type=int, default=10, help="how many of each language")
    chosen = parser.parse_args()
    for code in spoken():
        if code == "en":
            continue
        told = pairs(code)
        likeness = (vectors([source for _, source, _ in told]) * vectors([text for *_, text in told])).sum(axis=1)
        print(f"\n{code}: {len(told)} sentences, median similarity {sorted(likeness)[len(told) // 2]:.2f}")
        for place in likeness.argsort()[: chosen.lowest]:
            key, source, text = told[place]
            print(f"  {likeness[place]:.2f}  {key}\n        {source}\n        {text}")


if __name__ == "__main__":
    main()
