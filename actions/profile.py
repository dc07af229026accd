"""What we know of the person in this conversation, and how each turn adds to it. Never a name or a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Optional

from knowledge.base import FactBase, Person
from knowledge.occupations import Occupations
from translations.languages import LANGUAGES, language_of_locale, spoken

MOST_ANSWERED = 5
REGIONS = {"gulf": ("SA", "AE", "QA", "KW", "BH", "OM")}
"""Ways to say where, that are no country: we ask which one."""

SURE_OF_LANGUAGE = 0.75
"""From this confidence on, the first message of somebody who chose no language decides it."""


DESK = "desk:"
"""What the question begins with whether to send something to a desk; the seal of what was shown follows."""


@dataclass(frozen=True)
class Profile:
    """The slots, by name. ``topic``: the advice intent last asked, answered again when a country becomes known;
    ``shown``: ids of the facts told on it so far.
    ``question``: what we asked last that "yes" or "no" would answer. ``misses``: messages in a row not understood.
    ``ticked``: what is done of the departure list (actions/flows/departure.py).
    For a help desk, should the person want one (actions/handover): ``danger``: ``{"level", "kind"}`` said last,
    ``answered``: the advice topics answered last, ``withheld``: the lines the person does not want to be sent.
    """

    language: Optional[str] = None
    origin: Optional[str] = None
    destination: Optional[str] = None
    occupation: Optional[str] = None
    topic: Optional[str] = None
    shown: Optional[List[str]] = None
    question: Optional[str] = None
    misses: float = 0.0
    ticked: Optional[List[str]] = None
    danger: Optional[Dict[str, str]] = None
    answered: Optional[List[str]] = None
    withheld: Optional[List[str]] = None

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Profile:
        known: Dict[str, Any] = {name: slots[name] for name in cls.__dataclass_fields__ if slots.get(name) is not None}
        return cls(**known)

    @property
    def person(self) -> Person:
        return Person(self.origin, self.destination, self.occupation)

    def moved_on(self) -> Profile:
        """Without the question whether to send something to a desk: only the very next message can answer that."""
        return replace(self, question=None) if (self.question or "").startswith(DESK) else self

    def having_heard_of(self, topic: str) -> Profile:
        """With ``topic`` as the one answered last; the oldest of more than five goes."""
        others = [other for other in self.answered or () if other != topic]
        return replace(self, answered=[*others, topic][-MOST_ANSWERED:])

    def staying_where_it_was(self, before: Profile) -> Profile:
        """This profile with the countries that were known before: a pasted text names countries of its own."""
        return replace(self, origin=before.origin or self.origin, destination=before.destination or self.destination)

    def changes_from(self, before: Profile) -> Dict[str, Any]:
        """The slots that must be set to get from ``before`` to this profile."""
        return {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if getattr(self, name) != getattr(before, name)
        }


@dataclass(frozen=True)
class Heard:
    """What one turn told about the person, besides its intent. ``region``: the Gulf, not yet a country."""

    profile: Profile
    told: frozenset[str]
    region: Optional[str]


def hear(profile: Profile, message: Mapping[str, Any], facts: FactBase) -> Heard:
    """Adds what ``message`` (Rasa's latest_message) tells to the profile."""
    profile = profile.moved_on()
    metadata = message.get("metadata") or {}
    chosen = {name: value for name, value in (metadata.get("profile") or {}).items() if _is_valid(name, value)}
    pressed = {
        entity["entity"]: entity["value"]
        for entity in message.get("entities", [])
        if _is_valid(entity.get("entity"), entity.get("value"))
    }
    profile = replace(profile, **chosen)
    said, region = _places(profile, message.get("entities", []), facts)
    told = {**said, **pressed}
    profile = replace(profile, **told)
    if profile.language is None:
        profile = replace(profile, language=_first_language(message, metadata))
    return Heard(profile, frozenset(told), region)


def _is_valid(name: Any, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if name == "language":
        return value in LANGUAGES
    if name == "occupation":
        return value in Occupations.load()
    return name in ("origin", "destination") and is_country(value)


def is_country(value: Any) -> bool:
    """Whether it has the form of an ISO 3166 code."""
    return isinstance(value, str) and len(value) == 2 and value.isalpha() and value.isupper()


def _places(profile: Profile, entities: List[Dict[str, Any]], facts: FactBase) -> tuple[Dict[str, str], Optional[str]]:
    """Countries by role. A country whose role the words leave open is where the person may go, unless it can
    only be home."""
    found: Dict[str, str] = {}
    region = None
    for entity in entities:
        value = entity.get("value")
        if entity.get("entity") != "country" or not isinstance(value, str):
            continue
        if value.startswith("REGION:"):
            region = value.partition(":")[2]
            continue
        role = entity.get("role") or likely_role(value, profile, facts)
        found.setdefault(role, value)
    return found, region


def likely_role(country: str, profile: Profile, facts: FactBase) -> str:
    if country not in facts.countries("destination") and country in facts.countries("origin"):
        return "origin"
    speaks_its_language = profile.language is not None and country in LANGUAGES[profile.language].home
    return "origin" if speaks_its_language and profile.origin is None else "destination"


def _first_language(message: Mapping[str, Any], metadata: Mapping[str, Any]) -> Optional[str]:
    detected = message.get("language") or {}
    if detected.get("code") in spoken() and detected.get("confidence", 0) >= SURE_OF_LANGUAGE:
        return str(detected["code"])
    hinted = language_of_locale(metadata.get("locale"))
    return hinted if hinted in spoken() else None


def other_language(profile: Profile, message: Mapping[str, Any]) -> Optional[str]:
    """The language to offer a switch to: the message was plainly written in it and it is not the chosen one."""
    detected = message.get("language") or {}
    code = detected.get("code")
    sure = detected.get("confidence", 0) >= SURE_OF_LANGUAGE
    return code if sure and code in spoken() and code != (profile.language or "en") else None
