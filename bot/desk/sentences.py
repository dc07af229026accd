"""What people are told about their case, in their language."""

from __future__ import annotations

from collections.abc import Sequence

from actions.answers.help_lines import FOR_DANGER, FOR_DESPAIR, help_lines
from bot.desk.cases import Case
from bot.dialogue.port import Button, Reply
from knowledge.base import FactBase, Person
from translations.localizer import Localizer

NUMBERS_A_COUNTRY = 2
PREFIX = "desk:"
LEAVE, HELPED, NOT_HELPED, MOVE, STAY, DELETE, KEEP = "leave", "helped", "nothelped", "move", "stay", "delete", "keep"
PHRASES = (
    "hello", "safe", "where", "wait", "emergency", "passport", "proof", "sign", "pay", "embassy", "more", "goodbye",
)  # fmt: skip


def payload(what: str, case: Case) -> str:
    return f"{PREFIX}{what}:{case.id}"


def speaker(case: Case) -> Localizer:
    return Localizer.of(case.language or "en")


def leave(case: Case) -> Button:
    return Button(speaker(case).text("button.desk_leave"), payload(LEAVE, case))


def sent(case: Case, desk: str, place: int) -> Reply:
    return Reply(speaker(case).text("desk.sent", desk=desk, place=place), [leave(case)])


def taken(case: Case, desk: str) -> Reply:
    return Reply(speaker(case).text("desk.taken", desk=desk), [leave(case)])


def silent(case: Case, desk: str, place: int) -> Reply:
    return _with_numbers(case, speaker(case).text("desk.silent", desk=desk, place=place), FOR_DANGER, [leave(case)])


def away(case: Case, desk: str) -> Reply:
    return _with_numbers(case, speaker(case).text("desk.away", desk=desk), FOR_DANGER, [leave(case)])


def unreachable(case: Case, desk: str) -> Reply:
    return _with_numbers(case, speaker(case).text("desk.unreachable", desk=desk), FOR_DANGER, [leave(case)])


def danger(case: Case, kind: str, *, certain: bool) -> Reply:
    """As outside a case. What is answered to the gentle question goes to the desk, like everything."""
    button = leave(case) if case.is_open else _menu(speaker(case))
    opening = speaker(case).text(f"danger.{kind}.answer" if certain else "danger.question")
    return _with_numbers(case, opening, FOR_DESPAIR if kind == "self_harm" else FOR_DANGER, [button])


def left(case: Case, desk: str) -> Reply:
    return Reply(speaker(case).text("desk.left", desk=desk), [_menu(speaker(case))])


def ended(case: Case, desk: str) -> Reply:
    speak = speaker(case)
    yes_no = [
        Button(speak.text("button.yes"), payload(HELPED, case)),
        Button(speak.text("button.no"), payload(NOT_HELPED, case)),
    ]
    return Reply(speak.text("desk.ended", desk=desk), yes_no)


def ended_silent(case: Case, desk: str, days: int) -> Reply:
    speak = speaker(case)
    again = Button(speak.text("button.person"), "/talk_to_human")
    return Reply(speak.text("desk.ended_silent", desk=desk, days=days), [again, _menu(speak)])


def thanks(speak: Localizer) -> Reply:
    return Reply(speak.text("desk.thanks"), [_menu(speak)], in_place=True)


def moved(case: Case, desk: str) -> Reply:
    return Reply(speaker(case).text("desk.moved", desk=desk), [leave(case)])


def may_it_move(case: Case, desk: str, other: str) -> Reply:
    speak = speaker(case)
    yes_no = [
        Button(speak.text("button.yes"), payload(MOVE, case)),
        Button(speak.text("button.no"), payload(STAY, case)),
    ]
    return Reply(speak.text("desk.move_ask", desk=desk, other=other), yes_no)


def stays(case: Case, desk: str) -> Reply:
    return Reply(speaker(case).text("desk.move_no", desk=desk), [leave(case)], in_place=True)


def may_all_go(case: Case, desk: str) -> Reply:
    speak = speaker(case)
    yes_no = [
        Button(speak.text("button.yes"), payload(DELETE, case)),
        Button(speak.text("button.no"), payload(KEEP, case)),
    ]
    return Reply(speak.text("desk.delete_open", desk=desk), yes_no)


def all_deleted(case: Case) -> Reply:
    return Reply(speaker(case).text("delete.done"), [_menu(speaker(case))])


def farewell(case: Case) -> Reply:
    """Innocent, whoever looks at the screen."""
    return Reply(speaker(case).text("exit.done"))


def not_passed(case: Case) -> Reply:
    return Reply(speaker(case).text("desk.not_passed"), [leave(case)])


def no_check(case: Case, desk: str) -> Reply:
    return Reply(speaker(case).text("desk.no_check", desk=desk), [leave(case)])


def no_case(speak: Localizer) -> Reply:
    return Reply(speak.text("desk.no_case"), [_menu(speak)])


def deserted(case: Case) -> Reply:
    """Its desk is there no more: whom else they can call or ask."""
    speak = speaker(case)
    again = Button(speak.text("button.person"), "/talk_to_human")
    return _with_numbers(case, speak.text("desk.no_case"), FOR_DANGER, [again, _menu(speak)])


def from_desk(case: Case, desk: str, text: str) -> Reply:
    """What a member of staff wrote: who speaks on a line of its own, then the words as they are."""
    return Reply(f"🙋 {desk}:\n{text}".rstrip(), [leave(case)])


def phrase(case: Case, name: str) -> str:
    return speaker(case).text(f"desk.phrase.{name}")


def phrases_in_english() -> dict[str, str]:
    english = Localizer.of("en")
    return {name: english.text(f"desk.phrase.{name}") for name in PHRASES}


def _with_numbers(case: Case, opening: str, purposes: Sequence[str], buttons: Sequence[Button]) -> Reply:
    """Of what is known of the person, though they may have left it out of what the desk was sent."""
    origin, destination, job = (
        case.known.get(name) or case.summary.get(name) for name in ("origin", "destination", "occupation")
    )
    person = Person(origin, destination, job)
    lines = help_lines(speaker(case), FactBase.load(), person, purposes, NUMBERS_A_COUNTRY)
    return Reply("\n\n".join(filter(None, [opening, "\n".join(lines.text)])), buttons)


def _menu(speak: Localizer) -> Button:
    return Button(speak.text("button.menu"), "/show_menu")
