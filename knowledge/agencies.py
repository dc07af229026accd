"""Lists of recruitment agencies that an operator imports: one dated CSV file a country, looked up by name or number.

Names are compared as they sound in Latin letters (anyascii), word by word, because people and offices spell them in
many ways and in two scripts. A word that many agencies share ("overseas", "manpower") counts less than one that only a
few have: inverse document frequency, as in K. Spärck Jones (1972), taken from the list itself.
"""

from __future__ import annotations

import csv
import datetime
import json
import math
import os
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Dict, Iterable, List, Literal, NamedTuple, Optional, Sequence, Tuple

from anyascii import anyascii
from rapidfuzz import fuzz, process

from knowledge.schema import known_country

Status = Literal["valid", "suspended", "cancelled", "expired", "blacklisted", "unknown"]
COLUMNS = ("name", "licence_number", "status", "expiry", "address")
SAME, CLOSE, TELLING = 0.85, 0.62, 0.45
"""From which likeness on a name is taken for the one asked for, and from which it is offered; the last where it has
all that was told: "manpower" alone tells nothing."""
CLEARLY = 0.05
"""How much more of what was told the best name must have than others to be taken for the one asked for."""
UNKNOWN = 0.5
"""What a word that no name of the list has counts against a usual one: it can be a misspelt common one."""
MOST_OFFERED = 4
_STATUSES: Dict[str, Status] = {
    **dict.fromkeys(("valid", "active", "licensed", "renewed", "running", "good standing", "ok"), "valid"),
    **dict.fromkeys(("suspended", "on hold", "temporarily suspended", "preventive suspension"), "suspended"),
    **dict.fromkeys(("cancelled", "canceled", "revoked", "delisted", "closed", "dismissed", "terminated"), "cancelled"),
    **dict.fromkeys(("expired", "lapsed", "not renewed"), "expired"),
    **dict.fromkeys(("blacklisted", "black list", "black listed", "banned"), "blacklisted"),
}


class BrokenList(ValueError):
    """A list that cannot be used; one line that names the row and the column."""


class Agency(NamedTuple):
    """One row of a list. ``expiry``: the day the licence ends, if the list says."""

    name: str
    licence_number: str
    status: Status
    expiry: Optional[datetime.date]
    address: str


