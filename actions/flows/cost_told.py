"""What the answers of the cost check say, in one currency and by the month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Mapping, Optional, Tuple

from actions.flows.fee_check import currency_of, sum_in
from actions.flows.flow import NOT_SURE, NOTHING, Answers
from actions.flows.repayment import Journey, Kind
from actions.profile import Profile

ALL, REDUCING = "all", "reducing"


@dataclass(frozen=True)
class Told:
    """What the answers say, in one ``currency``. ``kind_unsure``: whether the person does not know on what the interest
    is counted."""

    journey: Journey
    currency: str
    kind_unsure: bool
    rate_unsure: bool
    rate: str
    """What one unit of the wage's money is worth, as it was told; empty where both are the same."""

    @classmethod
    def of(cls, profile: Profile, answers: Answers) -> Optional[Told]:
        """None where sums are in different money and no rate is known between them."""
        home, abroad = money_of(profile, answers)
        rate = answers.get("exchange")
        if home != abroad and (rate is None or rate == NOT_SURE or Decimal(str(rate)) <= 0):
            return None
        worth = Decimal(1) if home == abroad else Decimal(str(rate))
        cost, _ = sum_in(answers["fees"], home, profile)
        borrowed, of_loan = _sum_or({ALL: cost, NOTHING: Decimal(0)}, answers["loan"], home, profile)
        wage, _ = sum_in(answers["wage"], abroad, profile)
        spent, of_living = _sum_or({NOTHING: Decimal(0)}, answers["living"], abroad, profile)
        if of_loan != home or of_living not in (home, abroad):
            return None
        left = wage * worth - spent * (worth if of_living == abroad else 1)
        kind: Kind = "reducing" if answers.get("kind") == REDUCING else "flat"
        percent = _monthly(answers)
        journey = Journey(max(cost, borrowed), borrowed, percent, kind, left)
        told_rate = "" if home == abroad else f"1 {abroad} = {rate} {home}"
        return cls(journey, home, answers.get("kind") == NOT_SURE, answers.get("rate") == NOT_SURE, told_rate)


def _sum_or(named: Mapping[str, Decimal], told: Any, own: str, profile: Profile) -> Tuple[Decimal, str]:
    """A sum and its currency: by the button that names it, or as it was told."""
    return (named[told], own) if isinstance(told, str) else sum_in(told, own, profile)


def money_of(profile: Profile, answers: Answers) -> Tuple[str, str]:
    """The currencies of the fees and of the wage."""
    _, home = sum_in(answers["fees"], currency_of(profile.origin or profile.destination), profile)
    _, abroad = sum_in(answers["wage"], currency_of(profile.destination or profile.origin), profile)
    return home, abroad


def _monthly(answers: Answers) -> Decimal:
    """Percent a month; of a year a twelfth."""
    rate = answers.get("rate", NOTHING)
    if rate in (NOTHING, NOT_SURE):
        return Decimal(0)
    if isinstance(rate, str):
        percent, _, per = rate.partition("-")
    else:
        percent, per = str(rate["percent"]), rate.get("per") or answers.get("per", "month")
    return Decimal(percent) / (12 if per == "year" else 1)
