"""What holds for every guided check."""

from __future__ import annotations

from typing import Dict

from actions.buttons import payload
from actions.flows import entry
from actions.flows.flow import Flow
from bot.dialogue.payload import check_payload
from translations.languages import spoken
from translations.localizer import Localizer

LONGEST_BUTTON = 30
FLOWS: Dict[str, Flow] = {flow.name: flow for flow in entry.OF_TOPIC.values()}


def test_no_two_checks_share_the_name_of_a_question() -> None:
    names = [step for flow in FLOWS.values() for step in flow.choices if step not in ("origin", "destination")]
    assert len(names) == len(set(names)) > 30


def test_every_answer_fits_a_button() -> None:
    for flow in FLOWS.values():
        for step, values in flow.choices.items():
            for value in values:
                check_payload(payload("inform", step=f"{step}:{value}"))


def test_no_language_gives_two_purposes_one_name() -> None:
    for code in spoken():
        speak = Localizer.of(code)
        purposes = [p for p in FLOWS["fee_check"].choices["purpose"] if p not in ("processing", "not_sure")]
        titles = [speak.text(f"fee_check.purpose.{purpose}") for purpose in purposes]
        assert len(set(titles)) == len(titles)
        assert all(len(title) <= LONGEST_BUTTON for title in titles)
