"""Which guided check people ask for in plain words: "check my contract with me", "is this agency registered?".

``nlu/lookups/checks/<lang>.yml`` holds for each check the wordings that ask for it (nlu/text/fragments.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional

from nlu.extraction.events import EventFinder
from nlu.extraction.labelled import LabelledWordings

FOLDER = Path(__file__).parents[1] / "lookups" / "checks"
CHECKS = (
    "fee_check", "contract_check", "self_check", "offer_check", "agency_check", "cost", "departure", "welfare_claim",
)  # fmt: skip


class CheckFinder:
    """``CheckFinder.load().find("please check my contract")`` → ``"contract_check"``."""

    def __init__(self, wordings: LabelledWordings, events: EventFinder) -> None:
        self._wordings, self._events = wordings, events

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> CheckFinder:
        """Of all languages. Raises ValueError naming the file that is broken."""
        return cls(LabelledWordings.read(FOLDER, CHECKS), EventFinder.load())

    def find(self, message: str) -> Optional[str]:
        """The check whose wording has most fragments in the message; None where none stands in it. Who reckons what the
        insurance pays once they are gone wants none."""
        standing = self._wordings.standing_in(message)
        if not standing or self._events.tells_despair(message):
            return None
        return max(standing, key=lambda found: len(found[1]))[0]