class Found(NamedTuple):
    """``row``: place in the list, from 0; ``likeness`` of the names 0 … 1; ``coverage``: how much of what was told
    the name has; ``is_whole``: no word of the name was left out."""

    row: int
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
        self._numbers = {_bare(agency.licence_number): row for row, agency in enumerate(agencies)}
        self._vocabulary = list(self._with)
        self._usual_weight = median([self._weight(word) for word in self._vocabulary] or [0.0])
        self._bones = [_bones(word) for word in self._vocabulary]

    def find(self, asked: str) -> List[Found]:
        """What may be meant by ``asked``, the likeliest first, at most ``MOST_OFFERED``; by the licence number where
        one is told."""
        for number in re.findall(r"[\w/.-]*\d[\w/.-]*", anyascii(asked)):
            row = self._numbers.get(_bare(number))
            if row is not None and _bare(number):
                return [Found(row, self.agencies[row], 1.0, 1.0, True)]
        told = [self._like(word) for word in dict.fromkeys(words_of(asked))]
        rows = Counter(row for likes in told for like in likes for row in self._with[like])
        found = [Found(row, self.agencies[row], *self._likeness(told, row)) for row in rows]
        close = [one for one in found if one.likeness >= CLOSE or (one.coverage >= SAME and one.likeness >= TELLING)]
        return sorted(close, key=lambda one: (-one.likeness, one.agency.name))[:MOST_OFFERED]

    def named_in(self, sentence: str) -> Optional[Found]:
        """The agency whose whole name stands in a longer sentence ("is X Overseas licensed?"), if there is one."""
        words = words_of(sentence)
        for size in range(min(len(words), 6), 0, -1):
            for start in range(len(words) - size + 1):
                found = the_one(self.find(" ".join(words[start : start + size])))
                if found is not None and self._is_telling(words[start : start + size]):
                    return found
        return None

    def _is_telling(self, words: Sequence[str]) -> bool:
        """Whether words hold more than what very many names share, such as "overseas"."""
        few = max(3, len(self.agencies) // 20)
        return any(len(self._with[like]) <= few for word in words if len(word) > 2 for like in self._like(word))

    def _like(self, word: str) -> Dict[str, float]:
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
    (r"(.)\1+", r"\1"),
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
    return re.sub(r"[^a-z0-9]", "", number.casefold())


def read_csv(path: Path) -> List[Agency]:
    """The rows of a CSV file with a head of at least ``name`` and ``licence_number``. Raises BrokenList, OSError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            head = [(column or "").strip().casefold().replace(" ", "_") for column in rows.fieldnames or ()]
            head = [column.replace("license", "licence").replace("licence_no", "licence_number") for column in head]
            head = ["licence_number" if column == "licence_numberumber" else column for column in head]
            rows.fieldnames = head
            for column in COLUMNS[:2]:
                if column not in head:
                    raise BrokenList(f"{path.name}: there is no column {column!r}; wanted: {', '.join(COLUMNS)}")
            found = [_agency(row, f"{path.name}, row {place}") for place, row in enumerate(rows, start=2)]
    except UnicodeDecodeError:
        raise BrokenList(f"{path.name}: not UTF-8 text") from None
    except csv.Error as error:
        raise BrokenList(f"{path.name}: {error}") from None
    if not found:
        raise BrokenList(f"{path.name}: no agency in it")
    return found


def _agency(row: Dict[str, Optional[str]], where: str) -> Agency:
    told = {column: " ".join((row.get(column) or "").split()) for column in COLUMNS}
    if not told["name"]:
        raise BrokenList(f"{where}: no name")
    return Agency(
        told["name"],
        told["licence_number"],
        _status(told["status"], where),
        _day(told["expiry"], where),
        told["address"],
    )


def _status(told: str, where: str) -> Status:
    if not told:
        return "unknown"
    status = _STATUSES.get(told.casefold().replace("-", " "))
    if status is None:
        raise BrokenList(f"{where}: status {told!r} is none of {', '.join(sorted(_STATUSES))}")
    return status


def _day(told: str, where: str) -> Optional[datetime.date]:
    try:
        return datetime.date.fromisoformat(told) if told else None
    except ValueError:
        raise BrokenList(f"{where}: expiry {told!r} is no day like 2027-03-31") from None


def folder() -> Path:
    """Where imported lists are kept: ``agencies`` in the folder of this installation (``ADVISOR_VAR``, else var/)."""
    return Path(os.environ.get("ADVISOR_VAR") or Path(__file__).resolve().parents[1] / "var") / "agencies"


def keep(imported: AgencyList, into: Optional[Path] = None) -> Path:
    """Writes a list, in place of an older one of that country; returns the file."""
    known_country(imported.country)
    target = (into or folder()) / f"{imported.country}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "as_of": imported.as_of.isoformat(),
        "source": imported.source,
        "agencies": [[*agency[:3], agency.expiry and agency.expiry.isoformat(), agency.address]
                     for agency in imported.agencies],
    }  # fmt: skip
    draft = target.with_suffix(".new")
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft.replace(target)
    return target


def list_of(country: Optional[str]) -> Optional[AgencyList]:
    """The imported list of a country; None where there is none."""
    path = folder() / f"{country}.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=30)
def _read(path: Path, changed: int) -> AgencyList:
    """``changed`` makes an import take effect at the next question, without a restart."""
    content = json.loads(path.read_text(encoding="utf-8"))
    rows: Iterable[list] = content["agencies"]
    agencies = [
        Agency(name, number, status, expiry and datetime.date.fromisoformat(expiry), address)
        for name, number, status, expiry, address in rows
    ]
    return AgencyList(path.stem, datetime.date.fromisoformat(content["as_of"]), content["source"], agencies)
