"""A list of recruitment agencies, looked up by name or licence number.

Names are compared as they sound in Latin letters (anyascii), word by word, because people and offices spell them in
many ways and in two scripts. A word that many agencies share ("overseas", "manpower") counts less than one that only a
few have: inverse document frequency, as in K. Spärck Jones (1972), taken from the list itself.
"""

from __future__ import annotations

import datetime
import hashlib
import math
import re
from collections import Counter
from statistics import median
from typing import Dict, List, Literal, NamedTuple, Optional, Sequence, Tuple

from anyascii import anyascii
from rapidfuzz import fuzz, process

Status = Literal["valid", "suspended", "cancelled", "expired", "blacklisted", "unknown"]
SAME, CLOSE, TELLING = 0.85, 0.62, 0.45
"""From which likeness on a name is taken for the one asked for, and from which it is offered; the last where it has
all that was told: "manpower" alone tells nothing."""
CLEARLY = 0.05
"""How much more of what was told the best name must have than others to be taken for the one asked for."""
UNKNOWN = 0.5
"""What a word that no name of the list has counts against a usual one: it can be a misspelt common one."""
MOST_OFFERED = 4
MOST_REMEMBERED = 5000
LONGEST_QUESTION = 200
"""Characters in which the name of an agency is looked for."""


class Agency(NamedTuple):
    """One row of a list. ``expiry``: the day the licence ends, if the list says."""

    name: str
    licence_number: str
    status: Status
    expiry: Optional[datetime.date]
    address: str

    @property
    def mark(self) -> str:
        """Eight hexadecimal digits that name it on a button, also after a newer list has moved the rows."""
        return hashlib.sha256(f"{self.name}\n{self.licence_number}".encode()).hexdigest()[:8]


class Found(NamedTuple):
    """``likeness`` of the names 0 … 1; ``coverage``: how much of what was told
    the name has; ``is_whole``: no word of the name was left out."""

    agency: Agency
    likeness: float
    coverage: float
    is_whole: bool


class AgencyList:
    """The agencies of one country as its office published them on ``as_of``."""

    def __init__(self, country: str, as_of: datetime.date, source: str, agencies: Sequence[Agency]) -> None:
        self.country, self.as_of, self.source, self.agencies = country, as_of, source, tuple(agencies)
        self._words: List[Tuple[str, ...]] = [tuple(dict.fromkeys(words_of(agency.name))) for agency in agencies]
        self._with: Dict[str, List[int]] = {}
        for row, words in enumerate(self._words):
            for word in words:
                self._with.setdefault(word, []).append(row)
        self._numbers: Dict[str, List[int]] = {}
        for row, agency in enumerate(agencies):
            self._numbers.setdefault(_bare(agency.licence_number), []).append(row)
        self._vocabulary = list(self._with)
        self._remembered: Dict[str, Dict[str, float]] = {}
        self._usual_weight = median([self._weight(word) for word in self._vocabulary] or [0.0])
        self._bones = [_bones(word) for word in self._vocabulary]

    def find(self, asked: str) -> List[Found]:
        """What may be meant by ``asked``, the likeliest first, at most ``MOST_OFFERED``; by the licence number where
        one is told."""
        by_number = [Found(self.agencies[row], 1.0, 1.0, True) for row in self._numbered(asked)]
        return by_number[:MOST_OFFERED] or self._named(asked)

    def _numbered(self, asked: str) -> List[int]:
        """Rows of the licence number that is told: all that is told, or written as licence numbers are ("12/071")."""
        text = anyascii(asked).strip()
        numbers = [one for one in re.findall(r"[\w/.-]*\d[\w/.-]*", text) if one == text or "/" in one]
        return [row for number in numbers[:1] for row in self._numbers.get(_bare(number), ()) if _bare(number)]

    def _named(self, asked: str) -> List[Found]:
        told = [self._like(word) for word in dict.fromkeys(words_of(asked))]
        rows = Counter(row for likes in told for like in likes for row in self._with[like])
        found = [Found(self.agencies[row], *self._likeness(told, row)) for row in rows]
        close = [one for one in found if one.likeness >= CLOSE or (one.coverage >= SAME and one.likeness >= TELLING)]
        return sorted(close, key=lambda one: (-one.likeness, one.agency.name))[:MOST_OFFERED]

    def named_in(self, sentence: str) -> Optional[Found]:
        """The agency whose whole name stands in a longer sentence ("is X Overseas licensed?"), if there is one."""
        words = words_of(sentence[:LONGEST_QUESTION])
        for size in range(min(len(words), 6), 0, -1):
            for start in range(len(words) - size + 1):
                found = the_one(self._named(" ".join(words[start : start + size])))
                if found is not None and self._is_telling(words[start : start + size]):
                    return found
        return None

    def _is_telling(self, words: Sequence[str]) -> bool:
        """Whether words hold more than what very many names share, such as "overseas"."""
        few = max(3, len(self.agencies) // 20)
        return any(len(self._with[like]) <= few for word in words if len(word) > 2 for like in self._like(word))

    def _like(self, word: str) -> Dict[str, float]:
        """What ``_sounding_like`` found, remembered: the words of a question are looked up many times over."""
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.clear()
        if word not in self._remembered:
            self._remembered[word] = self._sounding_like(word)
        return self._remembered[word]

    def _sounding_like(self, word: str) -> Dict[str, float]:
        """Words of the list that sound like ``word``, with their likeness 0 … 1. Vowels count half: scripts of South
        Asia leave some of them out."""
        bones = _bones(word)
        as_heard = process.cdist([word], self._vocabulary, scorer=fuzz.ratio)[0]
        as_built = process.cdist([bones], self._bones, scorer=fuzz.ratio)[0]
        both = (as_heard + as_built) / 200
        return {self._vocabulary[at]: float(both[at]) for at in (both >= _least_like(bones)).nonzero()[0]}

    def _likeness(self, told: Sequence[Dict[str, float]], row: int) -> Tuple[float, float, bool]:
        """Weighted share of words that both names have, what only one has counting against it; the share of the
        told words that the name has; whether all of its words were told."""
        words = self._words[row]
        matched: Dict[str, float] = {}
        shared = lost = 0.0
        for likes in told:
            best = max(((likes[one], one) for one in words if one in likes), default=(0.0, ""))
            weight = self._weight(best[1]) if best[1] else UNKNOWN * self._usual_weight
            shared += best[0] ** 2 * weight
            lost += (1 - best[0] ** 2) * weight
            if best[1]:
                matched[best[1]] = best[0]
        left = sum(self._weight(word) for word in words if word not in matched)
        if not shared:
            return 0.0, 0.0, False
        return shared / (shared + lost + left), shared / (shared + lost), len(matched) == len(words)

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self.agencies) / (1 + len(self._with.get(word, ())))) ** 2


