"""The country of a place on the map: one where it is clear, both sides where a border is near."""

from __future__ import annotations

import pytest

from bot.telegram.places import countries_at


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "country"),
    [
        ("Doha", 25.28, 51.53, "QA"),
        ("Dubai", 25.2, 55.27, "AE"),
        ("Ruwais", 24.11, 52.73, "AE"),
        ("Kuwait", 29.37, 47.97, "KW"),
        ("Riyadh", 24.7, 46.7, "SA"),
        ("Muscat", 23.59, 58.4, "OM"),
        ("Geylang", 1.315, 103.89, "SG"),
        ("Kuala Lumpur", 3.14, 101.69, "MY"),
        ("Shatin", 22.3813, 114.1889, "HK"),
        ("Kathmandu", 27.7, 85.3, "NP"),
        ("Dhaka", 23.8, 90.4, "BD"),
        ("Taveuni, beside the 180th degree", -16.85, -179.97, "FJ"),
        ("the same from its other side", -16.85, 180.0, "FJ"),
    ],
)
def test_away_from_borders_it_is_one_country(place: str, latitude: float, longitude: float, country: str) -> None:
    assert countries_at(latitude, longitude) == (country,)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "country"),
    [
        ("Tuas South, dormitories", 1.2953, 103.63, "SG"),
        ("Tuas View, dormitories", 1.2987, 103.6163, "SG"),
        ("Tuas checkpoint", 1.348, 103.636, "SG"),
        ("Woodlands checkpoint", 1.4468, 103.769, "SG"),
        ("Johor Bahru", 1.4655, 103.7578, "MY"),
        ("Hili, Al Ain", 24.27, 55.77, "AE"),
        ("Buraimi", 24.2509, 55.7931, "OM"),
        ("the bridge of Mae Sot, this side", 16.692, 98.518, "TH"),
        ("Myawaddy", 16.6894, 98.5089, "MM"),
        ("KK Park", 16.646, 98.517, "MM"),
        ("Shwe Kokko", 16.819, 98.525, "MM"),
        ("Bavet", 11.07, 106.15, "KH"),
        ("Moc Bai", 11.07, 106.22, "VN"),
        ("O Smach", 14.43, 103.69, "KH"),
        ("Poipet", 13.656, 102.564, "KH"),
        ("Golden Triangle", 20.36, 100.1, "LA"),
        ("Vientiane", 17.9757, 102.6331, "LA"),
        ("Laukkai", 23.69, 98.76, "MM"),
        ("Lok Ma Chau", 22.514, 114.065, "HK"),
        ("Ghuwaifat", 24.12, 51.59, "AE"),
        ("Batha", 24.2, 51.45, "SA"),
        ("Salmi", 29.1, 46.67, "KW"),
        ("Kakarbhitta", 26.644, 88.156, "NP"),
    ],
)
def test_near_a_border_the_right_country_is_among_those_offered(
    place: str, latitude: float, longitude: float, country: str
) -> None:
    found = countries_at(latitude, longitude)
    assert country in found
    assert 2 <= len(found) <= 3


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (-10.0, 75.0),
        (91.0, 0.0),
        (0.0, 1e300),
        (float("nan"), 0.0),
        (10**400, 0),
        ("25", "51"),
        (True, False),
        (None, None),
    ],
)
def test_what_is_no_place_or_far_from_everything_has_none(latitude: object, longitude: object) -> None:
    assert countries_at(latitude, longitude) == ()
