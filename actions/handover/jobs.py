"""What people call the jobs we know, in their own language: the wordings that understanding them reads, too."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

import yaml

from translations.localizer import Localizer

WORDINGS = Path(__file__).resolve().parents[2] / "nlu" / "lookups" / "occupations.yml"
_ALSO_A_PLACE = "~"


@lru_cache(maxsize=1)
def _wordings() -> Mapping[str, Mapping[str, Any]]:
    content = yaml.load(WORDINGS.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {job: words or {} for job, words in content["occupations"].items()}


def job_told(speak: Localizer, job: str) -> str:
    """The first wording of the job in that language, else the English one, else its id with spaces."""
    words = _wordings().get(job, {})
    own = words.get(speak.code)
    if own:
        return str(own[0]).rstrip(_ALSO_A_PLACE)
    english = words.get("en") or [job.replace("_", " ")]
    return speak.number(str(english[0]).rstrip(_ALSO_A_PLACE))
