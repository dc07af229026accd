"""Cost of going: what it costs, what the loan costs on top, and how many months of work it takes to earn it back."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from actions import buttons
from actions.base import Answer, Asked, Said
from actions.composer import pack
from actions.flows.cost_told import ALL, EXCHANGES, REDUCING, Told, foreign_money, money_of
from actions.flows.fee_check import UNKNOWN, sex_of, sum_in, who_goes, work_of
from actions.flows.flow import NO, NOT_SURE, NOTHING, YES, Answers, Flow, Step, first_of, said_at_the_end
from actions.flows.form import EndFlow, ValidateFlow
from actions.flows.picture import Curve, picture_of
from actions.flows.reading import WAGE_PERIODS, monthly_wage_told, sum_told
from actions.flows.repayment import Repayment, repay
from actions.profile import Profile
from knowledge.base import FactBase
from knowledge.caps import Payment, Purpose, judge
from knowledge.schema import FeeCap
from translations.localizer import Localizer

FLAT = "flat"
MONTHLY, YEARLY = ("2", "3", "5"), ("12", "24", "36")
HIGHEST_A_MONTH = 20
"""Percent; a rate above it that is told for a month is mostly one of a year."""
USUAL_CONTRACT = 24
"""Months."""

WHO_GOES = {"household": "cost_household", "sex": "cost_sex"}
"""The questions of the fee check on who goes, by the names they have here."""

RATES = [*(f"{percent}-month" for percent in MONTHLY), *(f"{percent}-year" for percent in YEARLY)]
CHOICES: Mapping[str, Sequence[str]] = {
    "loan": (ALL, NOTHING),
    "rate": (*RATES, NOTHING, NOT_SURE),
    "per": ("month", "year"),
    "kind": (FLAT, REDUCING, NOT_SURE),
    "living": (NOTHING,),
    "agency_fee": (ALL, NOT_SURE),
    WHO_GOES["household"]: (YES, NO, NOT_SURE),
    WHO_GOES["sex"]: ("woman", "man", NOT_SURE),
    **dict.fromkeys(("origin", "destination", *EXCHANGES.values()), (NOT_SURE,)),
}


class CostOfGoing(Flow):
    """Everything is counted in the money of the fees; what is in another one needs the rate that people are told."""

    name = "cost"
    choices = CHOICES

    def begin(self, asked: Asked) -> Answers:
        fees, wage = sum_told(asked, wage=False), monthly_wage_told(asked)
        begun = {"fees": fees} if fees is not None and fees.get("period") not in WAGE_PERIODS else {}
        return {**begun, "wage": wage} if wage is not None and wage.get("period") == "month" else begun

    def opening(self, asked: Asked) -> Optional[str]:
        return asked.speak.text("cost.intro")

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        steps = [
            Step(side, f"ask.{side}", [UNKNOWN], asks_for=side)
            for side in ("destination", "origin")
            if getattr(profile, side) is None
        ]
        steps.append(Step("fees", "cost.ask_fees", asks_for="sum"))
        borrowed = [(ALL, "button.all_of_it"), (NOTHING, "button.nothing")]
        steps.append(Step("loan", "cost.ask_loan", borrowed, asks_for="sum"))
        if answers.get("loan", NOTHING) != NOTHING:
            steps.extend(_on_interest(answers))
        steps.append(Step("wage", "cost.ask_wage", asks_for="wage"))
        steps.append(Step("living", "cost.ask_living", [(NOTHING, "button.nothing")], asks_for="wage"))
        further = first_of(steps, answers) or first_of(_on_exchange(profile, answers), answers)
        return further or first_of(_on_the_agency(profile, answers), answers)

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak = asked.speak
        told = Told.of(asked.profile, answers)
        if told is None:
            replies = said_at_the_end(speak, [speak.text("cost.result.no_rate")], _follow_up(speak))
            return Answer(replies, result=_result(None))
        repayment = repay(told.journey)
        legal = _by_law(told, asked.profile, answers)
        paragraphs = [*_figures(speak, told, repayment), *_on_the_law(speak, told, repayment, legal)]
        replies = said_at_the_end(speak, pack([*paragraphs, speak.text("cost.careful")]), _follow_up(speak))
        picture = None if told.rate_unsure else _picture(speak, told, repayment, legal)
        return Answer(
            [*([picture] if picture else []), *replies], result=_result(None if told.rate_unsure else repayment)
        )


class ValidateCost(ValidateFlow):
    """``validate_cost_form``"""

    flow = CostOfGoing()


class EndCost(EndFlow):
    """``action_cost``"""

    flow = CostOfGoing()


def _on_interest(answers: Answers) -> List[Step]:
    keys = [(rate, f"button.rate_{rate.partition('-')[2]}") for rate in RATES]
    titles = {rate: _rate_title(*rate.split("-")) for rate in RATES}
    choices = [*keys, (NOTHING, "button.no_interest"), UNKNOWN]
    steps = [Step("rate", "cost.ask_rate", choices, asks_for="rate", titles=titles)]
    rate = answers.get("rate")
    if isinstance(rate, Mapping) and _is_of_unclear_time(rate):
        steps.append(Step("per", "cost.ask_rate_per", [("month", "button.per_month"), ("year", "button.per_year")]))
    if rate not in (None, NOTHING, NOT_SURE):
        steps.append(Step("kind", "cost.ask_kind", [(FLAT, "button.flat"), (REDUCING, "button.reducing"), UNKNOWN]))
    return steps


def _is_of_unclear_time(rate: Mapping[str, Any]) -> bool:
    return not rate.get("per") or (rate["per"] == "month" and Decimal(str(rate["percent"])) > HIGHEST_A_MONTH)


def _rate_title(percent: str, per: str) -> Any:
    return lambda speak: speak.text(f"button.rate_{per}", rate=percent)


def _on_exchange(profile: Profile, answers: Answers) -> List[Step]:
    """What each other money is worth that something was told in: nobody knows it better than the one who changes it."""
    home, _ = money_of(profile, answers)
    return [_exchange(step, code, home) for code, step in foreign_money(profile, answers).items()]


def _exchange(step: str, code: str, home: str) -> Step:
    values = {"home": lambda speak: speak.currency(home), "wage": lambda speak: speak.currency(code)}
    return Step(step, "cost.ask_exchange", [UNKNOWN], asks_for="number", values=values)


class Lawful(NamedTuple):
    """``limit``: what the law lets them take; ``excess``: what they ask above it; the journey without that."""

    limit: Decimal
    excess: Decimal
    repayment: Repayment


def _by_law(told: Told, profile: Profile, answers: Answers) -> Optional[Lawful]:
    """None where the law says nothing, or nothing in this money, or what is asked is within it."""
    fee = answers.get("agency_fee", ALL)
    if fee == NOT_SURE:
        return None
    asked_for, currency = (told.journey.cost, told.currency) if fee == ALL else sum_in(fee, told.currency, profile)
    if currency != told.currency:
        return None
    wage = sum_in(answers["wage"], money_of(profile, answers)[1], profile)
    purpose: Purpose = "everything" if fee == ALL else "service_charge"
    judgement = judge(_payment(profile, answers, asked_for, currency, purpose, wage), FactBase.load())
    limit = judgement.limit
    if limit is None or limit.currency not in (told.currency, None) or asked_for <= limit.amount:
        return None
    excess = asked_for - limit.amount
    cost, borrowed = told.journey.cost - excess, max(told.journey.borrowed - excess, Decimal(0))
    return Lawful(limit.amount, excess, repay(replace(told.journey, cost=max(cost, borrowed), borrowed=borrowed)))


def _payment(
    profile: Profile,
    answers: Answers,
    amount: Decimal,
    currency: str,
    purpose: Purpose,
    wage: Optional[Tuple[Decimal, str]] = None,
) -> Payment:
    told = {name: answers[step] for name, step in WHO_GOES.items() if step in answers}
    work, sex = work_of(profile, told), sex_of(told)
    return Payment(amount, currency, purpose, profile.origin, profile.destination, work, sex, wage)


def _on_the_agency(profile: Profile, answers: Answers) -> List[Step]:
    """Who goes, where the law makes a difference of it. And most caps are on what the agency takes, not on the whole
    cost: then that part is asked for."""
    home, _ = money_of(profile, answers)
    cost, _ = sum_in(answers["fees"], home, profile)
    facts, payment = FactBase.load(), _payment(profile, answers, cost, home, "everything")
    who = [replace(step, name=WHO_GOES[step.name]) for step in who_goes(facts, payment)]
    if first_of(who, answers) is not None:
        return who
    judgement = judge(payment, facts)
    cap = judgement.decided_by.value if judgement.decided_by is not None else None
    on_a_part = judgement.verdict == "above_cap" and isinstance(cap, FeeCap) and cap.covers != "total"
    choices = [(ALL, "button.all_of_it"), UNKNOWN]
    return [Step("agency_fee", "cost.ask_agency_fee", choices, asks_for="sum")] if on_a_part else []


def _figures(speak: Localizer, told: Told, repayment: Repayment) -> List[str]:
    journey = told.journey
    lines = [
        speak.text("cost.result.title"),
        f"• {speak.text('cost.result.fees', fees=_money(speak, journey.cost, told))}",
    ]
    if journey.borrowed:
        lines.append(f"• {speak.text('cost.result.loan', loan=_money(speak, journey.borrowed, told))}")
    if journey.left <= 0:
        return ["\n".join(lines), speak.text("cost.result.nothing_left")]
    lines.append(f"• {speak.text('cost.result.left', left=_money(speak, journey.left, told))}")
    lines.extend(f"• {line}" for line in told.reckoned)
    if told.rate_unsure:
        return ["\n".join([*lines, *_for_usual_rates(speak, told)])]
    if journey.borrowed and repayment.loan_months is None:
        return ["\n".join(lines), speak.text("cost.result.never"), *_on_kinds(speak, told, repayment)]
    if journey.borrowed:
        lines.append(f"• {speak.text('cost.result.months', months=repayment.loan_months)}")
        lines.append(f"• {speak.text('cost.result.interest', interest=_money(speak, repayment.interest, told))}")
    if repayment.even_months is not None and repayment.even_months != repayment.loan_months:
        lines.append(f"• {speak.text('cost.result.even', months=repayment.even_months)}")
    is_long = (repayment.even_months or 0) > USUAL_CONTRACT
    return [
        "\n".join(lines),
        *_on_kinds(speak, told, repayment),
        *([speak.text("cost.long")] if is_long and journey.borrowed else []),
    ]


def _for_usual_rates(speak: Localizer, told: Told) -> List[str]:
    """Who does not know the interest sees what usual rates would mean."""
    lines = []
    for percent in MONTHLY:
        found = repay(replace(told.journey, percent=Decimal(percent)))
        if found.interest is not None:
            interest = speak.text("cost.result.interest", interest=_money(speak, found.interest, told))
            lines.append(f"• {speak.text('button.rate_month', rate=percent)} → {interest}")
    return lines


def _on_kinds(speak: Localizer, told: Told, repayment: Repayment) -> List[str]:
    """How interest can be counted, where there is any; and what the other way would cost."""
    if not told.journey.borrowed or not told.journey.percent:
        return []
    texts = [speak.text("cost.taken_flat")] if told.kind_unsure else []
    texts.append(speak.text("cost.kinds"))
    other = repay(replace(told.journey, kind="reducing"))
    if told.journey.kind == "flat" and other.interest is not None:
        texts.append(speak.text("cost.other_kind", interest=_money(speak, other.interest, told)))
    return ["\n".join(texts)]


def _on_the_law(speak: Localizer, told: Told, repayment: Repayment, lawful: Optional[Lawful]) -> List[str]:
    if lawful is None:
        return []
    sums = {"limit": _money(speak, lawful.limit, told), "excess": _money(speak, lawful.excess, told)}
    if repayment.even_months is None or lawful.repayment.even_months is None:
        return [speak.text("cost.above_limit_never", **sums)]
    more = (repayment.interest or Decimal(0)) - (lawful.repayment.interest or Decimal(0))
    months = repayment.even_months - lawful.repayment.even_months
    return [speak.text("cost.above_limit", **sums, months=months, interest=_money(speak, more, told))]


def _picture(speak: Localizer, told: Told, repayment: Repayment, lawful: Optional[Lawful]) -> Optional[Said]:
    if len(repayment.owed) < 2 or repayment.even_months is None:
        return None
    curves = [Curve(speak.text("cost.picture.asked"), [float(one) for one in repayment.owed])]
    if lawful is not None and lawful.repayment.even_months is not None:
        curves.append(Curve(speak.text("cost.picture.legal"), [float(one) for one in lawful.repayment.owed]))
    owed, months = speak.text("cost.picture.owed"), speak.text("cost.picture.months")
    return Said(owed, picture=picture_of(owed, months, told.currency, curves))


def _money(speak: Localizer, amount: Optional[Decimal], told: Told) -> str:
    whole = (amount or Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
    return speak.money(whole, told.currency)


def _follow_up(speak: Localizer) -> Sequence[buttons.Button]:
    return [buttons.check(speak, "ask_fees"), buttons.topic(speak, "ask_loan_debt")]


def _result(repayment: Optional[Repayment]) -> Dict[str, Any]:
    """What ``advisor ask --jsonl`` shows: None for what never ends, or cannot be counted."""
    interest = repayment.interest if repayment is not None else None
    return {
        "flow": CostOfGoing.name,
        "months_to_repay": repayment.loan_months if repayment is not None else None,
        "total_interest": None if interest is None else float(round(interest, 2)),
    }
