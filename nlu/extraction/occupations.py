"""Kinds of work in what people write: "maid", "घरेलु कामदार", "tài xế" stand for ids of knowledge/occupations.yml."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Iterator, NamedTuple

import regex
import yaml

from nlu.extraction.folding import fold_phrase
from nlu.extraction.gazetteer import LOOKUPS, Gazetteer, Match

_LOOKUP = LOOKUPS / "occupations.yml"
_WEAK = "~"
# "work in a hotel": this much may stand between a place and a word for work, but no end of a sentence.
_FURTHEST_WORK_WORD = 12
_SENTENCE_END = regex.compile(r"[.?!;\n।|]")
# A vowel of a glued ending stands in place of this sign: டிரைவர், but டிரைவருக்கு.
_VOWEL_KILLERS = ("\u0bcd", "\u0dca")
_SHORTEST_STEM = 4
_MARKS = regex.compile(r"\p{M}*")
_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_NUMBER_BEFORE = regex.compile(r"\p{N}\s*$")
_NUMBER_AFTER = regex.compile(r"\s*\p{N}")


class OccupationMention(NamedTuple):
    """``text[start:end]`` names the job ``value``, an id of knowledge/occupations.yml."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Reading:
    """What a phrase stands for: a job, or no job at all (``job`` is None)."""

    job: str | None
    is_weak: bool = False
    only_in_capitals: bool = False


class OccupationFinder:
    """``OccupationFinder().find("khadama in Kuwait")`` → ``[OccupationMention("domestic_worker", 0, 7)]``."""

    def __init__(self) -> None:
        content = yaml.safe_load(_LOOKUP.read_bytes())
        self._jobs: Gazetteer[_Reading] = Gazetteer(_readings(content))
        work_words = (word for words in content["work_words"].values() for word in words)
        self._work_words: Gazetteer[None] = Gazetteer((word, None) for word in work_words)

    def find(self, text: str) -> list[OccupationMention]:
        """All jobs named in the text from left to right, the longest phrase at each place."""
        found = self._jobs.find(text)
        if not found:
            return []
        needs_work_words = any(match.value.is_weak for match in found)
        work_words = self._work_words.find(text) if needs_work_words else []
        return [
            # Half a letter cannot be shown or cut out: the vowel of a glued ending comes along.
            OccupationMention(match.value.job, match.start, _MARKS.match(text, match.end).end())
            for match in found
            if match.value.job is not None and _counts(match, text, work_words)
        ]


def jobs_by_phrase() -> dict[str, set[str]]:
    """Every folded phrase of the lookup with the jobs it stands under; more than one is a mistake in the lookup."""
    jobs: defaultdict[str, set[str]] = defaultdict(set)
    for phrase, reading in _readings(yaml.safe_load(_LOOKUP.read_bytes())):
        if reading.job is not None:
            jobs[fold_phrase(phrase).replace("-", " ")].add(reading.job)
    return dict(jobs)


def _readings(content: dict[str, Any]) -> Iterator[tuple[str, _Reading]]:
    for phrases in content["no_occupation"].values():
        yield from ((phrase, _Reading(None)) for phrase in phrases)
    for job, by_language in content["occupations"].items():
        for phrases in by_language.values():
            for phrase in phrases:
                reading = _Reading(job, is_weak=phrase.endswith(_WEAK), only_in_capitals=phrase.isupper())
                yield from ((spelling, reading) for spelling in _spellings(phrase.removesuffix(_WEAK)))


def _spellings(phrase: str) -> Iterator[str]:
    yield phrase
    if phrase.endswith(_VOWEL_KILLERS) and len(phrase) > _SHORTEST_STEM:
        yield phrase[:-1]


def _counts(match: Match[_Reading], text: str, work_words: list[Match[None]]) -> bool:
    if match.value.only_in_capitals and not _is_abbreviation(match, text):
        return False
    return not match.value.is_weak or _is_whole_message(match, text) or _is_near(match, text, work_words)


def _is_abbreviation(match: Match[_Reading], text: str) -> bool:
    """DH, but neither "dh" nor the dirhams of "1500 DH"."""
    return (
        text[match.start : match.end].isupper()
        and not _NUMBER_BEFORE.search(text, endpos=match.start)
        and not _NUMBER_AFTER.match(text, match.end)
    )


def _is_whole_message(match: Match[_Reading], text: str) -> bool:
    return not _LETTER.search(text, endpos=match.start) and not _LETTER.search(text, pos=match.end)


def _is_near(match: Match[_Reading], text: str, work_words: list[Match[None]]) -> bool:
    gaps = (
        text[work.end : match.start] if work.end <= match.start else text[match.end : work.start] for work in work_words
    )
    return any(len(gap) <= _FURTHEST_WORK_WORD and not _SENTENCE_END.search(gap) for gap in gaps)
