"""The country of a place on the map, found on this machine. Nobody is asked, and the place goes nowhere from here."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from typing import Any

FARTHEST = 1.5
"""Degrees to the nearest town with a name; from farther away (the sea, the desert) it says nothing of the country."""

Nearest = Callable[[tuple[float, float]], Mapping[str, Any]]
"""From latitude and longitude the nearest town: its own ``latitude`` and ``longitude``, and ``country_code``."""


class Towns:
    """Read when first asked for, once in a process: half a second, and 150 MB that stay.

    Safe to use from several threads; whoever comes while they are being read waits.
    """

    def __init__(self, read: Callable[[], Nearest]) -> None:
        self._read = read
        self._nearest: Nearest | None = None
        self._reading = threading.Lock()

    @property
    def are_loaded(self) -> bool:
        return self._nearest is not None

    def load(self) -> Nearest:
        """Blocks for as long as it takes. Raises what the library raises."""
        with self._reading:
            if self._nearest is None:
                self._nearest = self._read()
        return self._nearest


def _from_library() -> Nearest:
    import reverse_geocode

    reverse_geocode.get((0.0, 0.0))  # it reads its file when first asked
    nearest: Nearest = reverse_geocode.get
    return nearest


TOWNS = Towns(_from_library)


def country_at(latitude: object, longitude: object) -> str | None:
    """The ISO 3166 code of the country whose town is nearest; None where that cannot be told.

    Blocks while the towns are read; on an event loop load TOWNS in a thread before.
    """
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
        return None
    town = TOWNS.load()((latitude, longitude))  # type: ignore[arg-type]
    distance = math.hypot(town["latitude"] - latitude, town["longitude"] - longitude)
    code = str(town["country_code"])
    return code if distance <= FARTHEST and len(code) == 2 and code.isalpha() and code.isupper() else None


def _is_within(degrees: object, most: float) -> bool:
    return isinstance(degrees, (int, float)) and not isinstance(degrees, bool) and abs(degrees) <= most
