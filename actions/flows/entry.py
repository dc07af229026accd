"""How a guided check begins: by its button, by a command, or by words that hold something to check."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, Optional

from actions.base import Answer, Asked
from actions.flows.contract_check import ContractCheck
from actions.flows.fee_check import FeeCheck
from actions.flows.flow import Flow
from actions.flows.form import closing_events
from actions.flows.self_check import SelfCheck

CHECK = "check"
"""The step of a topic's button that begins its check."""

OF_TOPIC: Dict[str, Flow] = {"ask_fees": FeeCheck(), "ask_contract": ContractCheck(), "ask_trafficking": SelfCheck()}


def wanted(asked: Asked) -> Optional[Flow]:
    """The check a message asks for: its button, or a question about fees that names a sum."""
    flow = OF_TOPIC.get(asked.intent)
    if flow is None or asked.step == CHECK:
        return flow
    names_a_sum = any(entity.get("entity") == "money" for entity in asked.message.get("entities") or ())
    return flow if isinstance(flow, FeeCheck) and names_a_sum and not asked.step else None


def begun(asked: Asked, flow: Flow) -> Answer:
    """Leads into the form; where the message has told everything, straight to the outcome. A check that is open is
    closed first."""
    answers = dict(flow.begin(asked))
    if flow.next_step(asked.profile, answers) is None:
        return replace(flow.outcome(asked, answers), events=closing_events())
    fresh = replace(asked.profile, question=None, topic=None)  # "yes" answers the check from now on
    return Answer((), profile=fresh, events=closing_events(), then=flow.form)
