"""Which guided check people ask for in plain words: "check my contract with me", "is this agency registered?".

``nlu/lookups/checks/<lang>.yml`` holds for each check the wordings that ask for it (nlu/text/fragments.py).
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import yaml

from nlu.text.fragments import Fragment, FragmentFinder, Slots, fragment, stands_in

FOLDER = Path(__file__).parents[1] / "lookups" / "checks"
CHECKS = (
    "fee_check", "contract_check", "self_check", "offer_check", "agency_check", "cost", "departure", "welfare_claim",
)  # fmt: skip


class CheckFinder:
    """``CheckFinder.load().find("please check my contract")`` → ``"contract_check"``."""

    def __init__(self, wordings: Sequence[Tuple[str, Slots]]) -> None:
        self._with: Dict[Fragment, List[int]] = {}
        self._wordings = list(wordings)
        for place, (_, slots) in enumerate(self._wordings):
            for one in frozenset().union(*slots):
                self._with.setdefault(one, []).append(place)
        self._finder = FragmentFinder(self._with)

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> CheckFinder:
        """Of all languages. Raises ValueError naming the file that is broken."""
        return cls([wording for path in sorted(FOLDER.glob("*.yml")) for wording in _read(path)])

    def find(self, message: str) -> Optional[str]:
        """The check whose wording has most fragments in the message; None where none stands in it."""
        places = self._finder.places(message)
        touched = {place for one in places for place in self._with[one]}
        standing = [self._wordings[place] for place in sorted(touched)]
        standing = [(check, slots) for check, slots in standing if stands_in(slots, places)]
        return max(standing, key=lambda found: len(found[1]))[0] if standing else None


def _read(path: Path) -> List[Tuple[str, Slots]]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    unknown = set(content) - set(CHECKS)
    if unknown:
        raise ValueError(f"{path.name}: no such check: {', '.join(sorted(unknown))}")
    return [(check, _slots(line)) for check in CHECKS for line in content.get(check) or ()]


def _slots(line: str) -> Slots:
    return [frozenset(_fragment(words) for words in slot.split(" / ")) for slot in line.split(" + ")]


@cache
def _fragment(words: str) -> Fragment:
    """The same words stand in many lines, and to read them is slow."""
    return fragment(words)
