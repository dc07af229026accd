"""Countries in what people write, each with its role: where the person is from, or where the job is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Sequence

import regex

from nlu.extraction.cues import NOTHING, Cues, Senses, has_cue
from nlu.extraction.folding import Folded, fold
from nlu.extraction.gazetteer import script_of
from nlu.extraction.names import Kind, NameTable, load_names
from nlu.extraction.roles import Role, Sighting, assign_roles
from nlu.extraction.spotting import NameSpotter, Spot

_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_LETTER_AT_END = regex.compile(r"[\p{L}\p{M}]$")
_MARKS = regex.compile(r"\p{M}*")
_THAI_LETTER = regex.compile(r"\p{Thai}")
_NOT_JUST_A_LANGUAGE: Senses = frozenset({"employer", "office", "people", "person", "destination"})


@dataclass(frozen=True)
class CountryMention:
    """``text[start:end]`` names the country ``value``: an ISO code, or "REGION:gulf" where it is not one country."""

    value: str
    role: Role | None
    start: int
    end: int
    kind: Kind


class CountryFinder:
    """``CountryFinder().find("Nepal bata Qatar jana")`` → Nepal as origin and Qatar as destination."""

    def __init__(self) -> None:
        self._table: NameTable = load_names()
        self._cues = Cues()
        self._spotter = NameSpotter(self._table, self._cues.endings)

    def find(self, text: str) -> list[CountryMention]:
        """All countries and regions named in the text, from left to right, none inside another."""
        folded = fold(text)
        seen = [self._sighting(spot, folded.text) for spot in self._spotter.spots(text, folded)]
        countries = self._trusted([sighting for sighting in seen if not _is_no_country(sighting)], folded.text)
        assign_roles(countries, folded.text, self._cues)
        return [_mention(country, text, folded) for country in countries]

    def _sighting(self, spot: Spot, text: str) -> Sighting:
        after = spot.end + len(spot.ending)
        value = str(spot.name.value)
        return Sighting(
            spot.name,
            value,
            spot.start,
            spot.end,
            after,
            self._table.standing(value),
            says_before=self._cues.before(text, spot.start),
            says_after=self._cues.after(text, after, self._cues.endings.get(spot.ending, NOTHING)),
            said_at_home=self._cues.said_at_home_in(value),
            in_own_script=value == "TH" and _THAI_LETTER.match(text, spot.start) is not None,
        )

    def _trusted(self, countries: Sequence[Sighting], text: str) -> list[Sighting]:
        message = " ".join(_LETTERS.findall(text))
        return [
            country
            for place, country in enumerate(countries)
            if country.name.trust == "sure"
            or message == text[country.start : country.end]
            or (country.name.trust == "with_cue" and _is_vouched_for(country, text))
            or (country.name.trust == "with_cue" and self._is_joined_to_a_sure_one(countries, place, text))
        ]

    def _is_joined_to_a_sure_one(self, countries: Sequence[Sighting], place: int, text: str) -> bool:
        """Jordan, in "Jordan or Lebanon"."""
        return any(
            "sure" in (first.name.trust, second.name.trust) and self._cues.is_joint(text[first.after : second.start])
            for first, second in pairwise(countries[max(0, place - 1) : place + 2])
        )


def _is_no_country(sighting: Sighting) -> bool:
    says = sighting.says
    is_sum = sighting.name.kind == "region" and "count" in says
    is_language = sighting.name.kind == "nationality" and "language" in says and not says & _NOT_JUST_A_LANGUAGE
    return "not_a_country" in says or is_sum or is_language


def _is_vouched_for(sighting: Sighting, text: str) -> bool:
    """Whether a cue shows that this word is a country here; မလေး must not be the end of ညီမလေး either."""
    is_inside_a_run = script_of(text[sighting.start]) is None and _LETTER_AT_END.search(text, endpos=sighting.start)
    return has_cue(sighting.says_before if is_inside_a_run else sighting.says)


def _mention(sighting: Sighting, text: str, folded: Folded) -> CountryMention:
    start, end = folded.span(sighting.start, sighting.end)
    # A vowel sign of a glued ending belongs to the last letter: half a letter cannot be shown or cut out.
    end = _MARKS.match(text, end).end()  # type: ignore[union-attr]
    is_people = sighting.name.kind == "name" and "people" in sighting.says_before
    return CountryMention(sighting.value, sighting.role, start, end, "nationality" if is_people else sighting.name.kind)
