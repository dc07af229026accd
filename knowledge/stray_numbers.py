"""``python -m knowledge.stray_numbers``: phone numbers live in knowledge/ and nowhere else.

A number in code or in a catalog of messages would go on being shown after the fact it came from has changed.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Iterable, Iterator, NamedTuple

from knowledge.base import FactBase
from knowledge.schema import Fact

ROOT = Path(__file__).resolve().parents[1]
CODE = ("actions", "bot", "nlu", "translations")
SHAPE = re.compile(r"\+?\d[\d ().-]{5,}\d")
SHORT = re.compile(r"(?<![\w.,:/#-])\d{3,5}(?![\w.,:%-]*\d|[\w%])")
FEWEST_DIGITS, MOST_DIGITS = 7, 15
A_DATE = re.compile(r"(?:19|20)\d{2}[-. ]\d{1,2}[-. ]\d{1,2}")


class Stray(NamedTuple):
    """``place``: file and line."""

    place: str
    number: str

    def __str__(self) -> str:
        return f"{self.place}: {self.number} looks like a phone number; those belong in knowledge/facts"


def stray_numbers(root: Path, facts: Iterable[Fact]) -> list[Stray]:
    """Anything shaped like a phone number, and any short number that one of our facts tells people to dial."""
    dialled = {re.sub(r"\D", "", contact.address) for fact in facts for contact in fact.contacts}
    return [
        Stray(f"{path.relative_to(root)}:{line}", number)
        for path in _files(root)
        for line, text in _texts(path)
        for number in _numbers(text, dialled)
    ]


def _files(root: Path) -> Iterator[Path]:
    for folder in CODE:
        yield from sorted((root / folder).rglob("*.py"))
    yield from sorted((root / "nlu" / "rules").glob("*.yml"))
    yield from sorted((root / "translations").glob("*/LC_MESSAGES/messages.po"))
    yield from (path for path in sorted(root.glob("*.yml")) if path.is_file())
    yield from sorted((root / "actions").glob("*.yml"))


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """What of a file people may come to see: the strings of code but not its docstrings, the lines of anything else."""
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from enumerate(content.splitlines(), start=1)
        return
    tree = ast.parse(content)
    explanations = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explanations:
            yield node.lineno, node.value


def _numbers(text: str, dialled: set[str]) -> Iterator[str]:
    for match in SHAPE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS and not A_DATE.match(match[0].lstrip("+")):
            yield match[0]
    for match in SHORT.finditer(text):
        if match[0] in dialled:
            yield match[0]


def main() -> int:
    strays = stray_numbers(ROOT, FactBase.load())
    for stray in strays:
        print(stray)
    return 1 if strays else 0


if __name__ == "__main__":
    sys.exit(main())
