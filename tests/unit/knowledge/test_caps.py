"""The fee caps decide as a careful reader of the facts decides: every case in fee_cases.jsonl was derived by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import pytest

from knowledge.base import FactBase
from knowledge.caps import Limit, Payment, depends_on, judge
from knowledge.schema import FeeCap

CASES: List[Dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "fee_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
FACTS = FactBase.load()


def money(told: Optional[Dict[str, Any]]) -> Optional[Tuple[Decimal, str]]:
    return (Decimal(str(told["amount"])), told["currency"]) if told else None


def payment(case: Dict[str, Any]) -> Payment:
    return Payment(
        Decimal(str(case["amount"])),
        case["currency"],
        case["purpose"],
        case["origin"],
        case["destination"],
        case["occupation"],
        case["sex"],
        money(case.get("wage")),
        case.get("contract_months"),
        case.get("contract_year"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_verdict_is_the_one_derived_by_hand(case: Dict[str, Any]) -> None:
    found = judge(payment(case), FACTS)
    assert (found.verdict, found.decided_by and found.decided_by.id) == (case["verdict"], case["decided_by"]), case[
        "why"
    ]
    wanted = money(case["cap"])
    if found.verdict != "no_cap":
        assert found.limit is not None
        assert wanted is not None
        assert (found.limit.amount, found.limit.currency) == wanted


def test_every_cap_that_can_decide_is_in_a_case() -> None:
    judged = {id_ for case in CASES for id_ in (case["decided_by"], case.get("beside"))}
    caps = {fact.id for fact in FACTS if isinstance(fact.value, FeeCap) and fact.role != "standard"}
    never_first = {
        "la.fees.korea_registration_free",  # a registration nobody is asked to pay for under another name
        "lk.fees.slbfe_renewal",  # asked for in the same words as the registration
        "th.fees.doe_placement_free",  # only where the state itself sends; the cap of agencies comes first
        "vn.fees.brokerage_ban",  # has a test of its own below
    }
    assert caps - judged <= never_first


def test_a_rule_for_one_kind_of_work_decides_nothing_while_the_work_is_not_known() -> None:
    unknown = Payment(Decimal(100), "USD", "everything", None, "KW")
    assert judge(unknown, FACTS).verdict == "no_cap"
    assert depends_on(FACTS, unknown) == ["occupation"]
    assert judge(unknown._replace(occupation="domestic_worker"), FACTS).verdict == "not_allowed"


def test_a_broker_may_take_nothing_where_the_law_makes_the_agency_pay_him() -> None:
    asked = Payment(Decimal(5_000_000), "VND", "broker", "VN", "TW")
    found = judge(asked, FACTS)
    assert (found.verdict, found.decided_by and found.decided_by.id) == ("not_allowed", "vn.fees.brokerage_ban")


def test_tax_is_added_to_the_cap() -> None:
    found = judge(Payment(Decimal(35_400), "INR", "service_charge", "IN", "SA"), FACTS)
    assert found.limit == Limit(Decimal("35400"), "INR")
    assert found.verdict == "within_cap"


@pytest.mark.parametrize(
    ("amount", "verdict", "lacking"), [(900, "within_cap", None), (1500, "no_cap", "length"), (2500, "above_cap", None)]
)
def test_a_limit_that_grows_with_the_contract_is_sure_only_where_no_length_changes_it(
    amount: int, verdict: str, lacking: Optional[str]
) -> None:
    asked = Payment(Decimal(amount), "SGD", "service_charge", "LA", "SG", wage=(Decimal(1000), "SGD"))
    found = judge(asked, FACTS)
    assert (found.verdict, found.lacking) == (verdict, lacking)


def test_a_monthly_fee_without_its_year_is_not_said_to_have_no_limit() -> None:
    found = judge(Payment(Decimal(1600), "TWD", "monthly_service_fee", "ID", "TW"), FACTS)
    assert (found.verdict, found.lacking) == ("no_cap", "year")
