"""The answer to every advice topic: home law, law of the destination, the international standard, what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict, List, Optional, Sequence, Tuple

from actions import buttons, clock
from actions.answers.ask_country import missing_side, which_country
from actions.answers.sources import source_list
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.composer import pack
from actions.figures import fact_text
from actions.flows import entry
from actions.flows.departure import asks_for_list, departure_list
from actions.topics import Topic, advice_topics
from knowledge.base import Person
from knowledge.occupations import Occupations
from knowledge.schema import Fact

FACTS_A_SIDE = 2
STANDARDS_A_PAGE = 1
HOUSEHOLD = "domestic_worker"
SIDES = {"origin": ("origin", "destination", "standard"), "destination": ("destination", "origin", "standard")}
"""Whose law is told first; the international standard always comes after the law."""


@dataclass(frozen=True)
class Page:
    """One page of an answer: (side, facts) in the order of telling, and whether there is another page."""

    sides: Sequence[Tuple[str, Sequence[Fact]]]
    goes_on: bool

    @property
    def ids(self) -> List[str]:
        return [fact.id for _, facts in self.sides for fact in facts]


class AnswerAdvice(AdvisorAction):
    """``action_answer``: facts that apply to this person for the topic asked, page by page."""

    def name(self) -> str:
        return "action_answer"

    def answer(self, asked: Asked) -> Answer:
        if asks_for_list(asked):
            return departure_list(asked)
        check = entry.wanted(asked)
        return entry.begun(asked, check) if check is not None else advise(asked, advice_topics()[asked.intent])


def advise(asked: Asked, topic: Topic) -> Answer:
    """The answer to ``topic`` for the person who asked: its first page, or what has not been told yet."""
    if asked.step == "sources":
        return _sources(asked, topic)
    by_side = facts_for(asked, topic)
    told_before = _told_before(asked, topic, by_side)
    page = _page(by_side, topic, told_before)
    paragraphs = _paragraphs(asked, topic, page, is_first=not told_before)
    heard = asked.profile.having_heard_of(topic.intent)
    profile = replace(heard, topic=topic.intent, shown=[*told_before, *page.ids], question=None)
    texts = pack(paragraphs)
    before = [Said(text) for text in texts[:-1]]
    steps = _next_steps(asked, topic, page)
    side = None if told_before else missing_side(asked.profile.person, topic)
    replies = [*before, Said(texts[-1], steps if side is None else steps[:2]), *_other_wishes(asked, topic)]
    if side is not None:
        replies.append(which_country(asked, side))
    return Answer(replies, profile=profile, facts=page.ids)


def _told_before(asked: Asked, topic: Topic, by_side: Dict[str, List[Fact]]) -> List[str]:
    """Ids of the facts already told, when more is asked for; none when all have been told: then we start again."""
    if asked.step != "more" or asked.profile.topic != topic.intent:
        return []
    told = list(asked.profile.shown or ())
    everything = {fact.id for facts in by_side.values() for fact in facts}
    return told if everything - set(told) else []


def _paragraphs(asked: Asked, topic: Topic, page: Page, *, is_first: bool) -> List[str]:
    paragraphs = [part for side, facts in page.sides for part in _told(asked, side, facts)]
    newer = _quarrel([fact for _, facts in page.sides for fact in facts])
    if newer:
        paragraphs.append(asked.speak.text("answer.conflict", newer=newer))
    if not paragraphs:
        paragraphs.append(_nothing_known(asked, topic))
    return [*paragraphs, asked.speak.text(topic.advice_key)] if is_first else paragraphs


def facts_for(asked: Asked, topic: Topic) -> Dict[str, List[Fact]]:
    """All facts of a topic that concern this person, by side, the closest first."""
    person = asked.profile.person
    if topic.job and person.occupation is None:
        person = person._replace(occupation=topic.job)
    return {
        "origin": asked.facts.of_origin(topic.origin, person, asked.meaning),
        "destination": asked.facts.of_destination(_with_household(topic, person), person, asked.meaning),
        "standard": asked.facts.standards(topic.standard, asked.meaning),
    }


def _with_household(topic: Topic, person: Person) -> Sequence[str]:
    jobs = Occupations.load()
    is_household = person.occupation in jobs and HOUSEHOLD in jobs.ancestors(person.occupation or "")
    return (*topic.destination, "domestic") if topic.household and is_household else topic.destination


def _page(by_side: Dict[str, List[Fact]], topic: Topic, told_before: Sequence[str]) -> Page:
    """The next two facts of each country and one standard; facts that contradict each other stay together."""
    sides: List[Tuple[str, Sequence[Fact]]] = []
    goes_on = False
    for side in SIDES[topic.first]:
        left = [fact for fact in _conflicts_together(by_side[side]) if fact.id not in told_before]
        most = STANDARDS_A_PAGE if side == "standard" else FACTS_A_SIDE
        goes_on = goes_on or len(left) > most
        if left:
            sides.append((side, left[:most]))
    return Page(sides, goes_on)


def _conflicts_together(facts: Sequence[Fact]) -> List[Fact]:
    """Facts that contradict each other are told one after the other, never one without the other in between pages."""
    ordered: List[Fact] = []
    for fact in facts:
        if fact in ordered:
            continue
        ordered.append(fact)
        ordered.extend(other for other in facts if other.id in fact.conflicts_with and other not in ordered)
    return ordered


def _told(asked: Asked, side: str, facts: Sequence[Fact]) -> List[str]:
    """A heading that says whose rule it is, then the facts."""
    speak, person = asked.speak, asked.profile.person
    today = clock.today()
    paragraphs = [fact_text(speak, fact, today, person.destination) for fact in facts]
    country = {"origin": person.origin, "destination": person.destination, "standard": None}[side]
    heading = speak.text(f"answer.heading.{side}", country=speak.country(country) if country else "")
    paragraphs[0] = f"{heading}\n{paragraphs[0]}"
    return paragraphs


def _quarrel(facts: Sequence[Fact]) -> Optional[str]:
    """``publisher, year`` of the newer of two facts on this page that contradict each other."""
    for fact in facts:
        for other in facts:
            if other.id in fact.conflicts_with and fact.sources and other.sources:
                newest = max((*fact.sources, *other.sources), key=lambda source: source.date.replace("undated", ""))
                return f"{newest.publisher}, {newest.date[:4]}" if newest.date != "undated" else newest.publisher
    return None


def _nothing_known(asked: Asked, topic: Topic) -> str:
    person = asked.profile.person
    countries = [asked.speak.country(code) for code in (person.origin, person.destination) if code]
    if not countries:
        return asked.speak.text("answer.general")
    return asked.speak.text("answer.no_fact", countries=" → ".join(countries))


def _next_steps(asked: Asked, topic: Topic, page: Page) -> List[buttons.Button]:
    """The topic's check, more of this or the likeliest next question, the sources, a person, the menu."""
    speak = asked.speak
    check = [buttons.check(speak, topic.intent)] if topic.intent in entry.OF_TOPIC else []
    if topic.intent == "ask_documents":
        check = [buttons.departure(speak)]
    event = entry.claim_told(asked)
    if event is not None:
        check = [buttons.claim(speak, event)]
    first = buttons.more(speak, topic.intent) if page.goes_on else buttons.topic(speak, topic.next[0])
    second = [buttons.sources(speak, topic.intent)] if page.ids else [buttons.topic(speak, topic.next[-1])]
    return [*check, first, *second, *buttons.ways_on(speak)]


def _other_wishes(asked: Asked, topic: Topic) -> List[Said]:
    """Who asks several things at once gets the main one answered and the others as buttons."""
    others = [intent for intent in asked.wishes if intent in advice_topics() and intent != topic.intent]
    if not others:
        return []
    return [Said(asked.speak.text("answer.also"), [*buttons.topics(asked.speak, others), buttons.person(asked.speak)])]


def _sources(asked: Asked, topic: Topic) -> Answer:
    facts = [fact for side in SIDES[topic.first] for fact in facts_for(asked, topic)[side]]
    texts = source_list(asked.speak, facts)
    last = Said(texts[-1], [*buttons.did_it_help(asked.speak), *buttons.ways_on(asked.speak)])
    return Answer([*(Said(text) for text in texts[:-1]), last], facts=[fact.id for fact in facts])
