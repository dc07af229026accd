"""The country of a place on the map, found on this machine. Nobody is asked, and the place goes nowhere from here."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.telegram.borders import Towns


class Atlas:
    """Its towns are read when first asked for, once in a process: half a second.

    Safe to use from several threads; whoever comes while they are being read waits.
    """

    def __init__(self, read: Callable[[], Towns]) -> None:
        self._read = read
        self._towns: Towns | None = None
        self._reading = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        return self._towns is not None

    def load(self) -> Towns:
        """Blocks for as long as it takes. Raises what reading them raises."""
        with self._reading:
            if self._towns is None:
                self._towns = self._read()
        return self._towns


ATLAS = Atlas(Towns.read)


def countries_at(latitude: object, longitude: object) -> tuple[str, ...]:
    """The ISO 3166 codes of the countries it may lie in, the likeliest first; several near a border; none where that
    cannot be told.

    Blocks while the towns are read; on an event loop load ATLAS in a thread before.
    """
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
        return ()
    near = ATLAS.load().countries_near(latitude, longitude)  # type: ignore[arg-type]
    return tuple(code for code in near if len(code) == 2 and code.isalpha() and code.isupper())


def _is_within(degrees: object, most: float) -> bool:
    return isinstance(degrees, (int, float)) and not isinstance(degrees, bool) and abs(degrees) <= most
