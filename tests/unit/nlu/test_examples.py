"""The training examples: enough of each, none under two meanings, none copied into the quality set."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Dict, Iterator, Set, Tuple

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


@pytest.mark.parametrize(
    ("language", "script", "at_least"), [("en", "Latn", 25), ("ne", "Deva", 15), ("ne", "Latn", 8)]
)
@pytest.mark.parametrize("intent", INTENTS)
def test_english_and_nepali_have_enough(language: str, script: str, at_least: int, intent: str) -> None:
    assert counted(ROOT / "nlu" / "examples" / f"{language}.yml")[intent, script] >= at_least


def test_no_example_stands_under_two_intents() -> None:
    meanings: Dict[str, Set[str]] = defaultdict(set)
    for path in FILES:
        for intent, _, text in examples(path):
            meanings[text.lower()].add(intent)
    assert {text: found for text, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "quality").glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_quality_set_is_well_formed_and_not_copied_from_the_examples(path: Path) -> None:
    learnt = {plain(text) for file in FILES for _, _, text in examples(file) if len(text.split()) > 3}
    for line in path.read_text(encoding="utf-8").splitlines():
        wanted = json.loads(line)
        assert wanted["intent"] in INTENTS
        assert set(wanted["also"]) <= set(INTENTS)
        assert wanted["danger"] in ("none", "possible", "certain")
        assert plain(wanted["text"]) not in learnt
