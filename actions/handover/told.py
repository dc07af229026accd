"""How a case and a desk are shown to the person, line by line, in their language."""

from __future__ import annotations

from datetime import datetime
from typing import Any, List, Optional, Sequence

import regex
from babel.dates import format_skeleton

from actions import clock
from actions.answers.help_lines import FOR_ADVICE, FOR_DANGER, FOR_DESPAIR, help_lines
from actions.base import Asked, Said
from actions.buttons import Button, payload
from actions.desks import Desk
from actions.handover.case import LINES, Case, known_of, seal, withheld_of
from actions.handover.jobs import job_told
from actions.topics import advice_topics
from translations.languages import LANGUAGES, cldr
from translations.localizer import Localizer

NUMBERS_A_COUNTRY = 2
LONGEST_BUTTON = 60
YES, NO, CHANGE, DONE, OUT, BACK = "yes_", "no", "change", "done", "out_", "back_"
"""Steps of the buttons; a seal follows the first, the name of a line the last two."""
CHOSEN, LEFT_OUT = "✅", "⬜"
_RIGHT_TO_LEFT = regex.compile(r"[\p{Script=Arabic}\p{Script=Hebrew}]")


def preview(asked: Asked, desk: Desk, case: Case, *, in_place: bool = False) -> Said:
    """Exactly what the desk would see, who they are, when they answer, and the question whether to send it."""
    speak = asked.speak
    lines = [f"• {line_told(speak, name, case[name])}" for name in LINES if case[name]]
    paragraphs = [
        "\n".join([speak.text("desk.preview", desk=desk_told(speak, desk)), *(lines or [_nothing(speak)])]),
        speak.text("desk.no_name"),
        "\n".join(about(speak, desk)),
        "\n".join(while_closed(asked, desk)),
        speak.text("desk.ask"),
    ]
    choices = [
        _button(speak, "button.desk_yes", YES + seal(desk, case)),
        _button(speak, "button.no", NO),
        *([_button(speak, "button.desk_change", CHANGE)] if lines or withheld_of(asked.profile) else []),
    ]
    return Said("\n\n".join(part for part in paragraphs if part), choices, in_place=in_place)


def lines_to_change(asked: Asked) -> Said:
    """Each line as a button that leaves it out or puts it back."""
    speak, left_out = asked.speak, withheld_of(asked.profile)
    switches = []
    for name, value in known_of(asked.profile).items():
        if value:
            sign, step = (LEFT_OUT, BACK) if name in left_out else (CHOSEN, OUT)
            title = _short(f"{sign} {line_told(speak, name, value)}")
            switches.append(Button(title, payload("talk_to_human", step=f"{step}{name}")))
    return Said(speak.text("desk.change"), [*switches, _button(speak, "button.desk_done", DONE)], in_place=True)


def line_told(speak: Localizer, name: str, value: Any) -> str:
    """One line of a case: ``Home country: Nepal``."""
    if name == "danger":
        key = "desk.line.danger" if value["level"] == "certain" else "desk.line.danger_possible"
        return speak.text(key, value=speak.text(f"desk.kind.{value['kind']}"))
    return speak.text(f"desk.line.{name}", value=_value_told(speak, name, value))


def _value_told(speak: Localizer, name: str, value: Any) -> str:
    if name == "language":
        own = LANGUAGES[value]
        return own.self_name if own.right_to_left else _left_to_right(speak, own.self_name)
    if name in ("origin", "destination"):
        return _left_to_right(speak, speak.country(value))
    if name == "occupation":
        return job_told(speak, value)
    labels = {topic: row.label_key for topic, row in advice_topics().items()}
    topics = [value] if isinstance(value, str) else value
    return ", ".join(speak.text(labels[topic]) for topic in topics)


def about(speak: Localizer, desk: Desk) -> List[str]:
    """Languages, hours and promise, as far as they are set."""
    told = []
    if desk.languages:
        told.append(speak.text("desk.who", desk=_left_to_right(speak, desk.name), languages=desk.languages_told(speak)))
    hours = desk.hours_told(speak)
    if hours:
        country = desk.time_country
        where = _left_to_right(speak, speak.country(country) if country else desk.time.key)
        told.append(speak.text("desk.hours", hours=hours, country=where))
    if desk.promise_minutes is not None:
        told.append(speak.text("desk.promise", time=desk.promise_told(speak)))
    return told


def while_closed(asked: Asked, desk: Desk) -> List[str]:
    """When nobody is there: when they will be, and the numbers that answer until then."""
    now = clock.now()
    if desk.is_open(now):
        return []
    speak, opening = asked.speak, desk.next_opening(now)
    told = speak.text("desk.closed_now", time=_moment_told(speak, opening)) if opening else speak.text("desk.closed")
    numbers = help_lines(speak, asked.facts, asked.profile.person, FOR_ADVICE, NUMBERS_A_COUNTRY).text
    return [told, *(numbers or help_lines(speak, asked.facts, asked.profile.person, FOR_DANGER, 1).text)]


def purposes(asked: Asked) -> Optional[Sequence[str]]:
    """What numbers must be for, in the danger that was said; None without danger."""
    danger = known_of(asked.profile)["danger"]
    return None if danger is None else FOR_DESPAIR if danger["kind"] == "self_harm" else FOR_DANGER


def danger_numbers(asked: Asked) -> Optional[Said]:
    """In danger, what helps at once stands before everything else, whether or not the desk is told of it."""
    wanted = purposes(asked)
    if wanted is None:
        return None
    lines = help_lines(asked.speak, asked.facts, asked.profile.person, wanted, NUMBERS_A_COUNTRY).text
    return Said("\n".join(lines)) if lines else None


def desk_told(speak: Localizer, desk: Desk) -> str:
    """The desk's name, and whose it is where the name does not say so."""
    whose = "" if desk.organisation in ("", desk.name) else f" ({desk.organisation})"
    return _left_to_right(speak, f"{desk.name}{whose}")


def _moment_told(speak: Localizer, moment: datetime) -> str:
    day = format_skeleton("MMMEd", moment, locale=cldr(speak.code))
    return f"{day}, {speak.number(moment.strftime('%H:%M'))}"


def _nothing(speak: Localizer) -> str:
    return f"• {speak.text('desk.line.none')}"


def _left_to_right(speak: Localizer, name: str) -> str:
    """A name in Latin or another such script keeps its order inside a right-to-left sentence."""
    return name if _RIGHT_TO_LEFT.search(name) else speak.number(name)


def _short(title: str) -> str:
    signs = regex.findall(r"\X", title)  # never between a letter and its marks
    return title if len(signs) <= LONGEST_BUTTON else "".join(signs[: LONGEST_BUTTON - 1]).rstrip() + "…"


def _button(speak: Localizer, key: str, step: str) -> Button:
    return Button(speak.text(key), payload("talk_to_human", step=step))
