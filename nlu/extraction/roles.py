"""Who leaves which country for which: the role of each country found in one text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Sequence

from nlu.extraction.cues import LOOKED_PAST, NOTHING, Cues, Senses
from nlu.extraction.names import Name, Standing

Role = Literal["origin", "destination"]

_SAYS_WHERE_FROM: Senses = frozenset({"person", "origin", "people"})
_TELLS_A_ROLE: Senses = frozenset({"person", "origin", "destination", "back", "place", "employer", "office"})


@dataclass
class Sighting:
    """A country name in a folded text: ``text[start:end]``, with its glued ending up to ``after``, and its cues.

    ``said_at_home`` are the senses that show the speaker there is at home ("place:ne" for Nepal); ``in_own_script`` is
    ไทย for Thailand, which people both leave and seek: who writes Thai leaves it.
    """

    name: Name
    value: str
    start: int
    end: int
    after: int
    standing: Standing
    says_before: Senses = NOTHING
    says_after: Senses = NOTHING
    said_at_home: Senses = NOTHING
    in_own_script: bool = False
    role: Role | None = None

    @property
    def says(self) -> Senses:
        """All that is said beside it."""
        return self.says_before | self.says_after

    @property
    def at_home(self) -> bool:
        """Whether someone who speaks of being there has not left yet."""
        return self.in_own_script or bool(self.says & self.said_at_home)

    @property
    def is_nationality(self) -> bool:
        """Nepali, or orang Nepal."""
        return self.name.kind == "nationality" or "people" in self.says

    @property
    def tells_where_from(self) -> bool:
        """Whether it is said to be where someone is from, not only where they are."""
        return self.is_nationality or bool(self.says & _SAYS_WHERE_FROM)

    @property
    def has_unclear_employer(self) -> bool:
        """My Indian boss: India is neither where the speaker is from nor, for most, where the job is."""
        return self.standing == "left" and "employer" in self.says and "place" not in self.says_after


def assign_roles(sightings: Sequence[Sighting], text: str, cues: Cues) -> None:
    """Gives each sighting its role: by the words beside it first, then by the other countries of the text."""
    _share_cues_in_lists(sightings, text, cues)
    for sighting in sightings:
        sighting.role = _role_on_its_own(sighting)
    _read_pairs(sightings, text, cues)
    _turn_round_ways_home(sightings)
    _send_abroad_who_is_away(sightings)
    _fill_from_the_others(sightings)


def _share_cues_in_lists(sightings: Sequence[Sighting], text: str, cues: Cues) -> None:
    """What is said of one country of a list holds for all: "jobs in Poland or Romania"."""
    neighbours = [*pairwise(sightings)]
    for first, second in [*neighbours, *neighbours[::-1]]:
        if first.standing != second.standing or not cues.is_list(text[first.after : second.start]):
            continue
        if not second.says & _TELLS_A_ROLE:
            second.says_before |= first.says_before - LOOKED_PAST
        if not first.says & _TELLS_A_ROLE:
            first.says_after |= second.says_after - LOOKED_PAST


def _role_on_its_own(sighting: Sighting) -> Role | None:
    says = sighting.says
    if "employer" in says and sighting.standing != "left" and not sighting.in_own_script:
        return "destination"
    if "person" in says:
        return "origin"
    if "office" in says:
        return "origin" if sighting.in_own_script else _role_by_standing(sighting)
    if "back" in says:
        return _role_of_place(sighting) if "origin" in says else _role_of_return(sighting)
    if "origin" in says:
        return "origin"
    if "destination" in says:
        return "destination"
    if sighting.has_unclear_employer:
        return None
    if sighting.is_nationality:
        return "destination" if sighting.standing == "sought" else "origin"
    if "place" in says:
        return _role_of_place(sighting)
    return "destination" if sighting.name.kind == "region" else _role_by_standing(sighting)


def _role_by_standing(sighting: Sighting) -> Role | None:
    roles: dict[Standing, Role] = {"left": "origin", "sought": "destination"}
    return roles.get(sighting.standing)


def _role_of_place(sighting: Sighting) -> Role:
    return "origin" if sighting.at_home else "destination"


def _role_of_return(sighting: Sighting) -> Role:
    return "destination" if sighting.standing == "sought" or sighting.name.kind == "region" else "origin"


def _read_pairs(sightings: Sequence[Sighting], text: str, cues: Cues) -> None:
    """Malaysia to Singapore, NP-TH: the order tells what the names alone do not."""
    for first, second in pairwise(sightings):
        between = text[first.after : second.start]
        leads_on = cues.is_way(between) or (not between.strip() and "origin" in first.says_after)
        names_tell = {first.standing, second.standing} == {"left", "sought"}
        if leads_on and first.value != second.value and not names_tell and "person" not in second.says:
            first.role, second.role = "origin", "destination"


def _turn_round_ways_home(sightings: Sequence[Sighting]) -> None:
    """Money from Qatar to Nepal: the job is still in Qatar, and home is Nepal."""
    if not {"left", "sought"} <= {sighting.standing for sighting in sightings}:
        return
    for sighting in sightings:
        if sighting.standing == "sought" and sighting.role == "origin" and "person" not in sighting.says:
            sighting.role = "destination"
    origins = {sighting.value for sighting in sightings if sighting.role == "origin"}
    for sighting in sightings:
        if sighting.standing == "left" and sighting.role == "destination" and not origins - {sighting.value}:
            sighting.role = "origin"


def _send_abroad_who_is_away(sightings: Sequence[Sighting]) -> None:
    """I am Nepali, now in India: being there makes no origin when another country is said to be it."""
    homes = {sighting.value for sighting in sightings if sighting.role == "origin" and sighting.tells_where_from}
    for sighting in sightings:
        is_only_there = "place" in sighting.says and not sighting.tells_where_from
        if is_only_there and sighting.role == "origin" and homes - {sighting.value}:
            sighting.role = "destination"


def _fill_from_the_others(sightings: Sequence[Sighting]) -> None:
    """Myanmar Thailand: where one country is left, the other is gone to."""
    known = {sighting.value: sighting.role for sighting in sightings if sighting.role}
    for sighting in sightings:
        if sighting.role or sighting.has_unclear_employer:
            continue
        others = {role for value, role in known.items() if value != sighting.value}
        if sighting.value in known:
            sighting.role = known[sighting.value]
        elif "origin" in others:
            sighting.role = "destination"
        elif "destination" in others and sighting.in_own_script:
            sighting.role = "origin"
