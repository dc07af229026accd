"""The danger detector: wordings of danger and likeness to examples of it, together.

Works without Rasa and, when no model can be read, with the wordings alone: it is the net under everything else.
"""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path
from typing import List, Optional, Sequence, Tuple

from nlu.danger.levels import NO_DANGER, Danger, danger_in
from nlu.danger.wordings import Wordings
from nlu.text.intents import IntentModel
from nlu.text.normalisation import normalised, readable
from nlu.text.vectors import encode

Ranking = List[Tuple[str, float]]
"""(intent, probability), likeliest first."""

logger = logging.getLogger(__name__)


class DangerDetector:
    """``model``: what to compare messages with; None leaves the wordings alone to judge."""

    def __init__(self, wordings: Optional[Wordings] = None, model: Optional[IntentModel] = None) -> None:
        self._wordings = wordings or Wordings.load()
        self._model = model

    @classmethod
    def load(cls, model: Path) -> DangerDetector:
        """With the intent model kept in the file ``model``; a file that is missing or broken leaves the wordings."""
        try:
            return cls(model=IntentModel.read(model))
        except Exception as error:  # whatever a file that is half there leads to: the wordings must remain
            logger.warning("danger is judged by wordings alone: %s: %s", model.name, type(error).__name__)
            return cls()

    @property
    def is_whole(self) -> bool:
        """Whether it has a model beside the wordings."""
        return self._model is not None

    def danger_in(self, message: str) -> Danger:
        """Danger in a message as people wrote it, in any of our languages."""
        wording = self._wordings.danger_in(message)
        if self._model is None:
            return wording
        text = readable(message)
        ranking = self._model.ranking(text, encode([normalised(text)])[0])
        return danger_in(ranking, wording) if ranking else wording

    def judged(self, message: str, ranking: Ranking, parts: Sequence[Tuple[str, Ranking]] = ()) -> Danger:
        """The same, of a message whose ``ranking`` of intents is known already; and the rankings of its ``parts``,
        where it is a long one."""
        whole = danger_in(ranking, self._wordings.danger_in(message))
        if whole.level != "none":
            return whole
        found = (self._in_part(*part, after) for part, (after, _) in pairwise([*parts, ("", [])]))
        return next((danger for danger in found if danger.kind), NO_DANGER)

    def _in_part(self, part: str, ranking: Ranking, after: str) -> Danger:
        """A cry at the end of a long advertisement, or in the middle of a forwarded chat: the whole then reads like
        something else, and calm words elsewhere say nothing of it; only those close by, in the sentence ``after`` it,
        do ("he was locked in. That was two years ago"). Where words and likeness both are certain of it in one part,
        that is asked about."""
        worded = self._wordings.danger_in(part)
        both = worded.level == "certain" and danger_in(ranking, worded).level == "certain"
        if not both or self._wordings.danger_in(f"{part} {after}").level == "none":
            return NO_DANGER
        return Danger("possible", danger_in(ranking, worded).kind)
