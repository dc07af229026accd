"""Where the facts of an answer were read: title, publisher, date, and a link where it is the publisher's own."""

from __future__ import annotations

from typing import List, Sequence

from actions.composer import pack
from knowledge.publishers import may_be_linked
from knowledge.schema import Fact
from translations.localizer import Localizer

MOST_SOURCES = 8


def source_list(speak: Localizer, facts: Sequence[Fact]) -> List[str]:
    """Messages that list each source once, the first ``MOST_SOURCES`` of them; always at least one message."""
    lines: List[str] = []
    for fact in facts:
        for source in fact.sources:
            date = speak.text("fact.undated") if source.date == "undated" else source.date
            line = f"• {source.title}. {source.publisher}, {date}"
            if may_be_linked(source.url):
                line += f"\n{source.url}"
            if line not in lines:
                lines.append(line)
    if not lines:
        return [speak.text("sources.none")]
    checked = max(fact.checked for fact in facts)
    return pack([speak.text("sources.title", date=speak.date(checked)), *lines[:MOST_SOURCES]])
