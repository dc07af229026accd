"""A fact in the reader's language: its sentence, or, where nobody has translated it yet, what its figures say."""

from __future__ import annotations

import datetime
from typing import List, Optional

from knowledge.freshness import Freshness, freshness
from knowledge.schema import Contact, Fact, FeeCap, Money
from translations.localizer import Localizer

CAP_KEYS = {
    "fixed": "figure.cap.fixed",
    "zero": "figure.cap.zero",
    "months_of_wage": "figure.cap.months_of_wage",
    "percent_of_wage": "figure.cap.percent_of_wage",
}


def fact_text(speak: Localizer, fact: Fact, today: datetime.date, destination: Optional[str] = None) -> str:
    """One fact as a paragraph: the sentence, doubts about it, its source and date."""
    if freshness(fact, today) is Freshness.EXPIRED:
        return speak.text("fact.expired", date=speak.date(fact.checked))
    sentence = speak.fact(fact.id, fact.summary)
    lines: List[str] = []
    if not sentence.translated:
        figure = figure_text(speak, fact, destination)
        lines += [figure] if figure else []
        lines.append(speak.text("fact.in_english", text=sentence.text))
    else:
        lines.append(sentence.text)
    if fact.confidence == "low":
        lines.append(speak.text("fact.low_confidence"))
    if fact.disputed:
        lines.append(speak.text("fact.disputed"))
    if freshness(fact, today) is Freshness.AGEING:
        lines.append(speak.text("fact.ageing", date=speak.date(fact.checked)))
    return "\n".join([f"• {lines[0]}", *lines[1:], source_text(speak, fact)])


def source_text(speak: Localizer, fact: Fact) -> str:
    """``(Department of Foreign Employment, 2025)``; says so when there is none."""
    if not fact.sources:
        return speak.text("fact.no_source")
    first = fact.sources[0]
    date = speak.text("fact.undated") if first.date == "undated" else first.date[:4]
    return speak.text("fact.source", publisher=first.publisher, date=date)


def figure_text(speak: Localizer, fact: Fact, destination: Optional[str]) -> Optional[str]:
    """What the typed value of a fact says, as a sentence of the catalog; None for a fact without such a value."""
    if isinstance(fact.value, FeeCap):
        return _cap_text(speak, fact.value, destination)
    if isinstance(fact.value, Money) and fact.value.what == "minimum_wage":
        return _minimum_wage_text(speak, fact.value)
    if fact.contacts:
        return speak.text("figure.contacts", numbers=", ".join(number(speak, contact) for contact in fact.contacts[:4]))
    return None


def _minimum_wage_text(speak: Localizer, wage: Money) -> Optional[str]:
    if wage.amount is None or wage.per not in ("month", "day", "hour"):
        return None
    return speak.text(f"figure.minimum_wage.{wage.per}", amount=speak.money(wage.amount, wage.currency))


def _cap_text(speak: Localizer, cap: FeeCap, destination: Optional[str]) -> Optional[str]:
    amount = cap.amount
    if cap.cap == "schedule":
        if cap.schedule_by != "destination" or destination not in (cap.amounts or {}):
            return None
        amount = (cap.amounts or {})[destination]
        return speak.text("figure.cap.fixed", amount=speak.money(amount, cap.currency or ""))
    if cap.cap == "fixed" and amount is not None:
        return speak.text("figure.cap.fixed", amount=speak.money(amount, cap.currency or ""))
    if cap.cap == "months_of_wage" and cap.months is not None:
        return speak.text("figure.cap.months_of_wage", months=f"{cap.months.normalize():f}")
    if cap.cap == "percent_of_wage" and cap.percent is not None:
        return speak.text("figure.cap.percent_of_wage", percent=f"{cap.percent.normalize():f}")
    return speak.text("figure.cap.zero")


def number(speak: Localizer, contact: Contact) -> str:
    """A number as it is dialled, with the app it belongs to where it is not a telephone."""
    isolated = speak.number(contact.address)
    return isolated if contact.channel == "phone" else f"{contact.channel.capitalize()} {isolated}"
