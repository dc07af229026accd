"""From the reading of a message to a level of danger.

A missed cry for help costs more than a gentle question too many, so the doubt goes to asking: danger need not be the
likeliest reading to be asked about. The wordings of danger make a faint reading count; alone, where a model has read
the message and sees no danger at all, they do not.
"""

from __future__ import annotations

from typing import List, Literal, NamedTuple, Optional, Tuple

PREFIX = "danger_"
CORRECTION = "not_in_danger"
"""Who says "nobody beats me" uses the words of danger; where that is the likelier reading, it is believed."""
KINDS = ("confinement", "violence", "sexual", "forced_work", "self_harm", "medical")

Level = Literal["none", "possible", "certain"]


class Danger(NamedTuple):
    """``kind`` is the danger intent without its prefix, such as ``confinement``; None when level is none."""

    level: Level
    kind: Optional[str]


class Bounds(NamedTuple):
    """From which share of probability, of all danger intents together, a level holds; and how many times likelier
    ``correction`` must be than all danger to be believed."""

    possible: float
    certain: float
    correction: float = 1.0


NO_DANGER = Danger("none", None)

BOUNDS = {
    "none": Bounds(possible=0.3, certain=0.5),
    "possible": Bounds(possible=0.1, certain=0.4),
    "certain": Bounds(possible=0.05, certain=0.3, correction=2.0),
}
"""By the level of the wording that stands in the message: so low that a cry is rarely missed, and so high that at most
two calm messages in a hundred are asked about. Fitted on folds of the training examples (docs/decisions/0006), judged
by ``make quality``."""


def danger_in(ranking: List[Tuple[str, float]], wording: Danger = NO_DANGER) -> Danger:
    """``ranking``: (intent, probability) pairs, likeliest first; ``wording``: what its words alone say."""
    dangers = [(intent, probability) for intent, probability in ranking if intent.startswith(PREFIX)]
    share = sum(probability for _, probability in dangers)
    bounds = BOUNDS[wording.level]
    if share < bounds.possible or share * bounds.correction < dict(ranking).get(CORRECTION, 0.0):
        return NO_DANGER
    likeliest = max(dangers, key=lambda pair: pair[1])[0][len(PREFIX) :]
    kind = wording.kind if wording.level == "certain" else likeliest  # of both, words name the kind more often rightly
    return Danger("certain" if share >= bounds.certain else "possible", kind)
