"""Consent as a property: whatever people press and write, in any order, nothing leaves but what they said yes to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from talking import Talk

from actions.desks import Desks
from actions.flows.self_check import INDICATORS, SelfCheck, ValidateSelfCheck
from actions.handover.case import LINES
from actions.handover.told import line_told
from actions.profile import Profile
from bot.dialogue.tracker_store import OPEN_SLOTS
from translations.languages import LANGUAGES
from translations.localizer import Localizer

FILES = (
    "desks: {a: {name: First desk, chat: -1}}",
    "desks: {a: {name: First desk, chat: -1}, b: {name: Second desk, chat: -2, pairs: ['NP-*', '*-QA']}}",
    "desks: {a: {name: Renamed desk, chat: -1}}",
    "desks: {b: {name: Second desk, chat: -2, pairs: [NP-QA], languages: [ne]}}",
    "desks: {broken: ",
    "",
)
WORDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("talk_to_human", {}), ("affirm", {}), ("deny", {}), ("not_sure", {}), ("affirm", {"destination": "QA"}),
    ("feedback_unhelpful", {}), ("nlu_fallback", {}), ("thanks", {}), ("show_menu", {}), ("cancel", {}),
    ("ask_fees", {}), ("ask_passport", {}), ("inform", {"occupation": "driver"}), ("not_in_danger", {}),
    ("change_profile", {"origin": "NP"}), ("change_profile", {"destination": "SA"}),
    ("choose_language", {"language": "ne"}), ("choose_language", {"language": "en"}),
    ("danger_violence", {"danger": {"level": "certain", "kind": "violence"}}),
    ("danger_medical", {"danger": {"level": "possible", "kind": "medical"}}),
    ("delete_my_data", {}), ("delete_my_data", {"step": "confirm"}), ("quick_exit", {}),
)  # fmt: skip
FORGED = tuple(
    f'/talk_to_human{{"step":"{step}"}}'
    for step in ("yes_", "yes_00000000", "change", "done", *(f"out_{line}" for line in LINES), "back_origin")
)

# Random presses alone would hardly ever reach a "yes": beside them there are steps that lead somewhere.
ASK, SEND = ("say", ("talk_to_human", {})), ("ours", ("yes_", 0))
line = st.integers(0, len(LINES) - 1)
one_step = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 11)),  # a button of the last turn
    st.tuples(st.just("old"), st.integers(0, 200)),  # a button of any turn before
    st.tuples(st.just("say"), st.sampled_from(WORDS)),
    st.tuples(st.just("forge"), st.sampled_from(FORGED)),
    st.tuples(st.just("file"), st.sampled_from(FILES)),
    st.tuples(st.just("hour"), st.none()),
    st.tuples(st.just("place"), st.sampled_from((True, True, False))),
)
several = st.one_of(
    one_step.map(lambda step: [step]),
    one_step.map(lambda step: [ASK, step, SEND]),
    one_step.map(lambda step: [ASK, step, ("say", ("affirm", {}))]),
    st.tuples(line, one_step).map(
        lambda both: [ASK, ("ours", ("change", 0)), ("ours", ("out_", both[0])), ("ours", ("done", 0)), both[1], SEND]
    ),
    st.sampled_from(FILES).map(lambda file: [ASK, ("file", file), SEND]),
    st.just([ASK, SEND]),
    st.just([SEND]),
)
ANY_LANGUAGE = [Localizer.of(code) for code in LANGUAGES]
NOTHING = [speak.text("desk.line.none") for speak in ANY_LANGUAGE]
conversations = st.lists(several, min_size=1, max_size=8).map(lambda parts: [step for part in parts for step in part])


class Watched:
    """A conversation, and somebody who looks over the person's shoulder: what they saw, what they left out."""

    def __init__(self, var: Path) -> None:
        self.file = var / "desks.yml"
        self.talk = Talk(language="en", origin="NP")
        self.buttons: list[str] = []
        self.left_out: set[str] = set()
        self.orders: list[dict[str, Any]] = []
        self.write(FILES[0])

    def write(self, text: str) -> None:
        if text:
            self.file.write_text(text, encoding="utf-8")
        else:
            self.file.unlink(missing_ok=True)

    def do(self, what: str, value: Any) -> None:
        if what == "file":
            self.write(value)
        elif what == "hour":
            self.talk.slots = {name: known for name, known in self.talk.slots.items() if name not in OPEN_SLOTS}
            self.left_out.clear()
        elif what == "place":
            self.talk.connects = value
        elif what == "say":
            self.turn(lambda: self.talk.say(value[0], **value[1]), said=value[0])
        else:
            shown = [button.payload for reply in self.talk.replies for button in reply.buttons]
            prefix, place = value if what == "ours" else ("", value)
            ours = [payload for payload in shown if payload.startswith(f'/talk_to_human{{"step":"{prefix}')]
            choices = {"press": shown, "old": self.buttons, "forge": [value], "ours": ours}[what]
            if choices:
                payload = value if what == "forge" else choices[place % len(choices)]
                self.turn(lambda: self.talk.press(payload), said=payload)

    def turn(self, act: Any, *, said: str) -> None:
        before = self.talk.replies
        self.note_line(said)
        knew_something = bool(self.talk.slots)
        act()
        if knew_something and not self.talk.slots:
            self.left_out.clear()  # everything was deleted, and with it what was left out
        self.buttons += [button.payload for reply in self.talk.replies for button in reply.buttons]
        if self.talk.order is not None:
            self.check(self.talk.order, before, said)

    def note_line(self, said: str) -> None:
        if said.startswith("/talk_to_human{"):
            sign, _, line = json.loads(said[len("/talk_to_human") :])["step"].partition("_")
            if sign == "out" and line in LINES:
                self.left_out.add(line)
            if sign == "back":
                self.left_out.discard(line)

    def check(self, order: dict[str, Any], before: list[Any], said: str) -> None:
        """The turn before showed a preview; it was answered by yes; its lines and its desk are those of the order."""
        previews = [
            (reply.text, button.payload)
            for reply in before
            for button in reply.buttons
            if button.payload.startswith('/talk_to_human{"step":"yes_')
        ]
        assert len(previews) == 1, "the last thing shown was a preview"
        text, yes = previews[0]
        assert said in ("affirm", yes), "and the answer to it was yes"
        heading, *shown = text.split("\n\n")[0].splitlines()
        desk = Desks.load().by_key(order["desk"])
        assert desk is not None
        assert desk.name in heading
        case = order["case"]
        told = [
            any(line_told(speak, name, case[name]) in text for speak in ANY_LANGUAGE) for name in LINES if case[name]
        ]
        assert all(told)
        assert len(told) == len([line for line in shown if not any(words in line for words in NOTHING)])
        assert not [line for line in self.left_out if case[line]]
        assert set(order) == {"do", "desk", "case"}
        assert set(case) == set(LINES)
        self.orders.append(order)


