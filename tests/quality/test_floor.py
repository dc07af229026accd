"""No language may fall below its floor: the shipped product on messages it was not trained with.

The floors are a little under what was measured (README), so that chance does not fail them and a real loss does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.judged import SET, Judged, judge, read, scores, share
from bot.dialogue import Dialogue

FILES = sorted(SET.glob("*.jsonl"))
FLOOR, MEAN = 0.85, 0.92
OFFERED = 0.97
DANGER, FALSE_ALARMS = 0.98, 0.02
ONE_MORE = 0.004
"""One calm message of a language more: what another machine's rounding may cost."""
FOREIGN_REFUSED, REAL_REFUSED = 0.80, 0.03
LONG, SHORT = 0.97, 0.9


@pytest.fixture(scope="session")
async def judged(embedded: Dialogue) -> dict[str, list[Judged]]:
    return {path.stem: await judge(embedded, path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_understands_this_language(judged: dict[str, list[Judged]], path: Path) -> None:
    found = scores(judged[path.stem])
    assert found.messages == len(read(path)) >= 120
    assert found.right is not None
    assert found.right >= FLOOR
    assert found.offered is not None
    assert found.offered >= OFFERED - 0.02


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_hears_danger_in_this_language_and_little_else(judged: dict[str, list[Judged]], path: Path) -> None:
    """One cry in a file may be missed: a file holds 30 to 50 of them."""
    cries = [one for one in judged[path.stem] if one.wanted["danger"] == "certain"]
    found = scores(judged[path.stem])
    assert sum(not one.warned for one in cries) <= 1
    assert found.false_alarms is not None
    assert found.false_alarms <= FALSE_ALARMS + ONE_MORE


def test_understands_all_languages_together(judged: dict[str, list[Judged]]) -> None:
    each = [scores(own) for own in judged.values()]
    assert len(each) == 14
    assert sum(found.right or 0.0 for found in each) / len(each) >= MEAN
    everything = scores([one for own in judged.values() for one in own])
    assert everything.offered is not None
    assert everything.offered >= OFFERED
    assert everything.found is not None
    assert everything.found >= DANGER
    assert everything.false_alarms is not None
    assert everything.false_alarms <= FALSE_ALARMS
    assert everything.foreign_refused is not None
    assert everything.foreign_refused >= FOREIGN_REFUSED
    assert everything.real_refused is not None
    assert everything.real_refused <= REAL_REFUSED


def test_knows_the_language(judged: dict[str, list[Judged]]) -> None:
    everything = [one for own in judged.values() for one in own]
    long, short = (
        share([one.in_own_language for one in everything if one.is_long]),
        share([one.in_own_language for one in everything if not one.is_long]),
    )
    assert long is not None
    assert long >= LONG
    assert short is not None
    assert short >= SHORT
