"""How a guided check begins: by its button, by a command, or by words that ask for it or hold something to check."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, FrozenSet, Mapping, Optional

from actions.base import Answer, Asked
from actions.flows.agency_check import AgencyCheck
from actions.flows.contract_check import ContractCheck
from actions.flows.cost import CostOfGoing
from actions.flows.fee_check import FeeCheck
from actions.flows.flow import Flow
from actions.flows.form import closing_events
from actions.flows.offer_check import OfferCheck
from actions.flows.reading import event_told, named_check
from actions.flows.self_check import SelfCheck
from actions.flows.welfare_claim import WelfareClaim

CHECK = "check"
"""The step of a topic's button that begins its check; ``check:death`` with an answer in it."""

OF_TOPIC: Dict[str, Flow] = {
    "ask_fees": FeeCheck(),
    "ask_offer_check": OfferCheck(),
    "ask_agency_licence": AgencyCheck(),
    "ask_contract": ContractCheck(),
    "ask_trafficking": SelfCheck(),
    "ask_loan_debt": CostOfGoing(),
    "ask_welfare_fund": WelfareClaim(),
}
MAY_ASK_FOR: Mapping[str, FrozenSet[str]] = {
    "fee_check": frozenset({"ask_fees", "ask_refund", "ask_loan_debt"}),
    "offer_check": frozenset({"ask_offer_check", "ask_agency_licence", "ask_trafficking", "ask_fees"}),
    "agency_check": frozenset({"ask_agency_licence", "ask_offer_check"}),
    "contract_check": frozenset({"ask_contract", "ask_documents"}),
    "self_check": frozenset({"ask_trafficking", "ask_offer_check", "change_profile"}),
    "cost": frozenset({"ask_loan_debt", "ask_fees", "ask_wages"}),
    "welfare_claim": frozenset({"ask_welfare_fund", "ask_injury", "ask_insurance", "ask_return"}),
}
"""Intents of messages whose words may ask for a check; in another one the same words mean something else."""
CLAIMED_FOR = MAY_ASK_FOR["welfare_claim"] | {"ask_termination", "report_unpaid_wages"}
"""Intents of messages that may tell of something a fund or an insurance pays after."""
BY_NAME: Mapping[str, Flow] = {flow.name: flow for flow in OF_TOPIC.values()}


NAMES_OTHER_COUNTRIES = frozenset({"offer_check", "agency_check"})
"""Checks of texts and names that may hold a country without saying where the person goes."""


def wanted(asked: Asked) -> Optional[Flow]:
    """The check a message asks for: by its button, in words (the entity ``check``, nlu/extraction/checks.py), or by
    what can be checked at once: a sum asked for, an offer, an agency of the list, what has happened."""
    flow = OF_TOPIC.get(asked.intent)
    if asked.step:
        return flow if asked.step.partition(":")[0] == CHECK else None
    if flow is not None and flow.name in _BEGIN_BY_THEMSELVES and flow.begin(asked):
        return flow
    named = named_check(asked) or ""
    return BY_NAME[named] if asked.intent in MAY_ASK_FOR.get(named, ()) else None


def claim_told(asked: Asked) -> Optional[str]:
    """What has happened, where the message is about something that may be claimed for."""
    return event_told(asked) if asked.intent in CLAIMED_FOR else None


_BEGIN_BY_THEMSELVES = frozenset({"fee_check", "offer_check", "agency_check", "welfare_claim"})
"""Checks that begin when a question of their topic holds what they check."""


def begun(asked: Asked, flow: Flow) -> Answer:
    """Leads into the form; where the message has told everything, straight to the outcome. A check that is open is
    closed first."""
    answers = dict(flow.begin(asked))
    if flow.name in NAMES_OTHER_COUNTRIES:
        asked = replace(asked, profile=asked.profile.staying_where_it_was(asked.before))
    if flow.next_step(asked.profile, answers) is None:
        answer = flow.outcome(asked, answers)
        return replace(answer, profile=answer.profile or asked.profile, events=closing_events())
    fresh = replace(asked.profile, question=None, topic=None)  # "yes" answers the check from now on
    return Answer((), profile=fresh, events=closing_events(), then=flow.form)
