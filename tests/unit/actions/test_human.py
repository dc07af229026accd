"""Asking for a person: a preview of what a desk would see, yes, no and change; numbers where there is no desk."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
import regex
from talking import Talk

from actions import clock
from actions.handover.case import LINES
from actions.topics import advice_topics
from bot.dialogue.payload import check_payload
from translations.direction import direction_faults
from translations.localizer import Localizer

KNOWN = {
    "origin": "NP",
    "destination": "QA",
    "occupation": "domestic_worker",
    "topic": "ask_passport",
    "danger": {"level": "certain", "kind": "confinement"},
    "answered": ["ask_fees", "ask_passport"],
}
DESK = """
    name: Sarita Desk
    organisation: Example House
    chat: -1001
    languages: [ne, en]
    zone: Asia/Kathmandu
    hours: {mon: 10:00-17:00, tue: 10:00-17:00}
    promise_minutes: 60
"""
MONDAY_NOON = datetime(2026, 11, 23, 6, 15, tzinfo=timezone.utc)
MONDAY_NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)
LANGUAGES = ("en", "ne", "ur", "km")


def write(var: Path, *desks: str) -> None:
    var.mkdir(exist_ok=True)
    body = "".join(f"  desk{number}:{desk}" for number, desk in enumerate(desks, start=1))
    (var / "desks.yml").write_text(f"desks:\n{body}", encoding="utf-8")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY_NOON)


@pytest.fixture
def desk(own_var: Path) -> Path:
    write(own_var, DESK)
    return own_var


# the preview


@pytest.mark.parametrize("code", LANGUAGES)
def test_shows_exactly_what_the_desk_would_see(code: str, desk: Path) -> None:
    talk = Talk(language=code, **KNOWN).say("talk_to_human")
    speak, preview = Localizer.of(code), talk.replies[-1].text
    lines = [line for line in preview.splitlines() if line.startswith("• ")]
    assert len(lines) == len(LINES)
    for line, value in zip(
        lines,
        (
            speak.language.self_name,
            speak.country("NP"),
            speak.country("QA"),
            None,
            speak.text(advice_topics()["ask_passport"].label_key),
            speak.text("desk.kind.confinement"),
            speak.text(advice_topics()["ask_fees"].label_key),
        ),
        strict=True,
    ):
        assert value is None or value in line
    assert "domestic_worker" not in preview
    assert "Sarita Desk (Example House)" in preview
    assert speak.text("desk.no_name") in preview
    assert preview.endswith(speak.text("desk.ask"))
    assert talk.order is None
    assert [step.partition("_")[0] for step in talk.steps] == ["yes", "no", "change"]
    assert "10:00–17:00" in preview
    if speak.language.right_to_left:
        assert not [fault for reply in talk.replies for fault in direction_faults(reply.text)]


def test_in_danger_the_numbers_come_first(desk: Path) -> None:
    talk = Talk(language="en", **KNOWN).say("talk_to_human")
    assert "999" in talk.replies[0].text
    assert "999" in Talk(language="en", **KNOWN, withheld=["danger"]).say("talk_to_human").replies[0].text


@pytest.mark.parametrize("code", LANGUAGES)
def test_out_of_hours_it_says_when_and_who_answers_until_then(
    code: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY_NIGHT)
    talk = Talk(language=code, origin="NP", destination="QA").say("talk_to_human")
    assert "10:00" in talk.text
    assert "24" in talk.text, "Tuesday the 24th"
    assert any(character.isdigit() for line in talk.text.splitlines()[-6:] for character in line), "numbers"
    assert talk.press(talk.yes).order is not None, "it can be sent already"
    if code == "ur":
        assert not list(direction_faults(talk.text))


def test_somebody_of_whom_nothing_is_known(own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(own_var, "\n    name: Sarita Desk\n    chat: -1\n    zone: UTC\n    hours: {sun: 10:00-11:00}\n")
    talk = Talk().say("talk_to_human")
    assert Localizer.of("en").text("desk.line.none") in talk.text
    assert "change" not in talk.steps, "there is nothing to leave out"
    assert "112" in talk.text, "closed, and no country: the number that works everywhere"
    order = talk.press(talk.yes).order
    assert order == {"do": "open", "desk": "desk1", "case": {**dict.fromkeys(LINES), "answered": []}}


def test_values_that_are_none_of_ours_are_not_shown_or_sent(desk: Path) -> None:
    odd = {"origin": "Nepal", "occupation": "my name", "topic": "a story", "danger": {"kind": "x"}, "answered": ["y"]}
    talk = Talk(language="en", **odd).say("talk_to_human")
    order = talk.press(talk.yes).order
    assert order["case"] == {**dict.fromkeys(LINES), "language": "en", "answered": []}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_button_fits_a_phone(code: str, desk: Path) -> None:
    many = {**KNOWN, "answered": ["ask_fees", "ask_wages", "ask_leave", "ask_documents", "ask_complaint"]}
    talk = Talk(language=code, **many, withheld=["topic"]).say("talk_to_human")
    for payload in ("/talk_to_human", talk.steps["change"]):
        for reply in talk.press(payload).replies:
            for button in reply.buttons:
                check_payload(button.payload)
                assert 0 < len(regex.findall(r"\X", button.title)) <= 60


# yes and no


def test_yes_gives_the_order_and_nothing_else_does(desk: Path) -> None:
    talk = Talk(language="ne", **KNOWN).say("talk_to_human")
    order = talk.press(talk.yes).order
    assert order == {"do": "open", "desk": "desk1", "case": {"language": "ne", **KNOWN}}
    assert json.dumps(order)
    assert len(talk.replies) == 1
    assert "question" not in talk.slots or talk.slots["question"] is None


def test_yes_in_words(desk: Path) -> None:
    assert Talk(language="en", **KNOWN).say("talk_to_human").say("affirm").order is not None


@pytest.mark.parametrize("answer", ["deny", "not_sure"])
def test_no_and_doubt_send_nothing_and_give_numbers(answer: str, desk: Path) -> None:
    talk = Talk(language="en", **KNOWN).say("talk_to_human").say(answer)
    assert talk.order is None
    assert Localizer.of("en").text("desk.not_sent") in talk.text
    assert "999" in talk.text
    assert talk.say("affirm").order is None


def test_the_button_no(desk: Path) -> None:
    talk = Talk(language="en").say("talk_to_human")
    yes = talk.yes
    assert Localizer.of("en").text("desk.not_sent") in talk.press(talk.steps["no"]).text
    assert talk.press(yes).order is None, "after a no, the old yes asks again"
    assert talk.press(talk.yes).order is not None


def test_yes_twice_opens_once(desk: Path) -> None:
    talk = Talk(language="en", **KNOWN).say("talk_to_human")
    yes = talk.yes
    assert talk.press(yes).order
    assert talk.press(yes).order is None


@pytest.mark.parametrize(
    "between", ["show_menu", "ask_wages", "thanks", "danger_violence", "nlu_fallback", "delete_my_data"]
)
def test_a_yes_to_something_else_sends_nothing(between: str, desk: Path) -> None:
    talk = Talk(language="en", **KNOWN).say("talk_to_human").say(between)
    assert talk.say("affirm").order is None


@pytest.mark.parametrize(
    "news",
    [{"intent": "danger_violence"}, {"intent": "change_profile", "origin": "PK"}, {"intent": "ask_wages"},
     {"intent": "choose_language", "language": "ne"}],
    ids=lambda news: news["intent"],
)  # fmt: skip
def test_an_old_yes_does_not_send_what_it_did_not_show(news: dict, desk: Path) -> None:
    talk = Talk(language="en", origin="NP", destination="QA").say("talk_to_human")
    yes = talk.yes
    talk.say(**news)
    assert talk.press(yes).order is None
    assert talk.press(talk.yes).order is not None, "but shows it as it is now"


def test_a_country_in_the_same_words_as_yes_is_shown_first(desk: Path) -> None:
    talk = Talk(language="en", origin="NP").say("talk_to_human").say("affirm", destination="QA")
    assert talk.order is None
    assert "Qatar" in talk.text


# change


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("line", LINES)
def test_a_line_left_out_is_not_sent(line: str, code: str, desk: Path) -> None:
    talk = Talk(language=code, **KNOWN).say("talk_to_human")
    talk.press(talk.steps["change"])
    assert talk.replies[-1].in_place
    assert [step for step in talk.steps if step != "done"] == [f"out_{name}" for name in LINES]
    out = talk.steps[f"out_{line}"]
    talk.press(out)
    assert f"back_{line}" in talk.steps
    assert f"back_{line}" in talk.press(out).steps, "an old button pressed again puts nothing back"
    assert talk.say("affirm").order is None, "the list of lines is not the preview"
    talk.press('/talk_to_human{"step":"done"}')
    assert talk.replies[-1].in_place
    assert len([each for each in talk.text.splitlines() if each.startswith("• ")]) == len(LINES) - 1
    order = talk.press(talk.yes).order
    assert order["case"] == {"language": code, **KNOWN, line: [] if line == "answered" else None}


def test_a_line_put_back_is_sent_and_all_may_be_left_out(desk: Path) -> None:
    talk = Talk(language="en", origin="NP").say("talk_to_human")
    talk.press(talk.steps["change"])
    for line in ("language", "origin"):
        talk.press(talk.steps[f"out_{line}"])
    talk.press(talk.steps["done"])
    assert Localizer.of("en").text("desk.line.none") in talk.text
    talk.press(talk.steps["change"])
    talk.press(talk.steps["back_origin"])
    talk.press(talk.steps["done"])
    order = talk.press(talk.yes).order
    assert (order["case"]["origin"], order["case"]["language"]) == ("NP", None)


@pytest.mark.parametrize("forged", ["yes_", "yes_00000000", "out_name", "back_", "else", "donee"])
def test_steps_that_no_button_has(forged: str, desk: Path) -> None:
    talk = Talk(language="en", **KNOWN)
    assert talk.press(f'/talk_to_human{{"step":"{forged}"}}').order is None
    assert talk.replies


# where there is no desk


def test_without_a_desk_as_ever(own_var: Path) -> None:
    talk = Talk(language="en", origin="NP", destination="QA").say("talk_to_human")
    assert talk.text.startswith(Localizer.of("en").text("human.answer"))
    assert not talk.steps


def test_a_desk_for_others_is_none(own_var: Path) -> None:
    write(own_var, DESK.rstrip() + "\n    pairs: [PH-*]\n")
    assert not Talk(language="en", origin="NP", destination="QA").say("talk_to_human").steps


def test_a_file_that_cannot_be_read_is_no_desk(own_var: Path) -> None:
    write(own_var, "\n    name: X\n")
    assert not Talk(language="en", origin="NP").say("talk_to_human").steps


def test_where_nobody_is_connected_it_says_so(desk: Path) -> None:
    talk = Talk(connects=False, language="en", **KNOWN).say("talk_to_human")
    assert "Telegram" in talk.text
    assert not talk.steps
    assert talk.press('/talk_to_human{"step":"change"}').order is None
    assert talk.say("affirm").order is None


def test_a_desk_removed_between_preview_and_yes(desk: Path) -> None:
    talk = Talk(language="en", **KNOWN).say("talk_to_human")
    yes = talk.yes
    write(desk, DESK.rstrip() + "\n    pairs: BD-SA\n")
    assert talk.press(yes).order is None
    assert Localizer.of("en").text("human.answer") in talk.text


def test_another_desk_between_preview_and_yes_is_shown_first(desk: Path) -> None:
    talk = Talk(language="en", **KNOWN).say("talk_to_human")
    yes = talk.yes
    write(desk, DESK, DESK.replace("Sarita", "Manju").replace("-1001", "-1002").rstrip() + "\n    pairs: NP-QA\n")
    assert talk.press(yes).order is None
    assert "Manju Desk" in talk.text
    assert talk.press(talk.yes).order["desk"] == "desk2"


# where it is offered, and what it remembers


def test_offered_after_the_second_misunderstanding_and_when_an_answer_did_not_help(desk: Path) -> None:
    talk = Talk(language="en", origin="NP").say("nlu_fallback").say("nlu_fallback")
    assert talk.slots["misses"] == 2
    assert talk.yes in [button.payload for button in talk.replies[-1].buttons], "the question comes last"
    assert talk.say("affirm").order is not None
    assert Talk(language="en").say("feedback_unhelpful").say("affirm").order is not None
    assert Talk(language="en", question="person").say("affirm").say("affirm").order is not None


def test_danger_is_remembered_until_the_person_is_safe() -> None:
    talk = Talk(language="en").say("danger_violence", danger={"level": "certain", "kind": "violence"})
    assert talk.slots["danger"] == {"level": "certain", "kind": "violence"}
    talk.say("danger_sexual", danger={"level": "possible", "kind": "sexual"})
    assert talk.slots["danger"]["kind"] == "violence", "what may be does not hide what is"
    assert talk.say("not_in_danger").slots["danger"] is None
    talk.say("danger_medical", danger={"level": "possible", "kind": "medical"})
    assert talk.slots["danger"] == {"level": "possible", "kind": "medical"}
    assert talk.say("deny").slots["danger"] is None


def test_the_last_five_topics_answered() -> None:
    talk = Talk(language="en", origin="NP", destination="QA")
    asked = ["ask_fees", "ask_wages", "ask_leave", "ask_passport", "ask_fees", "ask_return", "ask_union"]
    for topic in asked:
        talk.say(topic)
    assert talk.slots["answered"] == ["ask_leave", "ask_passport", "ask_fees", "ask_return", "ask_union"]
