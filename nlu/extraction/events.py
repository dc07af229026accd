"""What has happened, after which a fund or an insurance may pay: "my husband died in Qatar", "they sent me back".

``nlu/lookups/checks/events/<lang>.yml`` holds for each event the wordings that tell it, and under ``general`` those
that ask what would be paid if it happened, and under ``despair`` those of somebody alive who may not want to be,
and under ``suicide`` those of the dead who took their life (nlu/text/fragments.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Optional, Set

from nlu.extraction.labelled import LabelledWordings

FOLDER = Path(__file__).parents[1] / "lookups" / "checks" / "events"
EVENTS = ("death", "injury", "illness", "sent_home", "unpaid", "family")
GENERAL, DESPAIR, SUICIDE = "general", "despair", "suicide"
LINE = 80
"""Characters."""
FIRST = ("death", "injury")
"""Whoever tells of one of these may tell of another too (sent home after an accident, wages of the dead): the claim is
for this one."""


class EventFinder:
    """``EventFinder.load().find("my husband died in Qatar, what can we get")`` → ``"death"``."""

    def __init__(self, wordings: LabelledWordings) -> None:
        self._wordings = wordings

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> EventFinder:
        """Of all languages. Raises ValueError naming the file that is broken."""
        return cls(LabelledWordings.read(FOLDER, (*EVENTS, GENERAL, DESPAIR, SUICIDE), whole_words=True))

    def find(self, message: str) -> Optional[str]:
        """The event that a message tells; None where it tells none, asks in general, or tells two that may both be
        claimed for: then it is better to ask."""
        told = self._told(message)
        first = next((event for event in FIRST if event in told), None)
        return first or (told.pop() if len(told) == 1 else None)

    def mourns(self, message: str) -> bool:
        """Whether a message tells of somebody's death, and nothing of the despair of anybody who is alive."""
        return "death" in self._told(message) and not self.tells_despair(message)

    def brings_news(self, message: str) -> bool:
        """Whether a message mourns in a line. Who asks at length what is paid for the dead, and how fast, may mean to
        be dead themselves."""
        return len(message) <= LINE and self.mourns(message)

    def tells_despair(self, message: str) -> bool:
        """Whether a message has words of somebody alive who may not want to be: "once I am gone the insurance pays"."""
        return DESPAIR in self._labels(message)

    def tells_suicide(self, message: str) -> bool:
        """Whether a message says that somebody has taken their life."""
        return SUICIDE in self._labels(message)

    def _told(self, message: str) -> Set[str]:
        labels = self._labels(message)
        return set() if GENERAL in labels else labels & set(EVENTS)

    def _labels(self, message: str) -> Set[str]:
        return {label for label, _ in self._wordings.standing_in(message)}
