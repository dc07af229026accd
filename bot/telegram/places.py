"""The country of a place on the map, found on this machine. Nobody is asked, and the place goes nowhere from here."""

from __future__ import annotations

from functools import lru_cache

from bot.telegram.borders import Towns


@lru_cache(maxsize=1)
def _towns() -> Towns:
    return Towns.read()


def countries_at(latitude: object, longitude: object) -> tuple[str, ...]:
    """The ISO 3166 codes of the countries it may lie in, the likeliest first; several near a border; none where that
    cannot be told.

    The towns are read at the first call: half a second.
    """
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
        return ()
    near = _towns().countries_near(latitude, longitude)  # type: ignore[arg-type]
    return tuple(code for code in near if len(code) == 2 and code.isalpha() and code.isupper())


def _is_within(degrees: object, most: float) -> bool:
    return isinstance(degrees, (int, float)) and not isinstance(degrees, bool) and abs(degrees) <= most
