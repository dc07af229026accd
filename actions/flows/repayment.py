"""How long a loan takes to pay back from a wage, and what it costs: arithmetic, without any sentence.

Reducing balance: each month interest on what is still owed, the payment takes the rest off the debt (the annuity of
every textbook, counted month by month because the last payment is smaller). Flat: each month interest on the whole sum
that was borrowed, until all of it is paid, as village lenders count.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import List, Literal, Optional

Kind = Literal["flat", "reducing"]
LONGEST = 600
"""Months; what takes longer than fifty years is never paid back."""


@dataclass(frozen=True)
class Journey:
    """Sums in one currency. ``cost``: of going in all; ``borrowed``: the part of it that is a loan; ``percent``:
    interest a month; ``left``: of a month's wage after living costs."""

    cost: Decimal
    borrowed: Decimal
    percent: Decimal
    kind: Kind
    left: Decimal


@dataclass(frozen=True)
class Repayment:
    """``loan_months``: until the loan is paid, 0 without one, None for never; ``even_months``: until everything has
    been earned back; ``interest``: in all, None for never; ``owed``: what is not earned back yet, by month from 0."""

    loan_months: Optional[int]
    even_months: Optional[int]
    interest: Optional[Decimal]
    owed: List[Decimal]


def repay(journey: Journey) -> Repayment:
    """Everything that is left goes to the loan first, then to one's own money that went into the journey."""
    debt, interest, months = journey.borrowed, Decimal(0), 0
    own = journey.cost - journey.borrowed
    owed = [debt + own]
    while debt > 0:
        charge = (journey.borrowed if journey.kind == "flat" else debt) * journey.percent / 100
        if journey.left <= charge or months == LONGEST:
            return Repayment(None, None, None, owed)
        paid = min(debt + charge, journey.left)
        debt, interest, months = debt + charge - paid, interest + charge, months + 1
        own -= journey.left - paid if debt == 0 else 0
        owed.append(debt + max(own, Decimal(0)))
    loan_months = months
    while own > 0:
        if journey.left <= 0 or months == LONGEST:
            return Repayment(loan_months, None, interest, owed)
        own, months = own - journey.left, months + 1
        owed.append(max(own, Decimal(0)))
    return Repayment(loan_months, months, interest, owed)
