"""Several wishes in one message: "agency took 80,000 and my passport, where do I complain?"

The whole message decides the main wish. Another one counts when a clause of the message says it by its letters, and
the whole message leaves room for it. Sentence vectors of the clauses would tell a little more, and take as long again
as reading the whole message.
"""

from __future__ import annotations

from typing import List, Sequence, Tuple

import regex

from nlu.text.intents import IntentModel

MOST = 2
MOST_CLAUSES = 5
SHORTEST_CLAUSE = 6
"""Characters; shorter pieces are greetings, sums and names."""
PLAIN = 0.5
"""Probability, by its letters alone, from which a clause says a wish."""
ROOM = 0.003
"""Probability the whole message must leave to a wish that a clause says."""
ALOUD = 0.15
"""Probability in the whole message from which a second wish needs no clause of its own."""

_BREAKS = regex.compile(r"[.?!;।॥၊။៖។\n]+|,(?!\d)|،|\s[-–]\s")


def is_topic(intent: str) -> bool:
    """Whether an intent asks for advice, so that a button can stand for it."""
    return intent.startswith(("ask_", "report_")) and intent != "ask_bot"


def clauses(text: str) -> List[str]:
    """The pieces between marks of punctuation that are long enough to say something, at most five."""
    pieces = [piece.strip() for piece in _BREAKS.split(text)]
    return [piece for piece in pieces if len(piece) >= SHORTEST_CLAUSE][:MOST_CLAUSES]


def other_wishes(text: str, ranking: Sequence[Tuple[str, float]], model: IntentModel) -> List[str]:
    """Advice intents beside the first of ``ranking``, likeliest first, at most two; none when the first is none."""
    if not ranking or not is_topic(ranking[0][0]):
        return []
    main, room = ranking[0][0], dict(ranking)
    aloud = [intent for intent, probability in ranking[1:] if probability >= ALOUD]
    found = {intent: room[intent] for intent in [*aloud, *_said_in_clauses(text, model)] if is_topic(intent)}
    found.pop(main, None)
    likely = [intent for intent in found if room[intent] >= ROOM]
    return sorted(likely, key=lambda intent: -room[intent])[:MOST]


def _said_in_clauses(text: str, model: IntentModel) -> List[str]:
    pieces = clauses(text)
    if len(pieces) < 2:
        return []
    probabilities = model.by_letters(pieces)
    best = probabilities.argmax(axis=1)
    return [model.labels[place] for row, place in enumerate(best) if probabilities[row, place] >= PLAIN]
