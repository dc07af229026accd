"""What each language must have translated: facts of its own home country, as far as this stage of the work asks."""

from __future__ import annotations

from typing import Dict, Iterable, List

from knowledge.schema import Fact
from translations.languages import LANGUAGES, spoken


def required_facts(facts: Iterable[Fact]) -> Dict[str, List[str]]:
    """Language → ids of the facts that must be in its catalog."""
    by_origin: Dict[str, List[str]] = {}
    for fact in facts:
        if fact.role == "origin":
            by_origin.setdefault(fact.country, []).append(fact.id)
    return {
        code: [fact_id for country in LANGUAGES[code].home for fact_id in by_origin.get(country, [])]
        for code in spoken()
        if code != "en"  # the source itself
    }
