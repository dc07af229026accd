"""Which guided check people ask for in plain words: "check my contract with me", "is this agency registered?".

``nlu/lookups/checks/<lang>.yml`` holds for each check the wordings that ask for it (nlu/text/fragments.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional

from nlu.extraction.labelled import LabelledWordings

FOLDER = Path(__file__).parents[1] / "lookups" / "checks"
CHECKS = (
    "fee_check", "contract_check", "self_check", "offer_check", "agency_check", "cost", "departure", "welfare_claim",
)  # fmt: skip


class CheckFinder:
    """``CheckFinder.load().find("please check my contract")`` → ``"contract_check"``."""

    def __init__(self, wordings: LabelledWordings) -> None:
        self._wordings = wordings

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> CheckFinder:
        """Of all languages. Raises ValueError naming the file that is broken."""
        return cls(LabelledWordings.read(FOLDER, CHECKS))

    def find(self, message: str) -> Optional[str]:
        """The check whose wording has most fragments in the message; None where none stands in it."""
        standing = self._wordings.standing_in(message)
        return max(standing, key=lambda found: len(found[1]))[0] if standing else None
