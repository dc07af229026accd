"""What the law lets anybody take from a worker for one payment: the fee cap that decides, and what it amounts to.

The law of the country of origin decides first, because the agency that collects is licensed there; the law of the
destination decides where the origin has none, and stands beside it otherwise. Among caps of one country the one made
for this pair comes before one for everybody, and one for this kind of work before one for all work.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Dict, List, Literal, Mapping, NamedTuple, Optional, Sequence, Tuple

from knowledge.base import CONFIDENCE, FactBase
from knowledge.occupations import Occupations
from knowledge.schema import Fact, FeeCap

Purpose = Literal[
    "service_charge", "everything", "broker", "visa_ticket", "medical", "training", "clearance_card", "deposit", "levy",
    "monthly_service_fee", "processing",
]  # fmt: skip
"""What a payment is said to be for."""

PURPOSES: Sequence[Purpose] = Purpose.__args__  # type: ignore[attr-defined]

COVERED_BY: Dict[Purpose, Tuple[str, ...]] = {
    "service_charge": ("service_charge", "placement", "total"),
    "everything": ("total", "service_charge", "placement"),
    "broker": ("brokerage", "service_charge", "placement", "total"),
    "visa_ticket": ("visa_and_ticket", "total"),
    "medical": ("medical_test", "total"),
    "training": ("training", "total"),
    "clearance_card": ("clearance_card", "total"),
    "deposit": ("total", "service_charge", "placement"),
    "levy": ("levy", "visa_and_ticket", "total"),
    "monthly_service_fee": ("monthly_service_fee",),
    "processing": ("processing_only",),
}
"""Which caps speak of a payment, the closest first. A deposit is spoken of only by caps that allow nothing at all, and
by a destination's only when they are about everything: what an agency at home takes as security is home law."""

OF_ONE_THING = ("broker", "visa_ticket", "medical", "training", "clearance_card", "levy")
"""Payments for which a cap on that very thing comes before a ceiling for all costs together."""


class Payment(NamedTuple):
    """What somebody is asked to pay, by whom and where to. Countries are ISO 3166 codes, None where not known.

    ``wage``: the monthly wage promised and its currency; ``contract_months``, ``contract_year``: how long the contract
    runs, and which of its years a monthly fee is for.
    """

    amount: Decimal
    currency: str
    purpose: Purpose = "everything"
    origin: Optional[str] = None
    destination: Optional[str] = None
    occupation: Optional[str] = None
    sex: Optional[str] = None
    wage: Optional[Tuple[Decimal, str]] = None
    contract_months: Optional[int] = None
    contract_year: Optional[int] = None


class Limit(NamedTuple):
    """The most that may be taken: nought in no currency where nothing may be charged."""

    amount: Decimal
    currency: Optional[str]


class Judgement(NamedTuple):
    """``verdict``: not_allowed, above_cap, within_cap or no_cap; ``limit``: None where no figure can be given.

    ``decided_by``: the fact that decides; ``beside``: what the other country says of the same payment. ``lacking``:
    what would have to be known to compare: ``wage``, ``length`` or ``year`` of the contract, ``currency``.
    """

    verdict: Literal["not_allowed", "above_cap", "within_cap", "no_cap"]
    limit: Optional[Limit] = None
    decided_by: Optional[Fact] = None
    beside: Optional[Fact] = None
    lacking: Optional[str] = None


def judge(payment: Payment, facts: FactBase) -> Judgement:
    """The verdict on a payment by the fee caps of the facts."""
    home = _deciding(facts, payment, "origin", payment.origin)
    abroad = _deciding(facts, payment, "destination", payment.destination)
    decides, beside = (home, abroad) if home is not None else (abroad, None)
    if decides is None:
        return Judgement("no_cap")
    if _depends_on_length(decides) and payment.contract_months is None and payment.wage is not None:
        return _judged_without_length(payment, decides, beside)
    limit = limit_of(decides, payment)
    if limit is None:
        return Judgement("no_cap", None, decides, beside, _lacking(decides))
    return _compared(payment, limit, decides, beside)


def _compared(payment: Payment, limit: Limit, decides: Fact, beside: Optional[Fact]) -> Judgement:
    if limit.amount == 0:
        return Judgement("not_allowed", limit, decides, beside)
    if limit.currency != payment.currency:
        return Judgement("no_cap", limit, decides, beside, "currency")
    return Judgement("above_cap" if payment.amount > limit.amount else "within_cap", limit, decides, beside)


def _judged_without_length(payment: Payment, decides: Fact, beside: Optional[Fact]) -> Judgement:
    """Where the limit grows with the contract and nobody knows its length: what is within one period is within any,
    and what is above the most that any contract allows is above."""
    cap = decides.value
    assert isinstance(cap, FeeCap)
    least = _compared(
        payment, _sure(limit_of(decides, payment._replace(contract_months=cap.per_months))), decides, beside
    )
    if least.verdict != "above_cap" or cap.max_months is None:
        return least if least.verdict != "above_cap" else Judgement("no_cap", None, decides, beside, "length")
    periods = int(cap.max_months / (cap.months or 1)) * (cap.per_months or 1)
    most = _compared(payment, _sure(limit_of(decides, payment._replace(contract_months=periods))), decides, beside)
    return most if most.verdict == "above_cap" else Judgement("no_cap", None, decides, beside, "length")


def _sure(limit: Optional[Limit]) -> Limit:
    assert limit is not None, "the wage is known"
    return limit


