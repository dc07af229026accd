"""Fee check: what is asked for, beside the law of both countries and the international standard."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from babel.numbers import get_territory_currencies

from actions import buttons, clock
from actions.base import Answer, Asked
from actions.composer import pack
from actions.figures import fact_text
from actions.flows.flow import (
    NO,
    NOT_SURE,
    YES,
    YES_OR_NO,
    Answers,
    Flow,
    Step,
    first_of,
    said_at_the_end,
)
from actions.flows.form import EndFlow, ValidateFlow
from actions.flows.reading import sum_told
from actions.profile import Profile
from knowledge.base import FactBase
from knowledge.caps import PURPOSES, Judgement, Payment, depends_on, judge
from knowledge.schema import Fact, FeeCap
from translations.localizer import Localizer

ONLY_SOMEWHERE = {"levy": "levy", "monthly_service_fee": "monthly_service_fee", "processing": None}
"""Payments that are asked for only where the destination has a cap on them (and one that is never offered)."""
YEARS = [(str(years), f"button.years.{years}") for years in (1, 2, 3)]
UNKNOWN = (NOT_SURE, "button.not_sure")
FREE_ITEMS, COMPLAINTS = 2, 1
"""How many facts on what is free, and on where to complain, follow a verdict."""
HOUSEHOLD, COMPANY = "domestic_worker", "company_worker"

CHOICES: Mapping[str, Sequence[str]] = {
    "purpose": (*PURPOSES, NOT_SURE),
    "household": (YES, NO, NOT_SURE),
    "sex": ("woman", "man", NOT_SURE),
    "length": ("1", "2", "3", NOT_SURE),
    "year": ("1", "2", "3", NOT_SURE),
    **dict.fromkeys(("origin", "destination", "wage", "amount_in_law"), (NOT_SURE,)),
}


class FeeCheck(Flow):
    """Asks only what can change the verdict: both countries, the sum, what for; then the work, the sex, the wage and
    the length of the contract where a law makes a difference of them."""

    name = "fee_check"
    choices = CHOICES

    def begin(self, asked: Asked) -> Answers:
        """A sum told with the question is what is asked for, all together unless another purpose is chosen."""
        told = sum_told(asked, wage=False)
        return {"amount": told, "purpose": "everything"} if told is not None else {}

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        countries = [
            Step(side, f"ask.{side}", [UNKNOWN], asks_for=side)
            for side in ("destination", "origin")
            if getattr(profile, side) is None
        ]
        asked_for = [
            Step("amount", "fee_check.ask_amount", asks_for="sum"),
            Step("purpose", "fee_check.ask_purpose", [*_purposes(profile), UNKNOWN]),
        ]
        return first_of([*countries, *asked_for], answers) or first_of(_what_the_law_asks(profile, answers), answers)

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak, payment = asked.speak, payment_of(asked.profile, answers)
        judgement = judge(payment, asked.facts)
        told = [fact for fact in (judgement.decided_by, judgement.beside) if fact is not None]
        standard = asked.facts.standards(("fees",))[:1]
        free = [fact for fact in _free_items(asked.facts, payment) if fact not in told][:FREE_ITEMS]
        complaints = asked.facts.of_origin(("complaint",), asked.profile.person)[:COMPLAINTS]
        paragraphs = [
            f"{_asked_for(speak, payment)}\n{_verdict(speak, payment, judgement)}",
            *([speak.text("fee_check.part_only")] if _is_on_a_part_only(payment, judgement) else []),
            *_headed(asked, told),
            *_headed(asked, standard),
            *_listed(asked, "fee_check.free_items", free),
            speak.text("fee_check.receipt"),
            speak.text("fee_check.paid_already"),
            *_listed(asked, "fee_check.where_to_complain", complaints),
        ]
        follow_up = [buttons.topic(speak, "ask_complaint"), buttons.topic(speak, "ask_refund")]
        return Answer(
            said_at_the_end(speak, pack(paragraphs), follow_up),
            facts=[fact.id for fact in (*told, *standard, *free, *complaints)],
            result=result_of(judgement),
        )


class ValidateFeeCheck(ValidateFlow):
    """``validate_fee_check_form``"""

    flow = FeeCheck()


class EndFeeCheck(EndFlow):
    """``action_fee_check``"""

    flow = FeeCheck()


def payment_of(profile: Profile, answers: Answers) -> Payment:
    """What is asked for. A sum without a currency is taken to be in that of the country of origin."""
    wage = answers.get("wage")
    amount, currency = sum_in(answers["amount"], currency_of(profile.origin or profile.destination), profile)
    payment = Payment(
        amount,
        currency,
        _purpose(answers),
        profile.origin,
        profile.destination,
        work_of(profile, answers),
        sex_of(answers),
        sum_in(wage, currency_of(profile.destination or profile.origin), profile)
        if isinstance(wage, Mapping)
        else None,
        12 * int(answers["length"]) if answers.get("length", "").isdigit() else None,
        int(answers["year"]) if answers.get("year", "").isdigit() else None,
    )
    return _in_the_money_of_the_law(payment, answers.get("amount_in_law"), profile)


def work_of(profile: Profile, answers: Answers) -> Optional[str]:
    """The occupation, or what the question whether it is in a private home says of it."""
    return profile.occupation or {YES: HOUSEHOLD, NO: COMPANY}.get(answers.get("household", ""))


def sex_of(answers: Answers) -> Optional[str]:
    return {"woman": "female", "man": "male"}.get(answers.get("sex", ""))


def who_goes(facts: FactBase, payment: Payment) -> List[Step]:
    """Questions on the work and the person that the law on this payment makes a difference of."""
    matters = depends_on(facts, payment)
    steps = [Step("household", "fee_check.ask_household", YES_OR_NO)] if "occupation" in matters else []
    if "sex" in matters:
        steps.append(Step("sex", "fee_check.ask_sex", [("woman", "button.woman"), ("man", "button.man"), UNKNOWN]))
    return steps


def _purpose(answers: Answers) -> Any:
    told = answers.get("purpose", NOT_SURE)
    return "everything" if told == NOT_SURE else told


def _in_the_money_of_the_law(payment: Payment, told: Any, profile: Profile) -> Payment:
    """The same payment by the sum people told when they were asked for it in the currency of the cap."""
    limit = judge(payment, FactBase.load()).limit
    if not isinstance(told, Mapping) or limit is None or limit.currency is None:
        return payment
    amount, currency = sum_in(told, limit.currency, profile)
    return payment._replace(amount=amount, currency=currency)


def result_of(judgement: Judgement) -> Dict[str, Any]:
    """What ``advisor ask --jsonl`` shows of a verdict."""
    limit = judgement.limit if judgement.verdict != "no_cap" else None
    cap = None if limit is None else {"amount": _plain(limit.amount), "currency": limit.currency}
    return {"flow": FeeCheck.name, "verdict": judgement.verdict, "cap": cap}


def _purposes(profile: Profile) -> List[Tuple[str, str]]:
    capped = {
        fact.value.covers
        for fact in FactBase.load()
        if isinstance(fact.value, FeeCap) and fact.role == "destination" and fact.country == profile.destination
    }
    offered = [one for one in PURPOSES if one not in ONLY_SOMEWHERE or ONLY_SOMEWHERE[one] in capped]
    return [(one, f"fee_check.purpose.{one}") for one in offered]


def _what_the_law_asks(profile: Profile, answers: Answers) -> List[Step]:
    """Questions whose answers change the verdict on this payment, by the facts of its two countries."""
    facts, payment = FactBase.load(), payment_of(profile, answers)
    steps = who_goes(facts, payment)
    if first_of(steps, answers) is not None:
        return steps
    judgement = judge(payment, facts)
    cap = judgement.decided_by.value if judgement.decided_by is not None else None
    if isinstance(cap, FeeCap) and cap.cap in ("months_of_wage", "percent_of_wage"):
        steps.append(Step("wage", "fee_check.ask_wage", [UNKNOWN], asks_for="wage"))
        if cap.per_months and answers.get("wage") != NOT_SURE:
            steps.append(Step("length", "fee_check.ask_length", [*YEARS, UNKNOWN]))
    if isinstance(cap, FeeCap) and cap.schedule_by == "contract_year":
        steps.append(Step("year", "fee_check.ask_year", [*YEARS, UNKNOWN]))
    limit = judgement.limit
    if judgement.lacking == "currency" and limit is not None and first_of(steps, answers) is None:
        steps.append(_in_law_currency(limit.amount, limit.currency or ""))
    return steps


def _in_law_currency(amount: Decimal, currency: str) -> Step:
    values = {
        "limit": lambda speak: speak.money(amount, currency),
        "currency": lambda speak: speak.currency(currency),
    }
    return Step("amount_in_law", "fee_check.ask_in_law_currency", [UNKNOWN], asks_for="sum", values=values)


def sum_in(told: Mapping[str, Any], own: str, profile: Profile) -> Tuple[Decimal, str]:
    """A sum as it was told; what the words leave open is in the ``own`` currency, or, where the word rules that out
    ("riyal", for somebody from Nepal), in that of one of the two countries."""
    candidates = told.get("candidates") or [own]
    likely = [own, currency_of(profile.origin), currency_of(profile.destination), candidates[0]]
    open_to = next(one for one in likely if one in candidates)
    return Decimal(str(told["amount"])), told.get("currency") or open_to


def currency_of(country: Optional[str]) -> str:
    """The money people use in a country, by CLDR; the dollar where no country is known."""
    used = get_territory_currencies(country) if country else []
    return str(used[0]) if used else "USD"


def _asked_for(speak: Localizer, payment: Payment) -> str:
    purpose = speak.text(f"fee_check.purpose.{payment.purpose}")
    return speak.text("fee_check.asked_for", amount=speak.money(payment.amount, payment.currency), purpose=purpose)


def _verdict(speak: Localizer, payment: Payment, judgement: Judgement) -> str:
    limit = judgement.limit
    money = speak.money(limit.amount, limit.currency) if limit is not None and limit.currency else ""
    if judgement.verdict == "above_cap" and limit is not None and limit.currency is not None:
        excess = speak.money(payment.amount - limit.amount, limit.currency)
        return speak.text("fee_check.verdict.above_cap", limit=money, excess=excess)
    if judgement.lacking == "currency":
        return speak.text("fee_check.verdict.other_currency", limit=money)
    if judgement.lacking == "wage":
        return speak.text("fee_check.verdict.no_wage")
    if judgement.lacking in ("length", "year"):
        return speak.text("fee_check.verdict.no_length")
    if judgement.verdict == "within_cap":
        return speak.text("fee_check.verdict.within_cap", limit=money)
    return speak.text(f"fee_check.verdict.{judgement.verdict}")


def _is_on_a_part_only(payment: Payment, judgement: Judgement) -> bool:
    """Whether a sum for everything together was held against a limit on what the agency itself takes."""
    cap = judgement.decided_by.value if judgement.decided_by is not None else None
    is_above = judgement.verdict == "above_cap" and payment.purpose == "everything"
    return is_above and isinstance(cap, FeeCap) and cap.covers != "total"


def _free_items(facts: FactBase, payment: Payment) -> List[Fact]:
    """What may not be charged at all on this journey, whatever this payment is for."""
    items = ("visa_ticket", "medical", "training", "clearance_card", "broker", "levy")
    judged = [judge(payment._replace(purpose=item), facts) for item in items]  # type: ignore[arg-type]
    free = [one.decided_by for one in judged if one.verdict == "not_allowed" and one.decided_by is not None]
    return list({fact.id: fact for fact in free}.values())


def _headed(asked: Asked, facts: Sequence[Fact]) -> List[str]:
    """Each fact under a heading that says whose rule it is."""
    return [f"{_heading(asked, fact)}\n{_text(asked, fact)}" for fact in facts]


def _heading(asked: Asked, fact: Fact) -> str:
    country = asked.speak.country(fact.country) if fact.role != "standard" else ""
    return asked.speak.text(f"answer.heading.{fact.role}", country=country)


def _listed(asked: Asked, key: str, facts: Sequence[Fact]) -> List[str]:
    return ["\n".join([asked.speak.text(key), *(_text(asked, fact) for fact in facts)])] if facts else []


def _text(asked: Asked, fact: Fact) -> str:
    return fact_text(asked.speak, fact, clock.today(), asked.profile.destination)


def _plain(amount: Decimal) -> float | int:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
