"""The country of a place on the map."""

from __future__ import annotations

import pytest

from bot.telegram.places import country_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (25.28, 51.53, "QA"),
        (1.436, 103.786, "SG"),
        (1.4927, 103.7414, "MY"),
        (16.716, 98.57, "TH"),
        (16.689, 98.508, "MM"),
        (24.25, 55.79, "OM"),
        (24.2, 55.75, "AE"),
        (22.3, 114.17, "HK"),
        (27, 85, "NP"),
        (-10.0, 75.0, None),
        (91.0, 0.0, None),
        (0.0, 1e300, None),
        (float("nan"), 0.0, None),
        (10**400, 0, None),
        ("25", "51", None),
        (True, False, None),
        (None, None, None),
    ],
)
def test_the_country_of_a_place(latitude: object, longitude: object, country: str | None) -> None:
    assert country_at(latitude, longitude) == country
