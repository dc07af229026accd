"""The shape of one fact, and the typed values that code computes with.

A fact without a source is allowed only when it says so itself: ``confidence: low`` and a ``note``.
Unknown keys are errors: a misspelt key would otherwise drop a figure in silence.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Dict, List, Literal, Optional, Tuple, Union

from babel.core import Locale
from babel.numbers import list_currencies
from pydantic import BaseModel, Extra, Field, root_validator, validator

TOPICS = (
    "clearance", "complaint", "contract", "deductions", "documents", "domestic", "fees", "hotline", "hours",
    "housing", "injury", "insurance", "irregular", "job_change", "leave", "licence", "medical", "orientation",
    "passport", "remittance", "rest", "restrictions", "return", "skills", "termination", "trafficking_law",
    "union", "wages", "welfare_fund",
)  # fmt: skip

SUBJECTS = (*TOPICS, "contract_changed", "loan_debt", "refund", "women")
"""What a fact may also be about, besides its topic: a fee fact on the medical test is also about ``medical``."""

CLAIMS = ("death", "injury", "illness", "sent_home", "unpaid", "family")
"""Events after which a fund or an insurance pays, or helps to claim."""

WORLD = "001"
"""The UN code (also CLDR's) for the world: standards that hold in every country, such as the ILO's."""

ISO2 = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch(r"[A-Z]{2}", code)) - {
    "EU",
    "UN",
    "ZZ",
}
ISO4217 = frozenset(list_currencies())

Figure = Union[bool, int, Decimal, str]


def known_country(code: str) -> str:
    if code not in ISO2:
        raise ValueError(f"{code!r} is not an ISO 3166 country code")
    return code


def known_currency(code: str) -> str:
    if code not in ISO4217:
        raise ValueError(f"{code!r} is not an ISO 4217 currency code")
    return code


class Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class Source(Strict):
    """Where a fact was read. ``date`` is what the publisher gives: YYYY, YYYY-MM, YYYY-MM-DD or 'undated'."""

    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    url: str = Field(min_length=1)
    date: str = Field(regex=r"^(\d{4}(-\d{2}){0,2}|undated)$")


class AppliesTo(Strict):
    """Whom a fact concerns. An empty tuple means: no limit on that side."""

    origins: Tuple[str, ...] = ()
    destinations: Tuple[str, ...] = ()
    occupations: Tuple[str, ...] = ()
    except_occupations: Tuple[str, ...] = ()
    sex: Literal["any", "female", "male"] = "any"

    _countries = validator("origins", "destinations", each_item=True, allow_reuse=True)(known_country)


class FeeCap(Strict):
    """The most a worker may be charged under the law of the fact's country.

    ``fixed``: ``amount`` in ``currency``. ``zero``: nothing may be charged. ``months_of_wage``: ``months`` of the
    monthly wage, per ``per_months`` of contract when given, at most ``max_months``. ``percent_of_wage``: ``percent``
    of the first month's wage. ``schedule``: ``amounts`` by destination, or by year of the contract.
    ``covers`` says for what; ``plus_tax_percent`` is added on top of the cap.
    """

    kind: Literal["fee_cap"]
    cap: Literal["fixed", "zero", "months_of_wage", "percent_of_wage", "schedule"]
    covers: Literal[
        "service_charge", "total", "placement", "processing_only", "medical_test", "training", "visa_and_ticket",
        "monthly_service_fee", "clearance_card", "levy", "brokerage", "other",
    ]  # fmt: skip
    amount: Optional[Decimal]
    currency: Optional[str]
    months: Optional[Decimal]
    per_months: Optional[int]
    max_months: Optional[Decimal]
    percent: Optional[Decimal]
    plus_tax_percent: Optional[Decimal]
    amounts: Optional[Dict[str, Decimal]]
    schedule_by: Optional[Literal["destination", "contract_year"]]
    paid_by: Optional[Literal["employer", "agency", "state"]]
    details: Dict[str, Figure] = {}

    @validator("currency")
    def _currency(cls, code: Optional[str]) -> Optional[str]:
        return code if code is None else known_currency(code)

    @root_validator(skip_on_failure=True)
    def _complete(cls, fields: dict) -> dict:
        needed = {
            "fixed": ("amount", "currency"),
            "zero": (),
            "months_of_wage": ("months",),
            "percent_of_wage": ("percent",),
            "schedule": ("amounts", "currency", "schedule_by"),
        }[fields["cap"]]
        missing = [name for name in needed if fields.get(name) is None]
        if missing:
            raise ValueError(f"a {fields['cap']} cap needs {', '.join(missing)}")
        if fields.get("schedule_by") == "destination":
            for code in fields["amounts"]:
                known_country(code)
        return fields


class Contact(Strict):
    """One way to reach help. ``works_from``: the country of the fact itself, another country, or both."""

    purpose: Literal[
        "emergency", "police", "ambulance", "fire", "trafficking", "labour", "complaint", "immigration", "embassy",
        "domestic_workers", "women", "children", "shelter", "health", "self_harm", "ngo", "union", "welfare", "general",
    ]  # fmt: skip
    channel: Literal["phone", "whatsapp", "sms", "email", "web", "app"]
    address: str = Field(min_length=2)
    works_from: Literal["inside", "abroad", "anywhere"] = "inside"
    languages: Tuple[str, ...] = ()
    hours: Optional[str]

    @validator("address")
    def _dialable(cls, address: str, values: dict) -> str:
        if values.get("channel") in ("phone", "whatsapp", "sms") and not re.fullmatch(r"[+()\d][\d ()-]*", address):
            raise ValueError(f"{address!r} is not a number one can dial")
        return address


class Money(Strict):
    """A sum that is no cap: a wage, fine, benefit, price. ``what`` is a short snake_case name of it."""

    kind: Literal["money"]
    what: str = Field(regex=r"^[a-z0-9_]+$")
    amount: Optional[Decimal]
    minimum: Optional[Decimal]
    maximum: Optional[Decimal]
    currency: str
    per: Optional[Literal["hour", "day", "month", "year", "once"]]
    payer: Optional[str]
    since: Optional[str]
    details: Dict[str, Figure] = {}

    _currency = validator("currency", allow_reuse=True)(known_currency)

    @root_validator(skip_on_failure=True)
    def _some_amount(cls, fields: dict) -> dict:
        if all(fields.get(name) is None for name in ("amount", "minimum", "maximum")):
            raise ValueError("needs amount, minimum or maximum")
        return fields


class Period(Strict):
    """A length of time that matters: a deadline, a validity, a notice."""

    kind: Literal["period"]
    what: str = Field(regex=r"^[a-z0-9_]+$")
    days: Optional[int]
    weeks: Optional[int]
    months: Optional[int]
    years: Optional[int]
    details: Dict[str, Figure] = {}

    @root_validator(skip_on_failure=True)
    def _some_length(cls, fields: dict) -> dict:
        if all(fields.get(name) is None for name in ("days", "weeks", "months", "years")):
            raise ValueError("needs days, weeks, months or years")
        return fields


class Figures(Strict):
    """Researched figures nothing computes with yet; kept word for word for editors and later flows."""

    kind: Literal["figures"]
    figures: Dict[str, Union[Figure, List[Figure], Dict[str, Figure]]] = Field(min_items=1)


Value = Union[FeeCap, Money, Period, Figures]
VALUE_KINDS = {"fee_cap": FeeCap, "money": Money, "period": Period, "figures": Figures}


class Fact(Strict):
    """One thing we know. ``summary`` is the English sentence people read; its translations are keyed by ``id``.

    ``disputed``: the note tells of reports that say otherwise and are no facts of their own; readers are warned.
    ``claim``: the events after which it says what is paid or how it is claimed (actions/flows/welfare_claim.py).
    ``life_months`` shortens the life of a fact that is moving now (knowledge.freshness has the usual ones).
    """

    id: str = Field(regex=r"^[a-z0-9]+(\.[a-z0-9_]+)+$")
    topic: Literal[TOPICS]  # type: ignore[valid-type]
    also: Tuple[Literal[SUBJECTS], ...] = ()  # type: ignore[valid-type]
    country: str
    role: Literal["origin", "destination", "standard"]
    applies_to: AppliesTo = AppliesTo()
    value: Optional[Value]
    contacts: Tuple[Contact, ...] = ()
    summary: str = Field(min_length=20, max_length=400)
    sources: Tuple[Source, ...]
    confidence: Literal["high", "medium", "low"]
    note: Optional[str]
    disputed: bool = False
    conflicts_with: Tuple[str, ...] = ()
    life_months: Optional[int] = Field(ge=1)
    claim: Tuple[Literal[CLAIMS], ...] = ()  # type: ignore[valid-type]
    checked: datetime.date
    status: Literal["draft", "reviewed"] = "draft"
    reviewed_by: Optional[str]

    @validator("value", pre=True)
    def _value_of_its_kind(cls, value: object) -> object:
        if value is None or not isinstance(value, dict):
            return value
        kind = value.get("kind")
        if kind not in VALUE_KINDS:
            raise ValueError(f"kind must be one of {', '.join(VALUE_KINDS)}, not {kind!r}")
        return VALUE_KINDS[kind](**value)

    @root_validator(skip_on_failure=True)
    def _honest(cls, fields: dict) -> dict:
        if not fields["sources"] and not (fields["confidence"] == "low" and fields.get("note")):
            raise ValueError("a fact without a source must be of low confidence and say so in its note")
        if fields["status"] == "reviewed" and not fields.get("reviewed_by"):
            raise ValueError("a reviewed fact names who reviewed it in reviewed_by")
        return fields


class FactFile(Strict):
    """A file of facts: one country in one role. ``gaps`` lists what nobody has found yet."""

    country: str
    role: Literal["origin", "destination", "standard"]
    facts: Tuple[Fact, ...]
    gaps: Tuple[str, ...] = ()

    @root_validator(pre=True)
    def _facts_inherit_country_and_role(cls, fields: dict) -> dict:
        here = {"country": fields.get("country"), "role": fields.get("role")}
        facts = fields.get("facts") or []
        return {**fields, "facts": [{**here, **fact} if isinstance(fact, dict) else fact for fact in facts]}

    @validator("country")
    def _country(cls, code: str) -> str:
        return code if code == WORLD else known_country(code)
