"""The sentences and whole texts the signs are learnt from: ``sentences/<lang>.jsonl`` and ``texts/<lang>.jsonl``.

A sentence is ``{"text": "…", "signs": ["visit_visa"]}``; a text is ``{"parts": [["…", ["visit_visa"]], …]}``. No sign
means honest or harmless.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Iterator, List, NamedTuple, Sequence, Tuple

FOLDER = Path(__file__).parent
SIGNS = (
    "visit_visa", "upfront_payment", "passport_demand", "hurry", "private_account", "no_written_contract",
    "pay_too_good", "border_town_online_work", "age_sex_demand", "lie_to_officials", "no_licence", "chat_app_only",
    "confined_recruitment_centre", "debt_deducted_from_wage",
)  # fmt: skip


class BrokenExamples(ValueError):
    """A line that cannot be learnt from; names file and line."""


class Part(NamedTuple):
    """A sentence or line, and the signs that stand in it."""

    text: str
    signs: Tuple[str, ...]


class Examples(NamedTuple):
    """``texts``: whole offers, as their parts; ``sentences``: parts that stand alone."""

    sentences: Sequence[Part]
    texts: Sequence[Sequence[Part]]


def load_examples(folder: Path = FOLDER) -> Examples:
    """Raises BrokenExamples."""
    sentences = [_part(one["text"], one["signs"], where) for one, where in _lines(folder / "sentences")]
    texts = [[_part(words, signs, where) for words, signs in one["parts"]] for one, where in _lines(folder / "texts")]
    return Examples(sentences, [_readable(parts) for parts in texts])


def _lines(folder: Path) -> Iterator[Tuple[dict, str]]:
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            where = f"{path.parent.name}/{path.name}:{number}"
            try:
                yield json.loads(line), where
            except ValueError:
                raise BrokenExamples(f"{where}: not JSON") from None


def _part(text: str, signs: List[str], where: str) -> Part:
    unknown = set(signs) - set(SIGNS)
    if unknown:
        raise BrokenExamples(f"{where}: no such sign: {', '.join(sorted(unknown))}")
    return Part(text, tuple(signs))


def _readable(parts: Sequence[Part]) -> List[Part]:
    return [part for part in parts if any(letter.isalnum() for letter in part.text)]
