"""The menu of topics, in pages small enough for a phone."""

from __future__ import annotations

from actions import buttons
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.talk.heard import answer_wordless
from actions.topics import advice_topics
from translations.localizer import Localizer

PAGES = max(topic.menu for topic in advice_topics().values())

BEFORE = {"cannot_read": "menu.cannot_read", "old": "stale.answer"}
"""What is said before the menu."""


class ShowMenu(AdvisorAction):
    """``action_menu``. A step names the page, or a kind of message that says nothing in words (heard.py); "old" is that
    of a button that does nothing any more."""

    def name(self) -> str:
        return "action_menu"

    def answer(self, asked: Asked) -> Answer:
        wordless = answer_wordless(asked)
        if wordless is not None:
            return wordless
        page = int(asked.step) if asked.step.isdecimal() else 1
        before = [Said(asked.speak.text(BEFORE[asked.step]))] if asked.step in BEFORE else []
        return Answer([*before, menu_page(asked.speak, page)])


def menu_page(speak: Localizer, page: int) -> Said:
    """Page 1 … PAGES of the topics; any other number shows the first."""
    page = page if 1 <= page <= PAGES else 1
    rows = [buttons.topic(speak, intent) for intent, topic in advice_topics().items() if topic.menu == page]
    turn = buttons.Button(speak.text("button.more_topics"), buttons.payload("show_menu", step=str(page % PAGES + 1)))
    settings = [buttons.change_countries(speak), buttons.change_language(speak)]
    return Said(speak.text("menu.title"), [*rows, turn, buttons.person(speak), *settings])