def the_one(found: Sequence[Found]) -> Optional[Found]:
    """The agency that is meant, where there is no doubt about it: by its whole name, or because no other name has as
    much of what was told."""
    if not found or found[0].likeness < SAME:
        return None
    best, others = found[0], found[1:]
    is_the_whole_name = best.is_whole and not any(one.is_whole and one.likeness >= SAME for one in others)
    return best if is_the_whole_name or all(best.coverage - one.coverage >= CLEARLY for one in others) else None


def words_of(name: str) -> List[str]:
    """A name as it sounds, in words of Latin letters: "ओभरसिज प्रा. लि." and "Oversees Pvt. Ltd." come near."""
    heard = re.sub(r"[^a-z0-9 ]+", " ", anyascii(name).casefold())
    for spelling, sound in _SOUNDS:
        heard = re.sub(spelling, sound, heard)
    return [word for word in heard.split() if word not in _FORMS_OF_COMPANY]


_SOUNDS = (
    ("ph", "f"),
    ("c(?=[eiy])", "s"),
    ("w|bh", "v"),
    ("[cq]", "k"),
    ("z", "j"),
    ("([skgtd])h", r"\1"),
    ("ee|ea|y", "i"),
    ("oo|ou", "u"),
    (r"([a-z])\1+", r"\1"),
)
"""Spellings that sound alike, in the order of replacing."""

_FORMS_OF_COMPANY = frozenset(
    ("pvt", "ltd", "limited", "private", "prali", "pra", "li", "ink", "korp", "ko", "kompani", "the", "and", "pt", "kv")
)
"""As they sound: "Pvt. Ltd.", "प्रा. लि.", "Inc.", "Corp.", "Co.", "Company", "PT", "CV"."""


def _bones(word: str) -> str:
    """The consonants of a word without those that Urdu writes vowels with, s and z as one; the word itself where none
    are left."""
    return re.sub(r"[aeiouvh]", "", word).replace("j", "s") or word


def _least_like(bones: str) -> float:
    """Short words must be more alike: "Star" is no "Stan"."""
    return 0.84 if len(bones) <= 3 else 0.78


def _bare(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", anyascii(number).casefold())
