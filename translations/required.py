"""What each language must have translated: facts of its own home countries and of the countries its people go to."""

from __future__ import annotations

from typing import Dict, Iterable, List, Mapping, Tuple

from knowledge.schema import Fact
from translations.languages import LANGUAGES, Language, spoken


def required_facts(facts: Iterable[Fact]) -> Dict[str, List[str]]:
    """Language → ids of the facts that must be in its catalog."""
    by_side: Dict[Tuple[str, str], List[str]] = {}
    for fact in facts:
        by_side.setdefault((fact.role, fact.country), []).append(fact.id)
    return {code: _required(LANGUAGES[code], by_side) for code in spoken() if code != "en"}  # English is the source


def _required(language: Language, by_side: Mapping[Tuple[str, str], List[str]]) -> List[str]:
    sides = [("origin", country) for country in language.home] + [
        ("destination", country) for country in language.abroad
    ]
    return [fact_id for side in sides for fact_id in by_side.get(side, [])]
