"""Extraction methods for pybabel: our message keys, and the summaries of facts.

Message ids are keys such as ``menu.title``; the English catalog holds the sentences. Translators see the English
sentence as a comment on each entry.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import Any, BinaryIO, Iterator, List, Tuple

import yaml
from babel.messages.pofile import read_po

from translations.languages import CATALOGS

Extracted = Tuple[int, str, Any, List[str]]
ENGLISH = CATALOGS / "en" / "LC_MESSAGES" / "messages.po"
_KEY = re.compile(r"[a-z_]+(\.[A-Za-z_{}]+)+")
_HOLE = "{}"


@lru_cache(maxsize=1)
def english_sentences() -> dict[str, str]:
    """Key → English sentence, as the English catalog on disk has it."""
    with ENGLISH.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="en") if message.id}


def extract_keys(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Extracted]:
    """Keys in Python code: strings that are keys, and f-strings whose holes make them patterns of keys.

    ``f"danger.{kind}.do"`` stands for every key of the English catalog that has one step in place of the hole.
    """
    english = english_sentences()
    for node in ast.walk(ast.parse(fileobj.read())):
        pattern = _pattern(node)
        if pattern is None or not isinstance(node, ast.expr):
            continue
        if pattern in english:
            yield _entry(node.lineno, pattern)
        elif _HOLE in pattern:
            wanted = re.compile(re.escape(pattern).replace(re.escape(_HOLE), r"[A-Za-z0-9_]+"))
            for key in english:
                if wanted.fullmatch(key):
                    yield _entry(node.lineno, key)


def _pattern(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values)
    else:
        return None
    return text if _KEY.fullmatch(text) else None


def _entry(line: int, key: str) -> Extracted:
    return line, "", key, [f"English: {english_sentences()[key]}"]


def extract_facts(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Extracted]:
    """The summary of each fact, with its id as context, and who says so and when it was checked as comment."""
    content = yaml.safe_load(fileobj.read())
    for fact in content["facts"]:
        first = next(iter(fact.get("sources") or []), None)
        source = f"{first['publisher']}, {first['date']}" if first else "no source"
        comment = f"{source}; checked {fact['checked']}"
        yield 1, "pgettext", (fact["id"], fact["summary"]), [comment]
