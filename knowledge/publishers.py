"""Which addresses may be shown: only the publisher's own. Mirrors and staging hosts stay for the editor."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlparse

import yaml

PUBLISHERS = Path(__file__).parent / "publishers.yml"
LONGEST_LINK = 200


@lru_cache(maxsize=1)
def _hosts() -> frozenset[str]:
    return frozenset(yaml.safe_load(PUBLISHERS.read_text(encoding="utf-8"))["link_hosts"])


def may_be_linked(url: str) -> bool:
    """Whether the address is on the list of publishers.yml, by its host or a domain above it."""
    parts = urlparse(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > LONGEST_LINK:
        return False
    labels = parts.hostname.lower().split(".")
    return any(".".join(labels[start:]) in _hosts() for start in range(len(labels) - 1))
