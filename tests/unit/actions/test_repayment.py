"""How long a loan takes: figures reckoned by hand, and what must hold of any journey."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.flows.repayment import Journey, repay


def journey(cost: int, borrowed: int, percent: str, kind: str, left: int) -> Journey:
    return Journey(Decimal(cost), Decimal(borrowed), Decimal(percent), kind, Decimal(left))  # type: ignore[arg-type]


class TestByHand:
    def test_without_interest_the_debt_is_parted_by_what_is_left(self) -> None:
        found = repay(journey(120_000, 120_000, "0", "flat", 30_000))
        assert (found.loan_months, found.even_months, found.interest) == (4, 4, 0)
        assert [int(one) for one in found.owed] == [120_000, 90_000, 60_000, 30_000, 0]

    def test_flat_takes_interest_on_the_whole_sum_every_month(self) -> None:
        # 100,000 at 3 % is 3,000 a month; 20,000 left pays 17,000 of the debt: 5 × 17,000 = 85,000, the rest in month 6
        found = repay(journey(100_000, 100_000, "3", "flat", 20_000))
        assert (found.loan_months, found.interest) == (6, 18_000)

    def test_reducing_takes_it_on_what_is_still_owed(self) -> None:
        # 100,000 → 83,000 → 65,490 → 47,454.70 → 28,878.34 → 9,744.69 → 0
        found = repay(journey(100_000, 100_000, "3", "reducing", 20_000))
        assert found.loan_months == 6
        assert round(found.interest or 0, 2) == Decimal("10037.03")

    def test_own_money_is_earned_back_after_the_loan(self) -> None:
        found = repay(journey(150_000, 100_000, "0", "flat", 50_000))
        assert (found.loan_months, found.even_months) == (2, 3)

    def test_what_is_left_of_the_last_payment_goes_to_ones_own_money(self) -> None:
        found = repay(journey(100_000, 30_000, "0", "flat", 50_000))
        assert (found.loan_months, found.even_months) == (1, 2)

    @pytest.mark.parametrize("kind", ["flat", "reducing"])
    @pytest.mark.parametrize("left", [3_000, 2_999, 0, -5])
    def test_who_earns_no_more_than_the_interest_never_pays_back(self, kind: str, left: int) -> None:
        found = repay(journey(100_000, 100_000, "3", kind, left))
        assert (found.loan_months, found.even_months, found.interest) == (None, None, None)

    def test_without_a_loan_there_is_no_interest(self) -> None:
        found = repay(journey(90_000, 0, "5", "flat", 30_000))
        assert (found.loan_months, found.even_months, found.interest) == (0, 3, 0)


@given(
    cost=st.integers(0, 10**7),
    part=st.integers(0, 100),
    percent=st.integers(0, 10),
    left=st.integers(1, 10**6),
)
def test_flat_never_costs_less_and_what_is_owed_never_grows(cost: int, part: int, percent: int, left: int) -> None:
    borrowed = cost * part // 100
    flat = repay(journey(cost, borrowed, str(percent), "flat", left))
    reducing = repay(journey(cost, borrowed, str(percent), "reducing", left))
    if flat.interest is not None:
        assert reducing.interest is not None
        assert flat.interest >= reducing.interest
        assert reducing.loan_months is not None
        assert flat.loan_months is not None
        assert flat.loan_months >= reducing.loan_months
    for found in (flat, reducing):
        assert all(earlier >= later for earlier, later in zip(found.owed, found.owed[1:], strict=False))
        assert found.even_months is None or found.owed[-1] == 0
