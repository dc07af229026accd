"""Messages of tests/quality, put through the shipped product, and what they tell about it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence

import icu

from bot.dialogue import Dialogue, Turn
from nlu.text.wishes import is_topic

SET = Path(__file__).resolve().parents[1] / "tests" / "quality"
OFFERED = 3
REFUSALS = ("out_of_scope", "nlu_fallback")
LONG = 4
"""Words from which a message counts as long for the identification of its language."""


def word_count(text: str, language: str) -> int:
    """Words as ICU finds them: with dictionaries where Thai, Lao, Khmer and Burmese leave no space between them."""
    breaks = icu.BreakIterator.createWordInstance(icu.Locale(language))
    breaks.setText(text)
    return sum(1 for _ in breaks if breaks.getRuleStatus() >= icu.UWordBreak.NONE_LIMIT)


@dataclass(frozen=True)
class Judged:
    """One message in ``language``: what it means (``wanted``), and what was understood (``trace``)."""

    language: str
    wanted: Mapping[str, Any]
    trace: Mapping[str, Any]

    @property
    def acceptable(self) -> set[str]:
        return {self.wanted["intent"], *self.wanted.get("also", ())}

    @property
    def right(self) -> bool:
        return self.trace["intent"] in self.acceptable

    @property
    def offered(self) -> bool:
        """Answered with the right topic, or the right one is among the three that would be offered."""
        return self.right or bool(self.acceptable & {entry["intent"] for entry in self.trace["ranking"][:OFFERED]})

    @property
    def warned(self) -> bool:
        return bool(self.trace["danger"]["level"] != "none")

    @property
    def refused(self) -> bool:
        return self.trace["intent"] in REFUSALS

    @property
    def is_real(self) -> bool:
        """An advice question."""
        return is_topic(self.wanted["intent"])

    @property
    def in_own_language(self) -> bool:
        return bool(self.trace["language"] == self.language)

    @property
    def is_long(self) -> bool:
        return word_count(self.wanted["text"], self.language) >= LONG


@dataclass(frozen=True)
class Scores:
    """Shares, 0 to 1; None where no message tells. ``found``: danger warned of; ``false_alarms``: calm messages
    warned of; ``foreign_refused``, ``real_refused``: out of scope, and advice questions, not answered."""

    messages: int
    right: float | None
    offered: float | None
    found: float | None
    false_alarms: float | None
    foreign_refused: float | None
    real_refused: float | None


def scores(judged: Sequence[Judged]) -> Scores:
    return Scores(
        len(judged),
        share([one.right for one in judged]),
        share([one.offered for one in judged]),
        share([one.warned for one in judged if one.wanted["danger"] == "certain"]),
        share([one.warned for one in judged if one.wanted["danger"] == "none"]),
        share([one.refused for one in judged if one.wanted["intent"] == "out_of_scope"]),
        share([one.refused for one in judged if one.is_real]),
    )


def share(items: Sequence[bool]) -> float | None:
    return sum(items) / len(items) if items else None


def confusions(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """How often (meant, understood) was wrong."""
    return Counter((one.wanted["intent"], str(one.trace["intent"])) for one in judged if not one.right)


def calibration(judged: Sequence[Judged], bins: int = 10) -> List[tuple[int, float, float]]:
    """For each tenth of confidence: messages, mean confidence, share that was right."""
    kept: Dict[int, List[Judged]] = {}
    for one in judged:
        if one.trace["ranking"]:
            kept.setdefault(min(bins - 1, int(_confidence(one) * bins)), []).append(one)
    return [
        (len(told), sum(map(_confidence, told)) / len(told), share([_first_is_right(one) for one in told]) or 0.0)
        for _, told in sorted(kept.items())
    ]


def _confidence(one: Judged) -> float:
    return float(one.trace["ranking"][0]["confidence"])


def _first_is_right(one: Judged) -> bool:
    return one.trace["ranking"][0]["intent"] in one.acceptable


def read(path: Path) -> List[Dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def judge(dialogue: Dialogue, path: Path) -> List[Judged]:
    """Every line of a file in a conversation of its own, asked by somebody who chose the file's language."""
    judged = []
    for number, wanted in enumerate(read(path)):
        turn = Turn(f"quality-{path.stem}-{number}", text=wanted["text"], profile={"language": path.stem})
        replies = await dialogue.send(turn)
        judged.append(Judged(path.stem, wanted, dict(replies[-1].custom["trace"])))
    return judged


async def judge_all(dialogue: Dialogue, folder: Path) -> List[Judged]:
    """Every line of every language of a set."""
    judged: List[Judged] = []
    for path in sorted(folder.glob("*.jsonl")):
        judged += await judge(dialogue, path)
    return judged
