"""Which script a text is written in, of those our languages use."""

from __future__ import annotations

from collections import Counter
from typing import Optional

import regex

SCRIPTS = {
    "Latn": r"\p{Latin}", "Deva": r"\p{Devanagari}", "Beng": r"\p{Bengali}", "Arab": r"\p{Arabic}",
    "Sinh": r"\p{Sinhala}", "Taml": r"\p{Tamil}", "Thai": r"\p{Thai}", "Mymr": r"\p{Myanmar}",
    "Khmr": r"\p{Khmer}", "Laoo": r"\p{Lao}",
}  # fmt: skip
"""By their names in ISO 15924."""
LANGUAGE_OF_SCRIPT = {
    "Beng": "bn", "Arab": "ur", "Sinh": "si", "Taml": "ta", "Thai": "th", "Mymr": "my", "Khmr": "km", "Laoo": "lo",
}  # fmt: skip
"""Scripts that only one of our languages is written in."""

_LETTERS = {script: regex.compile(pattern) for script, pattern in SCRIPTS.items()}
_STRANGE_LETTER = regex.compile(rf"[\p{{L}}--[{''.join(SCRIPTS.values())}]]", flags=regex.V1)


def script_of(text: str) -> Optional[str]:
    """The script most letters are in; None when there are no letters, or most are of no script of ours."""
    letters = Counter({script: len(letter.findall(text)) for script, letter in _LETTERS.items()})
    script, found = letters.most_common(1)[0]
    return script if found and found >= len(_STRANGE_LETTER.findall(text)) else None
