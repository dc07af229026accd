"""Not understanding, in two steps: the closest topics as buttons; then the menu and a person."""

from __future__ import annotations

from dataclasses import replace
from typing import List

from actions import buttons
from actions.answers.human import people
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.talk.menu import menu_page
from actions.topics import advice_topics

CLOSEST = 3


class Fallback(AdvisorAction):
    """``action_fallback``: for messages whose meaning no intent is likely enough to carry."""

    def name(self) -> str:
        return "action_fallback"

    def answer(self, asked: Asked) -> Answer:
        misses = asked.profile.misses + 1
        again = replace(asked.profile, misses=misses)
        if asked.profile.misses >= 1:
            called = people(asked)
            again = replace(called.profile or asked.profile, misses=misses)
            replies = [Said(asked.speak.text("fallback.second")), menu_page(asked.speak, 1), *called.replies]
            if called.profile is None:  # numbers to call; a question that waits for yes or no comes last instead
                replies = [replies[0], *called.replies, replies[1]]
            return Answer(replies, profile=again, facts=called.facts, counts_as_understood=False, unanswered="fallback")
        offers = [*buttons.topics(asked.speak, closest_topics(asked)), *buttons.ways_on(asked.speak)]
        opening = Said(asked.speak.text("fallback.first"), offers)
        return Answer([opening], profile=again, counts_as_understood=False, unanswered="fallback")


def closest_topics(asked: Asked) -> List[str]:
    """The advice topics the words come nearest to, at most three."""
    return [entry["name"] for entry in asked.ranking if entry["name"] in advice_topics()][:CLOSEST]
