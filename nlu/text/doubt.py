"""When not to claim to understand. Both bounds were chosen on held-out examples (``python -m bench.intents``)."""

from __future__ import annotations

from typing import Sequence, Tuple

OUT_OF_SCOPE = "out_of_scope"
LEAST_CONFIDENCE = 0.2
"""Under it, the first guess is wrong more often than right; the three likeliest topics are offered instead."""
RIVALRY = 0.3
"""From this share of the first intent's probability on, "none of our business" is too likely to answer past it."""


def in_doubt(ranking: Sequence[Tuple[str, float]]) -> bool:
    """Whether the first intent of ``ranking`` (intent, probability; likeliest first) is too doubtful to answer.

    A message plainly out of scope is not in doubt: it has an answer of its own.
    """
    if not ranking:
        return True
    first, confidence = ranking[0]
    if first == OUT_OF_SCOPE:
        return False
    return confidence < LEAST_CONFIDENCE or dict(ranking).get(OUT_OF_SCOPE, 0.0) >= RIVALRY * confidence
