"""The buttons under our replies. Titles come from the catalogs, payloads stay under 64 bytes."""

from __future__ import annotations

import json
from typing import Iterable, List, NamedTuple, Optional, Sequence

from actions.topics import advice_topics
from translations.languages import LANGUAGES, language_of_locale, spoken
from translations.localizer import Localizer

CHECKS = {
    "ask_fees": "button.fee_check",
    "ask_contract": "button.contract_check",
    "ask_trafficking": "button.self_check",
    "ask_offer_check": "button.offer_check",
    "ask_agency_licence": "button.agency_check",
    "ask_loan_debt": "button.cost",
    "ask_welfare_fund": "button.welfare_claim",
}


class Button(NamedTuple):
    title: str
    payload: str


def payload(intent: str, **entities: str) -> str:
    """``payload("ask_fees", step="2")`` → ``/ask_fees{"step":"2"}``."""
    return f"/{intent}" + (json.dumps(entities, separators=(",", ":")) if entities else "")


def topic(speak: Localizer, intent: str, **entities: str) -> Button:
    row = advice_topics()[intent]
    return Button(f"{row.sign} {speak.text(row.label_key)}", payload(intent, **entities))


def topics(speak: Localizer, intents: Iterable[str]) -> List[Button]:
    return [topic(speak, intent) for intent in intents]


def menu(speak: Localizer) -> Button:
    return Button(speak.text("button.menu"), payload("show_menu"))


def person(speak: Localizer) -> Button:
    return Button(speak.text("button.person"), payload("talk_to_human"))


def more(speak: Localizer, intent: str) -> Button:
    return Button(speak.text("button.more"), payload(intent, step="more"))


def sources(speak: Localizer, intent: str) -> Button:
    return Button(speak.text("button.sources"), payload(intent, step="sources"))


def change_language(speak: Localizer) -> Button:
    return Button(speak.text("button.language"), payload("choose_language"))


def change_countries(speak: Localizer) -> Button:
    return Button(speak.text("button.countries"), payload("change_profile"))


def quick_exit(speak: Localizer) -> Button:
    return Button(speak.text("button.exit"), payload("quick_exit"))


def i_am_safe(speak: Localizer) -> Button:
    return Button(speak.text("button.safe"), payload("not_in_danger"))


def go_on(speak: Localizer) -> Button:
    """Back into a guided check that was left for something else."""
    return Button(speak.text("button.go_on"), payload("inform", step="resume"))


def check(speak: Localizer, intent: str) -> Button:
    """Into the guided check of a topic that has one."""
    return Button(speak.text(CHECKS[intent]), payload(intent, step="check"))


def claim(speak: Localizer, event: str) -> Button:
    """Into the welfare claim guide, with what has happened."""
    return Button(speak.text(CHECKS["ask_welfare_fund"]), payload("ask_welfare_fund", step=f"check:{event}"))


def departure(speak: Localizer) -> Button:
    return Button(speak.text("button.departure"), payload("ask_documents", step="list"))


def did_it_help(speak: Localizer) -> List[Button]:
    """Counted by topic and language, of nobody in particular; "no" brings in a person."""
    return [
        Button(speak.text("button.helpful"), payload("feedback_helpful")),
        Button(speak.text("button.unhelpful"), payload("feedback_unhelpful")),
    ]


def ways_on(speak: Localizer) -> List[Button]:
    """What is never missing: a person and the menu."""
    return [person(speak), menu(speak)]


def switch_language(code: str) -> Button:
    """Named in that language itself: whoever wants it can read it."""
    return Button(LANGUAGES[code].self_name, payload("choose_language", language=code))


def all_languages(locale: Optional[str] = None) -> List[Button]:
    """By their own names; the language of the phone, where it is one of ours, comes first."""
    own = language_of_locale(locale)
    return [switch_language(code) for code in sorted(spoken(), key=lambda code: code != own)]


def countries(speak: Localizer, role: str, codes: Sequence[str]) -> List[Button]:
    return [Button(speak.country(code), payload("change_profile", **{role: code})) for code in codes]


def other_country(speak: Localizer, role: str) -> Button:
    return Button(speak.text("button.other_country"), payload("change_profile", step=role))
