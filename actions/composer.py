"""Packs paragraphs into messages a phone can show at a glance."""

from __future__ import annotations

from typing import List, Sequence

LONGEST_REPLY = 600
"""Characters of one message; a single paragraph longer than that stands alone rather than being cut."""


def pack(paragraphs: Sequence[str], limit: int = LONGEST_REPLY) -> List[str]:
    """Joins paragraphs in order, as many to a message as fit."""
    messages: List[str] = []
    for paragraph in paragraphs:
        if messages and len(messages[-1]) + 2 + len(paragraph) <= limit:
            messages[-1] += f"\n\n{paragraph}"
        else:
            messages.append(paragraph)
    return messages
