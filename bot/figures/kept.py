"""The vocabularies, made at training: making one takes a second, in which everybody else would wait.

One that does not fit the present examples and lists any more is made anew when it is needed.
"""

from __future__ import annotations

import hashlib
from array import array
from functools import lru_cache
from pathlib import Path
from typing import Optional
from zipfile import BadZipFile

import numpy as np

from bot.figures.vocabulary import EXAMPLES, Vocabulary, made_of_examples
from nlu.extraction.gazetteer import LOOKUPS
from translations.languages import LANGUAGES

KEPT = Path(__file__).resolve().parents[2] / "models" / "vocabulary"
_HERE = Path(__file__).parent
_MADE_FROM = (
    *sorted(_HERE.glob("*.yml")),
    *sorted(LOOKUPS.glob("*.yml")),
    _HERE / "vocabulary.py",
    _HERE / "places.py",
)


@lru_cache(maxsize=len(LANGUAGES))
def vocabulary(language: str, kept: Path = KEPT) -> Vocabulary:
    """As it was kept at training, or made now. Raises KeyError for a language that is none of ours, OSError."""
    return _read(_file_of(language, kept)) or made_of_examples(language)


def keep_vocabularies(kept: Path = KEPT) -> None:
    """Makes those of all languages; the ones of before go. Raises OSError."""
    kept.mkdir(parents=True, exist_ok=True)
    files = {_file_of(language, kept): language for language in LANGUAGES}
    for file, language in files.items():
        if not file.exists():
            made = made_of_examples(language)
            words = np.array(list(made.numbers))
            draft = file.with_suffix(".draft.npz")
            np.savez_compressed(draft, length=made.length, words=words, phrases=np.asarray(made.phrases, np.uint64))
            draft.replace(file)
    for old in set(kept.glob("*.npz")) - set(files):
        old.unlink()


def _file_of(language: str, kept: Path) -> Path:
    digest = hashlib.sha256()
    for path in (*_MADE_FROM, EXAMPLES / f"{LANGUAGES[language].code}.yml"):
        digest.update(path.read_bytes())
    return kept / f"{language}-{digest.hexdigest()[:16]}.npz"


def _read(file: Path) -> Optional[Vocabulary]:
    try:
        with np.load(file, allow_pickle=False) as stored:
            numbers = {str(word): number for number, word in enumerate(stored["words"])}
            return Vocabulary(int(stored["length"]), numbers, array("Q", stored["phrases"].tobytes()))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):  # not made yet, or broken: it can be made
        return None
