"""The table of advice topics (topics.yml), checked when it is read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, Mapping, Optional, Tuple

import yaml
from pydantic import BaseModel, Extra

from knowledge.schema import SUBJECTS

TABLE = Path(__file__).parent / "topics.yml"


class Topic(BaseModel):
    """One row: see the head of topics.yml."""

    class Config:
        extra = Extra.forbid
        frozen = True

    intent: str
    sign: str
    menu: int
    first: Literal["origin", "destination"] = "origin"
    origin: Tuple[str, ...] = ()
    destination: Tuple[str, ...] = ()
    standard: Tuple[str, ...] = ()
    household: bool = False
    job: Optional[str]
    next: Tuple[str, ...]

    @property
    def label_key(self) -> str:
        return f"topic.{self.intent}.label"

    @property
    def advice_key(self) -> str:
        return f"topic.{self.intent}.advice"


@lru_cache(maxsize=1)
def advice_topics() -> Mapping[str, Topic]:
    """Intent → row, in the order of the menu. Raises ValueError when the table contradicts itself."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    topics = {intent: Topic(intent=intent, **row) for intent, row in rows.items()}
    for topic in topics.values():
        unknown = [name for name in (*topic.origin, *topic.destination, *topic.standard) if name not in SUBJECTS]
        unknown += [intent for intent in topic.next if intent not in topics]
        if unknown:
            raise ValueError(f"topics.yml: {topic.intent}: unknown {', '.join(unknown)}")
    return topics
