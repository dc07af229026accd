"""Departure list: what to have done before the flight, for this pair of countries; a message that keeps its ticks."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from actions import buttons, clock
from actions.answers.help_lines import EMERGENCY, FOR_ADVICE, help_lines
from actions.base import Answer, Asked, Said
from actions.buttons import Button, payload
from actions.figures import fact_text
from actions.flows.reading import named_check
from knowledge.schema import Fact

LIST = "list"
"""The step of its button; ``list:medical:done`` ticks a line, ``list:medical:open`` takes the tick away."""

ITEMS: Mapping[str, Tuple[Sequence[str], Sequence[str]]] = {
    "passport": ((), ()),
    "contract": ((), ("contract",)),
    "skills": (("skills",), ()),
    "medical": (("medical",), ("medical",)),
    "clearance": (("clearance", "documents"), ()),
    "orientation": (("orientation",), ()),
    "insurance": (("insurance",), ()),
    "fund": (("welfare_fund",), ()),
    "bank": (("remittance",), ()),
    "receipts": ((), ()),
    "copies": ((), ()),
    "numbers": ((), ()),
}
"""In the order of doing: the topics of home, and of the country of work, whose facts say how."""
MAY_ASK_FOR = frozenset({"ask_documents", "ask_orientation", "ask_medical"})
"""Intents of messages whose words may ask for the list."""
ONLY_WITH_FACT = frozenset({"skills"})
"""Lines that concern only those from whose country a fact speaks of them."""
NUMBERS_A_COUNTRY = 2
DONE, OPEN = "☑", "☐"
TICKED, OPEN_AGAIN = "done", "open"


def asks_for_list(asked: Asked) -> bool:
    """Whether a button of the list, or the one that opens it, was pressed, or words ask for it."""
    pressed = asked.intent == "ask_documents" and asked.step.partition(":")[0] == LIST
    in_words = asked.intent in MAY_ASK_FOR and not asked.step and named_check(asked) == "departure"
    return pressed or in_words


def departure_list(asked: Asked) -> Answer:
    """The list with its ticks, and how to do what comes next on it."""
    ticked = _ticked(asked)
    items = _items(asked)
    following = next((item for item in items if item not in ticked), None)
    facts = _facts(asked, following) if following else []
    shown = "numbers" if asked.step == f"{LIST}:numbers:{TICKED}" else following  # what is ticked is to be learnt now
    text = "\n\n".join([_title(asked), *_progress(asked, items, ticked), *_how(asked, shown, facts)])
    follow_up = [_line(asked, item, item in ticked) for item in items]
    ways_on = [*_rest(asked, following), *buttons.ways_on(asked.speak)]
    is_pressed = asked.step.partition(":")[2] != ""
    return Answer(
        [Said(text, [*follow_up, *ways_on], in_place=is_pressed)],
        profile=replace(asked.profile, ticked=ticked or None, question=None),
        facts=[fact.id for fact in facts],
        result={"flow": "departure", "done": [item for item in items if item in ticked], "next": following},
    )


def _ticked(asked: Asked) -> List[str]:
    """What is done after this press, in the order of the list."""
    done = set(asked.profile.ticked or ())
    item, _, wanted = asked.step.partition(":")[2].partition(":")
    if item in ITEMS:
        done = done - {item} if wanted == OPEN_AGAIN else done | {item}
    return [item for item in ITEMS if item in done]


def _items(asked: Asked) -> List[str]:
    return [item for item in ITEMS if item not in ONLY_WITH_FACT or _facts(asked, item)]


def _facts(asked: Asked, item: str) -> List[Fact]:
    """The closest fact of each side."""
    origin, destination = ITEMS[item]
    person = asked.profile.person
    at_home = [fact for fact in asked.facts.of_origin(origin, person) if _is_before_leaving(fact, origin)]
    there = [fact for fact in asked.facts.of_destination(destination, person) if _is_before_leaving(fact, destination)]
    return [*at_home[:1], *there[:1]]


def _is_before_leaving(fact: Fact, topics: Sequence[str]) -> bool:
    """A fact that is about the line itself, and not about coming home."""
    return fact.topic in topics and "return" not in fact.also


def _title(asked: Asked) -> str:
    speak, person = asked.speak, asked.profile.person
    if person.origin is None or person.destination is None:
        return speak.text("departure.title_general")
    countries = {"origin": speak.country(person.origin), "destination": speak.country(person.destination)}
    return speak.text("departure.title", **countries)


def _progress(asked: Asked, items: Sequence[str], ticked: Sequence[str]) -> List[str]:
    done = sum(item in ticked for item in items)
    if done == len(items):
        return [asked.speak.text("departure.finished")]
    return [asked.speak.text("departure.done", done=done, all=len(items))]


def _how(asked: Asked, item: Optional[str], facts: Sequence[Fact]) -> List[str]:
    speak = asked.speak
    if item is None:
        return ["\n".join([speak.text("departure.how.numbers"), *_numbers(asked)])]
    lines = [speak.text("departure.next", item=speak.text(f"button.item.{item}")), speak.text(f"departure.how.{item}")]
    if item == "numbers":
        lines.extend(_numbers(asked))
    lines.extend(fact_text(speak, fact, clock.today(), asked.profile.destination) for fact in facts)
    return ["\n".join(lines)]


def _numbers(asked: Asked) -> List[str]:
    purposes = (*EMERGENCY, *FOR_ADVICE)
    return help_lines(asked.speak, asked.facts, asked.profile.person, purposes, NUMBERS_A_COUNTRY).text


def _line(asked: Asked, item: str, is_done: bool) -> Button:
    title = f"{DONE if is_done else OPEN} {asked.speak.text(f'button.item.{item}')}"
    wanted = OPEN_AGAIN if is_done else TICKED  # pressed twice in a hurry, it stays what it was meant to be
    return Button(title, payload("ask_documents", step=f"{LIST}:{item}:{wanted}"))


TOPIC_OF: Dict[str, str] = {
    "contract": "ask_contract",
    "skills": "ask_skills_language",
    "medical": "ask_medical",
    "clearance": "ask_documents",
    "orientation": "ask_orientation",
    "insurance": "ask_insurance",
    "fund": "ask_welfare_fund",
    "bank": "ask_remittance",
    "receipts": "ask_fees",
    "passport": "ask_passport",
}
"""Where more is told on a line."""


def _rest(asked: Asked, item: Optional[str]) -> List[Button]:
    topic = TOPIC_OF.get(item or "")
    return [buttons.topic(asked.speak, topic)] if topic else []
