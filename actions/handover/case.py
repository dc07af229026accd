"""What a desk would see of somebody: structured values only, never a word they wrote."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, Dict, List, Mapping, Optional

from actions.answers.danger import KINDS
from actions.desks import Desk
from actions.profile import DESK, MOST_ANSWERED, Profile, is_country
from actions.topics import advice_topics
from knowledge.occupations import Occupations
from translations.languages import LANGUAGES

LINES = ("language", "origin", "destination", "occupation", "topic", "danger", "answered")
"""The lines of a case, in the order they are shown. Each can be left out."""
LEVELS = ("certain", "possible")

Case = Dict[str, Any]
"""``{"language", "origin", "destination", "occupation", "topic": str | None, "danger": {"level", "kind"} | None,
"answered": [topic]}``."""


def known_of(profile: Profile) -> Case:
    """All lines there are, left out or not. A value that none of our lists holds counts as unknown."""
    topics, jobs = advice_topics(), Occupations.load()
    return {
        "language": profile.language if profile.language in LANGUAGES else None,
        "origin": profile.origin if is_country(profile.origin) else None,
        "destination": profile.destination if is_country(profile.destination) else None,
        "occupation": profile.occupation if profile.occupation in jobs else None,
        "topic": profile.topic if profile.topic in topics else None,
        "danger": _danger(profile.danger),
        "answered": [topic for topic in profile.answered or () if topic in topics][-MOST_ANSWERED:],
    }


def case_of(profile: Profile) -> Case:
    """What would be sent: whatever is left out looks as if it were unknown."""
    left_out = withheld_of(profile)
    empty: Mapping[str, Any] = {"answered": []}
    known = known_of(profile)
    return {name: empty.get(name) if name in left_out else value for name, value in known.items()}


def withheld_of(profile: Profile) -> List[str]:
    """The lines the person left out, in our order."""
    return [name for name in LINES if name in (profile.withheld or ())]


def leaving(profile: Profile, line: str, *, out: bool) -> Profile:
    """The profile with one line left out, or put back. Doing it twice changes nothing more."""
    left = [name for name in withheld_of(profile) if name != line]
    if out and line in LINES:
        left.append(line)
    return replace(profile, withheld=[name for name in LINES if name in left] or None)


def seal(desk: Desk, case: Case) -> str:
    """Eight letters that stand for exactly this case at exactly this desk: a "yes" names what it was said to."""
    shown = json.dumps([desk.key, desk.name, desk.organisation, case], sort_keys=True)
    return hashlib.sha256(shown.encode("utf-8")).hexdigest()[:8]


def asking(profile: Profile, shown: str) -> Profile:
    """The profile after a preview was shown: the next "yes" is an answer to it."""
    return replace(profile, question=f"{DESK}{shown}")


def shown_before(before: Profile) -> Optional[str]:
    """The seal of the preview that was the last thing shown, if it was."""
    question = before.question or ""
    return question[len(DESK) :] if question.startswith(DESK) else None


def _danger(danger: Optional[Mapping[str, Any]]) -> Optional[Dict[str, str]]:
    known = danger or {}
    level, kind = known.get("level"), known.get("kind")
    return {"level": level, "kind": kind} if level in LEVELS and kind in KINDS else None  # type: ignore[dict-item]
