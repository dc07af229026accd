"""The country of a place on the map, found on this machine. Nobody is asked, and the place goes nowhere from here."""

from __future__ import annotations

import math

FARTHEST = 1.5
"""Degrees to the nearest town with a name; from farther away (the sea, the desert) it says nothing of the country."""


def country_at(latitude: object, longitude: object) -> str | None:
    """The ISO 3166 code of the country whose town is nearest; None where that cannot be told.

    The towns are read at the first call: half a second, and 150 MB that stay.
    """
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
        return None
    import reverse_geocode

    town = reverse_geocode.get((latitude, longitude))
    distance = math.hypot(town["latitude"] - latitude, town["longitude"] - longitude)
    code = str(town["country_code"])
    return code if distance <= FARTHEST and len(code) == 2 and code.isalpha() and code.isupper() else None


def _is_within(degrees: object, most: float) -> bool:
    return isinstance(degrees, (int, float)) and not isinstance(degrees, bool) and abs(degrees) <= most
