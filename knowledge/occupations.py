"""The taxonomy of jobs: what counts as what (a nanny is a domestic worker, a mason works outdoors), and their names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Mapping, Optional, Sequence

import yaml

TAXONOMY = Path(__file__).parent / "occupations.yml"
NAMES = Path(__file__).parent / "occupation_names.yml"


class Occupations:
    """``ancestors("child_carer")`` → ``{"child_carer", "domestic_worker"}``."""

    def __init__(self, parents: Mapping[str, Sequence[str]]) -> None:
        self._parents = {job: tuple(above) for job, above in parents.items()}
        for job, above in self._parents.items():
            for parent in above:
                if parent not in self._parents:
                    raise ValueError(f"occupations.yml: {job}: unknown parent {parent!r}")

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Occupations:
        content = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))
        return cls({job: entry.get("parents", ()) for job, entry in content["occupations"].items()})

    def __contains__(self, job: object) -> bool:
        return job in self._parents

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._parents)

    def ancestors(self, job: str) -> frozenset[str]:
        """The job itself and everything it counts as. Raises KeyError for an unknown job."""
        found = {job}
        for parent in self._parents[job]:
            found |= self.ancestors(parent)
        return frozenset(found)


def occupation_name(job: str, language: str) -> Optional[str]:
    """What the job is called in that language (its code); None where we have no name for it."""
    return _names().get(job, {}).get(language)


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[str, str]]:
    names: Mapping[str, Mapping[str, str]] = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return names
