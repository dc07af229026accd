"""From the ranking of intents to a level of danger.

A missed cry for help costs more than a gentle question too many, so the doubt goes to asking:
danger need not be the likeliest reading to be asked about.
"""

from __future__ import annotations

from typing import List, Literal, NamedTuple, Optional, Tuple

PREFIX = "danger_"
CERTAIN = 0.5
POSSIBLE = 0.3
"""Shares of probability of all danger intents together."""

Level = Literal["none", "possible", "certain"]


class Danger(NamedTuple):
    """``kind`` is the danger intent without its prefix, such as ``confinement``; None when level is none."""

    level: Level
    kind: Optional[str]


NO_DANGER = Danger("none", None)


def danger_in(ranking: List[Tuple[str, float]]) -> Danger:
    """``ranking``: (intent, probability) pairs, likeliest first."""
    dangers = [(intent, probability) for intent, probability in ranking if intent.startswith(PREFIX)]
    share = sum(probability for _, probability in dangers)
    if share < POSSIBLE:
        return NO_DANGER
    kind = max(dangers, key=lambda pair: pair[1])[0][len(PREFIX) :]
    return Danger("certain" if share >= CERTAIN else "possible", kind)
