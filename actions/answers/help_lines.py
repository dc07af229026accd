"""The numbers that help this person: where they work if they are there, and from home or for calls home."""

from __future__ import annotations

from typing import List, NamedTuple, Optional, Sequence

from actions.figures import number
from knowledge.base import FactBase, Help, Person
from translations.localizer import Localizer

EMERGENCY = ("emergency", "police", "ambulance")
FOR_DANGER = (*EMERGENCY, "trafficking", "labour", "general", "ngo", "embassy", "domestic_workers")
FOR_ADVICE = ("labour", "complaint", "general", "embassy", "domestic_workers", "ngo", "trafficking")
FOR_DESPAIR = ("self_harm", "emergency", "ambulance", "police")
WORLD = "001"


class Lines(NamedTuple):
    """Lines of text to show, and the ids of the facts they come from."""

    text: List[str]
    facts: List[str]


def help_lines(
    speak: Localizer, facts: FactBase, person: Person, purposes: Sequence[str], numbers_a_country: int
) -> Lines:
    """Destination first ("if you are there"), then home ("if you are at home", and what answers calls from abroad).

    Where an emergency number is wanted and none is known for the place: the one that works everywhere.
    """
    text: List[str] = []
    used: List[str] = []
    has_emergency = False
    for role, country in (("destination", person.destination), ("origin", person.origin)):
        chosen = _choose(facts.help_in(country, role, person), purposes, numbers_a_country)
        if chosen and country:
            text.append(speak.text(f"help.if_in.{role}", country=speak.country(country)))
            text.extend(_line(speak, help_) for help_ in chosen)
            used.extend(help_.fact.id for help_ in chosen)
            here = role == "destination" or person.destination is None
            has_emergency = has_emergency or (here and any(h.contact.purpose in EMERGENCY for h in chosen))
    if not has_emergency and set(EMERGENCY) & set(purposes):
        everywhere = _choose(facts.help_in(WORLD, "standard", Person()), purposes, 1)
        text.extend(f"• {speak.fact(h.fact.id, h.fact.summary).text}" for h in everywhere)
        used.extend(help_.fact.id for help_ in everywhere)
    return Lines(text, list(dict.fromkeys(used)))


def _choose(offered: Sequence[Help], purposes: Sequence[str], most: int) -> List[Help]:
    """The best number of each purpose in the order of purposes; one that can be called from abroad is kept in."""
    dialable = [help_ for help_ in offered if help_.contact.channel in ("phone", "whatsapp")]
    ranked = sorted(
        (help_ for help_ in dialable if help_.contact.purpose in purposes),
        key=lambda help_: (purposes.index(help_.contact.purpose), help_.contact.works_from == "abroad"),
    )
    chosen: List[Help] = []
    for help_ in ranked:
        if help_.contact.purpose not in [other.contact.purpose for other in chosen] and len(chosen) < most:
            chosen.append(help_)
    from_abroad = _from_abroad(ranked)
    if from_abroad and not _from_abroad(chosen):
        chosen.append(from_abroad)
    return chosen


def _from_abroad(offered: Sequence[Help]) -> Optional[Help]:
    return next((help_ for help_ in offered if help_.contact.works_from != "inside"), None)


def _line(speak: Localizer, help_: Help) -> str:
    contact = help_.contact
    purpose = speak.text(f"contact.{contact.purpose}")
    line = f"• {purpose}: {number(speak, contact)}"
    return f"{line} {speak.text('contact.from_abroad')}" if contact.works_from == "abroad" else line
