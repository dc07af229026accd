"""How long a fact may be trusted after somebody last checked it.

Past its life an answer warns; past twice its life the figure is withheld and only the official contact is given.
"""

from __future__ import annotations

import datetime
from enum import Enum

from knowledge.schema import Fact

LIFE_MONTHS = {"hotline": 6, "fees": 12, "wages": 12, "welfare_fund": 12, "insurance": 12}
LIFE_MONTHS_OF_LAW = 24
DAYS_A_MONTH = 365.25 / 12


class Freshness(Enum):
    FRESH = "fresh"
    AGEING = "ageing"
    EXPIRED = "expired"


def life_months(fact: Fact) -> int:
    return fact.life_months or LIFE_MONTHS.get(fact.topic, LIFE_MONTHS_OF_LAW)


def freshness(fact: Fact, today: datetime.date) -> Freshness:
    age_in_months = (today - fact.checked).days / DAYS_A_MONTH
    if age_in_months > 2 * life_months(fact):
        return Freshness.EXPIRED
    return Freshness.AGEING if age_in_months > life_months(fact) else Freshness.FRESH


def fresh_until(fact: Fact) -> datetime.date:
    return fact.checked + datetime.timedelta(days=round(life_months(fact) * DAYS_A_MONTH))
