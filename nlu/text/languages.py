"""Which language a text is written in: by its script where that decides, else by its letters' company.

Knows the languages we speak, in their own and in Latin letters, and tells when a text is in none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional, Tuple

import numpy as np
import regex
import yaml
from scipy.optimize import minimize_scalar

from nlu.text.calibration import held_out, softmax, surprise
from nlu.text.foreign import likeness_to_foreign
from nlu.text.linear import LinearText, counts
from nlu.text.normalisation import normalised, readable
from nlu.text.scripts import LANGUAGE_OF_SCRIPT, script_of

OTHER_LANGUAGES = Path(__file__).resolve().parents[1] / "lookups" / "other_languages.yml"
FOREIGN = "other:"
SHARPNESS = 3.0
"""Where there are too few examples to fit one."""
FEWEST = 5
"""Examples of a language in a script."""
SURE_OF_FOREIGN = 0.6
SURE_OF_OURS = 0.9
VIEWS = ("text", "words")

_ANY_LETTER = regex.compile(r"\p{L}")


class Guess(NamedTuple):
    """``code``: a language of ours, None when unknown; ``foreign``: surely none of ours; ``script``: ISO 15924."""

    code: Optional[str]
    confidence: float
    script: Optional[str]
    foreign: bool = False


@dataclass
class OfOneScript:
    """Tells the languages of one script apart. ``sharpness`` turns margins into probabilities."""

    model: LinearText
    sharpness: float

    @classmethod
    def fit(cls, texts: List[str], languages: List[str]) -> OfOneScript:
        """``texts`` normalised; at least two languages, or LinearText's ValueError."""
        matrices, names = counts(texts, VIEWS), np.array(languages)
        model = LinearText.fit(matrices, languages)
        places = held_out(names)
        if places is None:
            return cls(model, SHARPNESS)
        seen, unseen = places
        part = LinearText.fit([matrix[seen] for matrix in matrices], names[seen])
        margins = part.margins([matrix[unseen] for matrix in matrices])
        return cls(model, _sharpness(margins, np.searchsorted(part.labels, names[unseen])))

    def probabilities(self, text: str) -> Dict[str, float]:
        """By language."""
        found = softmax(self.model.margins(counts([text], VIEWS)) * self.sharpness)[0]
        return {language: float(probability) for language, probability in zip(self.model.labels, found, strict=True)}

    def arrays(self) -> Dict[str, Any]:
        return {**self.model.arrays(), "sharpness": np.array(self.sharpness)}

    @classmethod
    def of_arrays(cls, kept: Mapping[str, Any]) -> OfOneScript:
        return cls(LinearText.of_arrays(kept), float(kept["sharpness"]))


class LanguageModel:
    """``by_script``: for each script that several languages share, what tells them apart."""

    def __init__(self, by_script: Mapping[str, OfOneScript]) -> None:
        self.by_script = dict(by_script)

    @classmethod
    def fit(cls, examples: Iterable[Tuple[str, str]]) -> LanguageModel:
        """``examples``: (text as people wrote it, language); a language that is not ours
        has FOREIGN before its code. A language with next to nothing in a script is not learnt in it."""
        found: Dict[str, Dict[str, List[str]]] = {}
        for written, language in examples:
            text = _letters(written)
            script = script_of(text)
            if script:
                found.setdefault(script, {}).setdefault(language, []).append(text)
        return cls({script: model for script, told in found.items() if (model := _told_apart(told))})

    def guess(self, written: str) -> Guess:
        """The language of a text as people wrote it."""
        text = _letters(written)
        script = script_of(text)
        if script is None:
            return Guess(None, 0.0, None, foreign=bool(_ANY_LETTER.search(text)))
        if script not in self.by_script:
            only = LANGUAGE_OF_SCRIPT.get(script)
            return Guess(only, 1.0 if only else 0.0, script)
        likely = self.by_script[script].probabilities(text)
        foreign = sum(probability for language, probability in likely.items() if language.startswith(FOREIGN))
        ours = {language: likely[language] for language in likely if not language.startswith(FOREIGN)}
        best = max(ours, key=lambda language: ours[language])
        if ours[best] < SURE_OF_OURS:
            foreign = max(foreign, likeness_to_foreign(text))
        if foreign > ours[best]:
            return Guess(None, foreign, script, foreign=foreign >= SURE_OF_FOREIGN)
        return Guess(best, ours[best], script)


def other_languages() -> List[Tuple[str, str]]:
    """Sentences in languages we do not speak, for training: (text, FOREIGN and a code)."""
    kept = yaml.safe_load(OTHER_LANGUAGES.read_text(encoding="utf-8"))["languages"]
    return [(text, FOREIGN + code) for code, texts in kept.items() for text in texts]


def _letters(written: str) -> str:
    """Normalised; but Arabic letters stay as typed, because they tell Urdu from its neighbours."""
    text = readable(written).lower()
    return text if script_of(text) == "Arab" else normalised(text)


def _told_apart(told: Mapping[str, List[str]]) -> Optional[OfOneScript]:
    enough = {language: texts for language, texts in told.items() if len(texts) >= FEWEST}
    pairs = [(text, language) for language, texts in enough.items() for text in texts]
    return OfOneScript.fit(*map(list, zip(*pairs, strict=True))) if len(enough) > 1 else None


def _sharpness(margins: np.ndarray, wanted: np.ndarray) -> float:
    """The factor under which what was meant is likeliest."""

    def surprise_of(log_factor: float) -> float:
        return surprise(softmax(margins * np.exp(log_factor)), wanted)

    return float(np.exp(minimize_scalar(surprise_of, bounds=(-2, 4), method="bounded").x))