def test_nothing_leaves_before_a_yes_to_what_was_shown(own_var: Path) -> None:
    own_var.mkdir()
    sent: list[dict[str, Any]] = []

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(conversations)
    def holds(steps: list[tuple[str, Any]]) -> None:
        watched = Watched(own_var)
        for what, value in steps:
            watched.do(what, value)
        sent.extend(watched.orders)

    holds()
    assert len(sent) > 10, "the property must not hold for want of orders"
    assert any(None in order["case"].values() for order in sent)


@pytest.mark.parametrize("step", ["resume", f"{INDICATORS[0]}:yes"])
async def test_going_on_with_a_check_lets_go_of_the_question(step: str) -> None:
    """Else the yes that follows the check would answer a preview of long ago."""
    message = {"intent": {"name": "inform", "confidence": 1.0}, "entities": [{"entity": "step", "value": step}]}
    slots = {"question": "desk:0a1b2c3d", "origin": "NP", "requested_slot": "outcome", "answers": {"_paused": 1}}
    state = Tracker("t", slots, message, [], False, None, {"name": SelfCheck().form}, "action_listen")
    events = await ValidateSelfCheck().run(CollectingDispatcher(), state, {})
    assert {"event": "slot", "timestamp": None, "name": "question", "value": None} in events


def test_other_questions_stay_open() -> None:
    assert Profile(question="delete").moved_on() == Profile(question="delete")
