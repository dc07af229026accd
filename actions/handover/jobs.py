"""What people call the jobs we know, in their own language."""

from __future__ import annotations

from knowledge.occupations import occupation_name
from translations.localizer import Localizer


def job_told(speak: Localizer, job: str) -> str:
    """The name of the job in that language, else the English one, else its id with spaces."""
    return occupation_name(job, speak.code) or speak.number(occupation_name(job, "en") or job.replace("_", " "))
