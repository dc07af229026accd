"""What a button may carry: ``/intent`` or ``/intent{"entity": "value"}``.

A button's payload bypasses understanding, and a Telegram client can be made to send any payload it likes,
so each one is checked against this grammar and the lists below before it goes further.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

LONGEST_PAYLOAD = 64
"""Bytes; the limit of Telegram's callback_data."""

_FORM = re.compile(r"/(?P<intent>[a-z_]{2,40})(?P<entities>\{.*\})?")
_VALUE = re.compile(r"[A-Za-z0-9_:-]{1,40}")
BUTTON_ENTITIES = frozenset({"origin", "destination", "occupation", "language", "step"})
DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"


class BadPayload(ValueError):
    """A payload that none of our buttons carries."""


@lru_cache(maxsize=1)
def known_intents() -> frozenset[str]:
    return frozenset(yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["intents"])


def make_payload(intent: str, **entities: str) -> str:
    """``make_payload("ask_fees", step="2")`` → ``/ask_fees{"step":"2"}``. Raises BadPayload."""
    payload = f"/{intent}" + (json.dumps(entities, separators=(",", ":")) if entities else "")
    check_payload(payload)
    return payload


def entities_of(payload: str) -> Mapping[str, str]:
    """What it carries besides its intent. Raises BadPayload."""
    check_payload(payload)
    return json.loads(payload[payload.index("{") :]) if "{" in payload else {}  # type: ignore[no-any-return]


def check_payload(payload: str) -> None:
    """Raises BadPayload with the reason."""
    if len(payload.encode("utf-8")) > LONGEST_PAYLOAD:
        raise BadPayload(f"longer than {LONGEST_PAYLOAD} bytes")
    form = _FORM.fullmatch(payload)
    if form is None:
        raise BadPayload("not of the form /intent or /intent{…}")
    if form["intent"] not in known_intents():
        raise BadPayload("unknown intent")
    if form["entities"] is not None:
        _check_entities(form["entities"])


def _check_entities(text: str) -> None:
    try:
        entities = json.loads(text)
    except ValueError:
        raise BadPayload("its entities are not JSON") from None
    for name, value in entities.items():
        if name not in BUTTON_ENTITIES:
            raise BadPayload("an entity no button carries")
        if not isinstance(value, str) or not _VALUE.fullmatch(value):
            raise BadPayload("a value no button carries")
