"""What the answers of the cost check say, in one currency and by the month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Dict, List, Mapping, Optional, Tuple

from actions.flows.fee_check import currency_of, sum_in
from actions.flows.flow import NOT_SURE, NOTHING, Answers
from actions.flows.repayment import Journey, Kind
from actions.profile import Profile

ALL, REDUCING = "all", "reducing"
EXCHANGES = {"wage": "exchange", "loan": "exchange_loan", "living": "exchange_living"}
"""The question for a rate of exchange, by the answer that is in other money."""


@dataclass(frozen=True)
class Told:
    """What the answers say, in one ``currency``. ``kind_unsure``: whether the person does not know on what the interest
    is counted."""

    journey: Journey
    currency: str
    kind_unsure: bool
    rate_unsure: bool
    reckoned: List[str]
    """What one unit of other money is worth, as it was told, and sums by the week or year as sums by the month."""

    @classmethod
    def of(cls, profile: Profile, answers: Answers) -> Optional[Told]:
        """None where sums are in different money and no rate is known between them."""
        home, abroad = money_of(profile, answers)
        rates = {code: answers.get(step) for code, step in foreign_money(profile, answers).items()}
        if any(rate is None or rate == NOT_SURE or Decimal(str(rate)) <= 0 for rate in rates.values()):
            return None
        worth = {home: Decimal(1), **{code: Decimal(str(rate)) for code, rate in rates.items()}}
        cost, _ = sum_in(answers["fees"], home, profile)
        loan, of_loan = _sum_or({ALL: cost, NOTHING: Decimal(0)}, answers["loan"], home, profile)
        wage, _ = sum_in(answers["wage"], abroad, profile)
        spent, of_living = _sum_or({NOTHING: Decimal(0)}, answers["living"], abroad, profile)
        borrowed, left = loan * worth[of_loan], wage * worth[abroad] - spent * worth[of_living]
        kind: Kind = "reducing" if answers.get("kind") == REDUCING else "flat"
        percent = _monthly(answers)
        journey = Journey(max(cost, borrowed), borrowed, percent, kind, left)
        reckoned = [f"1 {code} = {rate} {home}" for code, rate in rates.items()]
        reckoned.extend(_by_the_month(answers[name], abroad, profile) for name in ("wage", "living"))
        kept = [line for line in reckoned if line]
        return cls(journey, home, answers.get("kind") == NOT_SURE, answers.get("rate") == NOT_SURE, kept)


def foreign_money(profile: Profile, answers: Answers) -> Dict[str, str]:
    """The currencies beside that of the fees that something was told in, and the question for the rate of each."""
    home, abroad = money_of(profile, answers)
    told = {"wage": abroad}
    for name, own in (("loan", home), ("living", abroad)):
        if isinstance(answers.get(name), Mapping):
            told[name] = sum_in(answers[name], own, profile)[1]
    foreign: Dict[str, str] = {}
    for name, code in told.items():
        if code != home:
            foreign.setdefault(code, EXCHANGES[name])
    return foreign


def _by_the_month(told: Any, own: str, profile: Profile) -> str:
    """ "500 QAR × 52 / 12 = 2166.67 QAR", of a sum that was told by the week; empty for one by the month."""
    if not isinstance(told, Mapping) or "told" not in told:
        return ""
    amount, currency = sum_in(told, own, profile)
    said = told["told"]
    return f"{said['amount']} {currency} × {said['times']} / 12 = {amount} {currency}"


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
        percent, per = str(rate["percent"]), answers.get("per") or rate.get("per") or "month"
    return Decimal(percent) / (12 if per == "year" else 1)
