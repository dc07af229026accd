"""Signs of cheating are found in offers nothing was learnt from, and honest adverts are left in peace."""

from __future__ import annotations

import pytest

from bench.offers import SET, Offer, false_signs, honest_with_a_sign, judge, recall
from bot.dialogue import Dialogue

FILES = sorted((SET / "unseen").glob("*.jsonl"))
FOUND, HONEST, FALSE = 0.90, 0.05, 0.20


@pytest.fixture(scope="session")
async def offers(embedded: Dialogue) -> list[Offer]:
    return [offer for path in FILES for offer in await judge(embedded, path)]


def test_there_are_enough_of_them(offers: list[Offer]) -> None:
    assert len(FILES) >= 8
    assert len(offers) >= 80
    assert sum(one.is_honest for one in offers) * 2 >= len(offers)


def test_signs_are_found(offers: list[Offer]) -> None:
    assert recall(offers) >= FOUND


def test_honest_adverts_have_no_sign(offers: list[Offer]) -> None:
    assert honest_with_a_sign(offers) <= HONEST


def test_few_signs_are_told_that_are_not_there(offers: list[Offer]) -> None:
    assert false_signs(offers) <= FALSE
