"""What this is, what it can do, what it keeps; deleting; leaving in a hurry."""

from __future__ import annotations

from dataclasses import replace

from actions import buttons
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.buttons import Button, payload
from actions.composer import pack
from actions.flows.form import closing_events
from actions.talk.menu import menu_page

PARTS = ("about", "help", "privacy")
DELETE = "delete"


class AboutBot(AdvisorAction):
    """``action_about``: /help, /privacy, and "are you a robot?"."""

    def name(self) -> str:
        return "action_about"

    def answer(self, asked: Asked) -> Answer:
        speak = asked.speak
        part = asked.step if asked.step in PARTS else "about"
        titles = {other: speak.text(f"button.{other}") for other in PARTS}
        others = [Button(titles[other], payload("ask_bot", step=other)) for other in PARTS if other != part]
        texts = [speak.text(f"about.{part}")]
        if part == "privacy":
            texts.append(speak.text("about.questions"))
        if part == "about" and asked.bot_name:
            texts.append(speak.text("about.name", name=asked.bot_name))
        *first, last = pack(texts)
        return Answer([*map(Said, first), Said(last, [*others, *buttons.ways_on(speak)])])


class DeleteMyData(AdvisorAction):
    """``action_delete``: asks once, then ends the conversation and all that is known of it."""

    def name(self) -> str:
        return "action_delete"

    def answer(self, asked: Asked) -> Answer:
        return forget(asked) if asked.step == "confirm" else _ask_first(asked)


def _ask_first(asked: Asked) -> Answer:
    speak = asked.speak
    yes = Button(speak.text("button.delete"), payload("delete_my_data", step="confirm"))
    return Answer(
        [Said(speak.text("delete.ask"), [yes, buttons.menu(speak)])],
        profile=replace(asked.profile, question=DELETE),
    )


def forget(asked: Asked) -> Answer:
    """The farewell, and the order to forget."""
    speak = asked.speak
    start = Button(speak.text("button.start"), payload("greet", step="start"))
    privacy = Button(speak.text("button.privacy"), payload("ask_bot", step="privacy"))
    return Answer([Said(speak.text("delete.done"), [start, privacy])], forget=True)


class QuickExit(AdvisorAction):
    """``action_exit``: nothing on the screen that tells what this was about; everything known is forgotten."""

    def name(self) -> str:
        return "action_exit"

    def answer(self, asked: Asked) -> Answer:
        start = Button("…", payload("greet", step="start"))
        return Answer([Said(asked.speak.text("exit.done"), [start])], forget=True, wipe=True)


class Cancel(AdvisorAction):
    """``action_cancel``: leaves whatever question is open, back to the menu."""

    def name(self) -> str:
        return "action_cancel"

    def answer(self, asked: Asked) -> Answer:
        done = Said(asked.speak.text("flow.stopped" if asked.form else "cancel.done"))
        left = replace(asked.profile, question=None, topic=None)
        return Answer([done, menu_page(asked.speak, 1)], profile=left, events=closing_events() if asked.form else ())
