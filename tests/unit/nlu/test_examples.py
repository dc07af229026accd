"""The training examples: enough of each, none under two meanings, none copied into the quality set."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Set, Tuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
INTENTS = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
FILES = sorted((ROOT / "nlu" / "examples").glob("*.yml"))


def examples(path: Path) -> Iterator[Tuple[str, str, str]]:
    """(intent, script, text) of each example."""
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            yield block["intent"], block["metadata"]["script"], line.removeprefix("- ").strip()


def counted(path: Path) -> Dict[Tuple[str, str], int]:
    counts: Dict[Tuple[str, str], int] = defaultdict(int)
    for intent, script, _ in examples(path):
        counts[intent, script] += 1
    return counts


def plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_intent_has_examples_and_no_other_name_is_used(path: Path) -> None:
    assert {intent for intent, _, _ in examples(path)} == set(INTENTS)


BIGGEST = (
    "ask_fees",
    "ask_refund",
    "ask_agency_licence",
    "ask_offer_check",
    "ask_contract",
    "ask_documents",
    "ask_wages",
    "report_unpaid_wages",
)
ROMANISED = ("ne", "bn", "hi", "ur", "ta", "si")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_intent_has_enough_examples(path: Path) -> None:
    """Twelve an intent, twenty for the topics asked most, twenty-five for danger; six in Latin letters where people
    type so."""
    counts = counted(path)
    for intent in INTENTS:
        in_all = sum(count for (counted_intent, _), count in counts.items() if counted_intent == intent)
        least = 25 if intent.startswith("danger_") else 20 if intent in BIGGEST else 12
        assert in_all >= least, intent
        if path.stem in ROMANISED:
            assert counts[intent, "Latn"] >= 6, intent


def test_vietnamese_is_learnt_without_its_accents_too() -> None:
    plain_typed = defaultdict(int)
    for block in yaml.safe_load((ROOT / "nlu" / "examples" / "vi.yml").read_text(encoding="utf-8"))["nlu"]:
        if block["metadata"].get("accents") == "none":
            plain_typed[block["intent"]] += len(block["examples"].splitlines())
    assert all(plain_typed[intent] >= 6 for intent in INTENTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_examples_of_an_intent_are_near_copies(path: Path) -> None:
    """Near: of their runs of three letters, more than five in six are the same."""
    by_intent: Dict[str, List[Tuple[str, FrozenSet[str]]]] = defaultdict(list)
    for intent, _, text in examples(path):
        letters = plain(text)
        by_intent[intent].append((text, frozenset(letters[i : i + 3] for i in range(len(letters) - 2))))
    near = [
        (intent, one, other)
        for intent, told in by_intent.items()
        for (one, grams), (other, others) in combinations(told, 2)
        if min(len(grams), len(others)) >= 8 and len(grams & others) >= 0.85 * len(grams | others)
    ]
    assert near == []


def test_no_example_stands_under_two_intents() -> None:
    meanings: Dict[str, Set[str]] = defaultdict(set)
    for path in FILES:
        for intent, _, text in examples(path):
            meanings[text.lower()].add(intent)
    assert {text: found for text, found in meanings.items() if len(found) > 1} == {}


QUALITY = ROOT / "tests" / "quality"
SETS = ("cries", "farewells", "hard", "ordinary")


@pytest.mark.parametrize(
    "path",
    sorted(path for name in (".", *SETS) for path in (QUALITY / name).glob("*.jsonl")),
    ids=lambda path: str(path.relative_to(QUALITY).with_suffix("")),
)
def test_the_quality_set_is_well_formed_and_not_copied_from_the_examples(path: Path) -> None:
    learnt = {plain(text) for file in FILES for _, _, text in examples(file) if len(text.split()) > 3}
    for line in path.read_text(encoding="utf-8").splitlines():
        wanted = json.loads(line)
        assert wanted["intent"] in INTENTS
        assert set(wanted["also"]) <= set(INTENTS)
        assert wanted["danger"] in ("none", "possible", "certain")
        assert plain(wanted["text"]) not in learnt
