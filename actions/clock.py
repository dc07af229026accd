"""What day it is, in one place so that tests can say."""

from __future__ import annotations

import datetime


def today() -> datetime.date:
    return datetime.date.today()


def now() -> datetime.datetime:
    """Aware, in UTC."""
    return datetime.datetime.now(datetime.timezone.utc)
