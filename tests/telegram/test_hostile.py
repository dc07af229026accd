"""Malformed and hostile updates of every kind: no crash, no debris, nothing of a text in a log, every number kept.

``python -m bench.hostile --updates 5000`` is the same with more of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import MARKER, UPDATES, hostile_updates
from withstanding import withstand

from bot.store import wordings
from bot.telegram import pace, workers

pytestmark = pytest.mark.asyncio
NUMBER = 300


@pytest.fixture
def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "ONE_CHAT", 0.0)
    monkeypatch.setattr(workers, "PAUSES", (0.01, 0.01, 0.01))
    monkeypatch.setattr(wordings, "ALBUM_PAUSE", 0.01)


async def test_hostile_updates(in_haste: None, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    outcome = await withstand(hostile_updates(NUMBER), tmp_path)
    assert outcome.faults == []
    assert outcome.answered > NUMBER / 10
    assert MARKER not in "".join(capfd.readouterr())


def test_every_kind_of_update_is_among_them() -> None:
    kinds = {kind for update in hostile_updates(NUMBER) for kind in update}
    assert set(UPDATES) <= kinds
