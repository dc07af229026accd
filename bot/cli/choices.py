"""Who asks, as options say it: language, countries, job. Checked before anything is loaded."""

from __future__ import annotations

import argparse
from typing import Dict, Mapping

from bot.cli.failure import Failure
from knowledge.occupations import Occupations
from knowledge.schema import ISO2
from translations.languages import LANGUAGES

FIELDS = {"lang": "language", "origin": "origin", "destination": "destination", "occupation": "occupation"}
"""Name in JSON lines and options → slot."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="CODE", help="language of the answers, such as ne")
    parser.add_argument("--from", dest="origin", metavar="COUNTRY", help="home country, such as NP")
    parser.add_argument("--to", dest="destination", metavar="COUNTRY", help="country of work, such as QA")
    parser.add_argument("--job", dest="occupation", metavar="JOB", help="such as domestic_worker")


def profile_of(given: Mapping[str, object]) -> Dict[str, str]:
    """The choices in ``given`` as slots. Raises Failure naming the first that nobody could mean."""
    profile: Dict[str, str] = {}
    for field, slot in FIELDS.items():
        value = given.get(field)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise Failure(f"{field} must be text", status=2)
        profile[slot] = _checked(slot, value.strip())
    return profile


def _checked(slot: str, value: str) -> str:
    if slot == "language":
        if value.lower() not in LANGUAGES:
            raise Failure(f"unknown language code {value!r}; one of {', '.join(LANGUAGES)}", status=2)
        return value.lower()
    if slot == "occupation":
        if value not in Occupations.load():
            raise Failure(f"unknown job {value!r}; one of {', '.join(Occupations.load())}", status=2)
        return value
    if value.upper() not in ISO2:
        raise Failure(f"unknown country code {value!r}; use ISO 3166 codes such as NP or QA", status=2)
    return value.upper()