def _depends_on_length(fact: Fact) -> bool:
    return isinstance(fact.value, FeeCap) and fact.value.per_months is not None


def limit_of(fact: Fact, payment: Payment) -> Optional[Limit]:
    """What a cap amounts to for this payment; None where a wage or the country's line of a schedule is not known."""
    cap = fact.value
    assert isinstance(cap, FeeCap)
    amount: Optional[Decimal] = None
    currency = cap.currency
    if cap.cap == "zero":
        return Limit(Decimal(0), None)
    if cap.cap == "fixed":
        amount = cap.amount
    elif cap.cap == "schedule":
        amount = (cap.amounts or {}).get(payment.destination or "")
        if cap.schedule_by == "contract_year":
            amount = _of_year(cap.amounts or {}, payment.contract_year)
    elif payment.wage is not None:
        wage, currency = payment.wage
        amount = wage * (_months(cap, payment) if cap.cap == "months_of_wage" else (cap.percent or 0) / Decimal(100))
    if amount is None:
        return None
    return Limit(amount * (1 + (cap.plus_tax_percent or Decimal(0)) / 100), currency)


def _of_year(amounts: Mapping[str, Decimal], year: Optional[int]) -> Optional[Decimal]:
    """The line of that year; of the last year named when the contract runs on."""
    lines = [line for line in sorted(amounts, key=int) if year is not None and int(line) <= year]
    return amounts[lines[-1]] if lines else None


def _months(cap: FeeCap, payment: Payment) -> Decimal:
    """Months of wage: for each begun or full period of the contract where the law counts periods, up to the most."""
    months = cap.months or Decimal(0)
    if cap.per_months and payment.contract_months:
        months = months * payment.contract_months / cap.per_months
    return min(months, cap.max_months) if cap.max_months is not None else months


def _lacking(fact: Fact) -> Optional[str]:
    cap = fact.value
    if isinstance(cap, FeeCap) and cap.schedule_by == "contract_year":
        return "year"
    return "wage" if isinstance(cap, FeeCap) and cap.cap in ("months_of_wage", "percent_of_wage") else None


def caps_that_concern(facts: FactBase, payment: Payment, role: str, country: Optional[str]) -> List[Fact]:
    """Facts of one country with a cap on this payment, the one that decides first."""
    covers = COVERED_BY[payment.purpose]
    found = [
        fact
        for fact in facts
        if fact.role == role and fact.country == country and _speaks_of(fact, payment) and _fits(fact, payment)
    ]

    def order(fact: Fact) -> Tuple:
        exact = covers.index(_covers(fact))
        apart = exact if payment.purpose in OF_ONE_THING else 0
        return apart, -_closeness(fact), len(fact.applies_to.destinations), exact, CONFIDENCE[fact.confidence]

    return sorted(found, key=order)


def _deciding(facts: FactBase, payment: Payment, role: str, country: Optional[str]) -> Optional[Fact]:
    return next(iter(caps_that_concern(facts, payment, role, country)), None)


def _covers(fact: Fact) -> str:
    assert isinstance(fact.value, FeeCap)
    return fact.value.covers


def _speaks_of(fact: Fact, payment: Payment) -> bool:
    cap = fact.value
    if not isinstance(cap, FeeCap) or cap.covers not in COVERED_BY[payment.purpose]:
        return False
    if cap.schedule_by == "destination" and payment.destination not in (cap.amounts or {}):
        return False
    if payment.purpose == "deposit":
        return cap.cap == "zero" and (fact.role == "origin" or cap.covers == "total")
    return True


def _fits(fact: Fact, payment: Payment) -> bool:
    """Whether a fact is made for this journey. Unlike a question about the law, a judgement takes nothing for granted:
    a rule for one kind of work does not fit work that is not known."""
    whom = fact.applies_to
    jobs = _jobs(payment.occupation)
    return (
        (not whom.destinations or payment.destination in whom.destinations)
        and (not whom.origins or payment.origin in whom.origins)
        and (not whom.occupations or bool(jobs & set(whom.occupations)))
        and not jobs & set(whom.except_occupations)
        and (whom.sex == "any" or payment.sex == whom.sex)
    )


def _jobs(occupation: Optional[str]) -> frozenset[str]:
    jobs = Occupations.load()
    return jobs.ancestors(occupation) if occupation is not None and occupation in jobs else frozenset()


def _closeness(fact: Fact) -> int:
    whom = fact.applies_to
    return 2 * bool(whom.destinations or whom.origins) + bool(whom.occupations) + (whom.sex != "any")


def depends_on(facts: FactBase, payment: Payment) -> List[str]:
    """What of ``occupation`` and ``sex`` is not known and would change the judgement."""
    jobs = [payment.occupation] if payment.occupation else [None, "domestic_worker", "company_worker"]
    sexes = [payment.sex] if payment.sex else [None, "female", "male"]
    found = {
        (job, sex): _gist(judge(payment._replace(occupation=job, sex=sex), facts)) for job in jobs for sex in sexes
    }
    matters = []
    if any(len({found[job, sex] for job in jobs}) > 1 for sex in sexes):
        matters.append("occupation")
    if any(len({found[job, sex] for sex in sexes}) > 1 for job in jobs):
        matters.append("sex")
    return matters


def _gist(judgement: Judgement) -> Tuple:
    return judgement.verdict, judgement.limit, judgement.lacking
