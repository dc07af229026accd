"""A question without its asker: what may be kept of words that we could not answer.

Nothing is taken out; only what we know is let through. That is phrases of our own training examples: a word stays where
it stands beside the same neighbour (in scripts without spaces: the same two) in an example. Names of people
and agencies, addresses, links, numbers of phones and papers are in no example: they vanish without being recognised.
Places are in many: those below the country are taken out of the examples and of the text (places.py).
"""

from __future__ import annotations

from typing import List, Optional, Sequence

from bot.figures.kept import vocabulary
from bot.figures.vocabulary import (
    CAPITAL,
    GONE,
    NUMBER,
    UNSPACED,
    Vocabulary,
    before_names,
    number_words,
    words_of,
)

FEWEST_WORDS = 3
"""With less there is no question left."""
LONGEST = 400
"""Characters that are read: what is longer is a story, and a story is of one person."""
NAME_LASTS, NAME_LASTS_UNSPACED = 2, 4
"""Words after a title that are its name; scripts without spaces are cut into smaller pieces."""
SPELT_OUT = 3
"""So many number words in a row are figures said one by one."""


def scrubbed(text: str, language: str) -> Optional[str]:
    """``text`` with "…" for what may name somebody and "#" for numbers; None when fewer than three words are left.

    ``language``: a code of ours, in which it is written. Raises KeyError for another one, OSError.
    """
    known = vocabulary(language)
    words = words_of(text[:LONGEST], language)
    kept = _known_phrases(_without_names(_without_numbers(words), language), known)
    if sum(word not in (GONE, NUMBER) for word in kept) < FEWEST_WORDS:
        return None
    return " ".join(word.lstrip(CAPITAL) for place, word in enumerate(kept) if not _repeats(kept, place))


def _without_numbers(words: Sequence[str]) -> List[Optional[str]]:
    """Figures told one by one are a number as well; a single "one" is a word."""
    told: List[Optional[str]] = list(words)
    start = 0
    for place in range(len(words) + 1):
        if place < len(words) and (words[place] in number_words() or words[place] == NUMBER):
            continue
        if place - start >= SPELT_OUT:
            told[start:place] = [NUMBER] * (place - start)
        start = place + 1
    return told


def _without_names(words: Sequence[Optional[str]], language: str) -> List[Optional[str]]:
    """What follows a title or "my name is" is left out, even where its words are known ones."""
    lasts = NAME_LASTS_UNSPACED if language in UNSPACED else NAME_LASTS
    left: List[Optional[str]] = []
    until = -1
    for place, word in enumerate(words):
        left.append(None if place <= until and word != NUMBER else word)
        if word is not None and word.lstrip(CAPITAL) in before_names():
            until = place + lasts
    return left


def _known_phrases(words: Sequence[Optional[str]], known: Vocabulary) -> List[str]:
    """The words of every phrase that an example has; "…" for all others."""
    stays = [False] * len(words)
    for start in range(len(words) - known.length + 1):
        end = start + known.length
        if known.has(words[start:end]):
            stays[start:end] = [True] * known.length
    return [NUMBER if word == NUMBER else str(word) if stay else GONE for word, stay in zip(words, stays, strict=True)]


def _repeats(words: Sequence[str], place: int) -> bool:
    """Of several holes or numbers in a row one is shown, lest their count tell the length of a name."""
    return place > 0 and words[place] in (GONE, NUMBER) and words[place] == words[place - 1]
