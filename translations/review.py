"""How far a catalog is: what is translated, what of it a fluent reader has checked, what its source has left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Mapping, NamedTuple, Optional

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

DRAFT = "draft"
"""The translator comment of an entry that no fluent reader has checked yet."""


class State(NamedTuple):
    """Numbers of entries. ``translated`` = draft + reviewed; stale ones are among them; ``needed`` must be there."""

    needed: int
    translated: int
    draft: int
    reviewed: int
    stale: int


def read_catalog(directory: Path, code: str, domain: str) -> Optional[Catalog]:
    path = directory / code / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def state_of_messages(directory: Path, code: str, english: Mapping[str, str]) -> State:
    """``english``: key → sentence as it is now."""
    return _state(
        read_catalog(directory, code, "messages"),
        len(english),
        lambda message: sentence_changed(message, english.get(str(message.id), "")),
    )


def state_of_facts(directory: Path, code: str, summaries: Mapping[str, str], needed: Iterable[str]) -> State:
    """``summaries``: fact id → English summary as it is now; ``needed``: ids this language must have."""
    return _state(
        read_catalog(directory, code, "facts"),
        len(set(needed)),
        lambda message: summaries.get(str(message.context)) != str(message.id),
    )


def sentence_changed(message: Message, english: str) -> bool:
    """Whether the English sentence the translator saw (kept as a comment on the entry) is no longer the present one."""
    seen = " ".join(" ".join(message.auto_comments).split())
    return seen.startswith("English: ") and seen != f"English: {' '.join(english.split())}"


def _state(catalog: Optional[Catalog], needed: int, is_stale) -> State:
    done = [message for message in catalog or () if message.id and message.string]
    draft = sum(DRAFT in message.user_comments for message in done)
    return State(needed, len(done), draft, len(done) - draft, sum(map(is_stale, done)))
