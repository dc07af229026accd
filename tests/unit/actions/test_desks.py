"""The settings of help desks: who is there for whom and when, and errors that an office can mend."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.desks import BrokenDesks, Desk, Desks
from actions.desks.hours import DAYS
from translations.direction import direction_faults
from translations.languages import spoken
from translations.localizer import Localizer

ONE = "desks:\n  a:\n    name: A\n    chat: -1\n"
EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "desks.example.yml"


def desk(**settings) -> Desk:
    return Desk(**{"key": "one", "name": "One", "chat": -5, **settings})


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=timezone.utc)


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "desks.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenDesks) as broken:
        Desks.read(path)
    return broken.value.faults


@pytest.fixture
def desks_file(own_var: Path) -> Path:
    own_var.mkdir()
    return own_var / "desks.yml"


# which desk


def test_the_example_is_whole_and_may_be_copied() -> None:
    kathmandu, manila = Desks.read(EXAMPLE).all
    assert kathmandu.key == "kathmandu"
    assert kathmandu.may_receive == ("manila",)
    assert manila.organisation == "Example Migrant Centre"
    assert {one.key for one in Desks.read(EXAMPLE).all} == {"kathmandu", "manila"}
    assert set(Desk.__fields__) - {"key"} <= set(EXAMPLE.read_text(encoding="utf-8").replace(":", " ").split())


@pytest.mark.parametrize(
    ("origin", "destination", "language", "expected"),
    [
        ("NP", "QA", "ne", "pair"),
        ("NP", "MY", "ne", "home"),
        ("KE", "QA", "en", "work"),
        ("NP", None, "ne", "home"),
        (None, "QA", None, "work"),
        ("KE", "OM", "en", "all"),
        ("KE", "OM", "ne", "all_ne"),
        (None, None, None, "all"),
        ("PK", "SA", "xx", "all"),
    ],
)
def test_the_closest_pair_then_the_language_then_the_order(origin, destination, language, expected) -> None:
    desks = Desks(
        (
            desk(key="all", pairs=["*"], languages=["en"]),
            desk(key="all_ne", pairs=["*-*"], languages=["ne"]),
            desk(key="work", pairs=["*-QA"], languages=["en"]),
            desk(key="home", pairs=["NP-*"], languages=["ne"]),
            desk(key="pair", pairs=["NP-QA"]),
        )
    )
    assert desks.for_person(origin, destination, language).key == expected


def test_nobody_is_sent_to_a_desk_for_others() -> None:
    desks = Desks((desk(pairs=["NP-QA"]),))
    assert desks.for_person("NP", "SA", "ne") is None
    assert desks.for_person(None, None, "ne") is None


def test_found_by_key_and_by_group() -> None:
    desks = Desks((desk(), desk(key="two", chat=-6)))
    assert desks.by_key("two") is desks.of_chat(-6)
    assert desks.by_key("three") is None
    assert desks.of_chat(-7) is None


# where it is read from


def test_no_file_and_no_group_is_no_desk() -> None:
    assert Desks.load().all == ()


def test_a_staff_group_alone_is_one_desk_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_CHAT_ID", "-1009")
    (only,) = Desks.load().all
    assert (only.key, only.name, only.chat) == ("desk", "Help desk", -1009)
    assert only.is_open(utc(2026, 1, 1)), "always"
    assert (only.hours_told(Localizer.of("en")), only.promise_told(Localizer.of("en"))) == ("", "")


@pytest.mark.parametrize("chat", ["5", "people"])
def test_a_staff_group_that_is_none(chat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_CHAT_ID", chat)
    with pytest.raises(BrokenDesks, match="STAFF_CHAT_ID: must be the id of a group"):
        Desks.load()


def test_the_file_comes_before_the_staff_group_and_is_read_anew(
    desks_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("STAFF_CHAT_ID", "-1009")
    desks_file.write_text("desks: {a: {name: A, chat: -1}}", encoding="utf-8")
    assert Desks.load().all[0].key == "a"
    assert Desks.load() is Desks.load(), "cached"
    desks_file.write_text("desks: {bc: {name: B, chat: -1}}", encoding="utf-8")
    assert Desks.load().all[0].key == "bc"
    desks_file.write_text("desks: {bc: {name: B, chat: 771}}", encoding="utf-8")
    assert Desks.load().all[0].key == "bc", "a slip while editing takes nobody's desk away"
    assert "fault" in caplog.text
    assert "771" not in caplog.text
    desks_file.unlink()
    assert Desks.load().all[0].key == "bc", "nor does a file that is away for a moment"
    Desks._loaded.clear()
    assert Desks.load().all[0].key == "desk", "after a start"


def test_a_named_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_DESKS", str(tmp_path / "mine.yml"))
    with pytest.raises(BrokenDesks, match=r"mine\.yml: No such file"):
        Desks.load()
    (tmp_path / "mine.yml").write_bytes(b"\xef\xbb\xbfdesks:\r\n  a:\r\n    name: A\r\n    chat: -1\r\n")
    assert Desks.load().all[0].name == "A", "as Windows writes it, too"


# errors


def test_every_error_at_once_with_line_and_field(tmp_path: Path) -> None:
    text = """desks:
  a:
    name: A
    chat: 5
    zone: Mars/Olympus
    pairs:
      - NP-QA
      - nepal
    hours:
      mon: 9 to 5
      tuesday: 09:00-17:00
    holiday: [2026-12-25]
  b:
    chat: -2
    languages: [xq]
    holidays: [20261225]
    promise_minutes: 0
    may_receive: [c]
  c:
    name: C
    chat: -3
    may_receive: [c, d]
  Big One: {name: D, chat: -4}
desk: {}
"""
    found = faults(tmp_path, text)
    for expected in (
        "desks.yml line 4: chat: must be the id of a group",
        "desks.yml line 5: zone: is not the name of a time zone",
        "desks.yml line 8: pairs: must look like NP-QA",
        "desks.yml line 10: hours.mon: must look like 09:00-17:00",
        "desks.yml line 11: hours.tuesday: is not a setting of a desk; is tue meant?",
        "desks.yml line 12: holiday: is not a setting of a desk; is holidays meant?",
        "desks.yml line 13: name: is missing",
        "desks.yml line 15: languages: 'xq' is not the code of a language",
        "desks.yml line 16: holidays: must look like 2026-12-25",
        "desks.yml line 17: promise_minutes: must be greater than or equal to 1",
        "desks.yml line 22: may_receive: is this desk itself",
        "desks.yml line 22: may_receive: there is no desk 'd'",
        "desks.yml line 23: Big One: must be a short word",
        "desks.yml line 24: desk: is not known here",
    ):
        assert any(fault.startswith(expected) for fault in found), (expected, found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "desks.yml line 1: must begin with desks:"),
        ("- a\n", "desks.yml line 1: must begin with desks:"),
        ("desks:\n", "desks.yml line 1: desks: must hold at least one desk"),
        ("desks:\n  a: [\n", "desks.yml line 3: cannot be read"),
        ("desks:\n  a:\n    name: A\n    name: B\n", "desks.yml line 4: name: stands twice"),
        ("desks:\n  a: none\n", "desks.yml line 2: a: must hold at least name and chat"),
        ("desks:\n  a: {name: A, chat: -1}\n  b: {name: B, chat: -1}\n", "line 3: chat: is the group of a already"),
        ("desks:\n  a:\n    name: A\n    chat: -1\n    hours: {mon: 09:00-17:00}\n", "line 5: hours: need a zone"),
        (
            "desks:\n  a:\n    name: A\n    chat: -1\n    country: NO\n",
            'country: must be in quotes, such as "NO"',
        ),
        ("desks:\n  a:\n    name: A\n    chat: -1\n    hours: always\n", "line 5: hours: must name weekdays"),
        (
            "desks:\n  a:\n    name: A\n    chat: -1\n    holidays: [2026-02-31]\n",
            "cannot be read: day is",
        ),
        ("desks:\n  a: &a\n    name: A\n    chat: -1\n    hours: *a\n", "cannot be read: something in it holds itself"),
        (f"{ONE}    pairs: []\n", "line 5: pairs: must name a pair"),
        (f"{ONE}    promise_minutes: yes\n", "line 5: promise_minutes: must be a whole number"),
        (f"{ONE}    keep_days: yes\n", "line 5: keep_days: must be a whole number"),
        (f"{ONE}    keep_days: 30.7\n", "line 5: keep_days: must be a whole number"),
        (f"{ONE}    silent_days: '30'\n", "line 5: silent_days: must be a whole number"),
        (f"{ONE}    keep_days: 366\n", "line 5: keep_days: must be less than or equal to 365"),
        (f"{ONE}    pairs: [EU-QA]\n", "line 5: pairs: 'EU' is not the code of a country"),
        (f"{ONE}    pairs: [NP-ZZ, UN-*]\n", "line 5: pairs: 'ZZ' is not the code of a country"),
        (f"{ONE}    country: EU\n", "line 5: country: 'EU' is not the code of a country"),
    ],
)
def test_what_is_no_list_of_desks(tmp_path: Path, text: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(tmp_path, text)), faults(tmp_path, text)


def test_a_setting_without_a_value_is_not_set(tmp_path: Path) -> None:
    """ "pairs:" and nothing after it once made a desk for nobody."""
    path = tmp_path / "desks.yml"
    path.write_text(f"{ONE}    pairs:\n    keep_days:\n    holidays:\n    hours:\n", encoding="utf-8")
    [one] = Desks.read(path).all
    assert one == desk(key="a", name="A", chat=-1)
    assert Desks((one,)).for_person("NP", "QA", "ne") is one


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "desks.yml"
    for whole in (text, f"desks:\n  a: {text}\n", f"desks:\n  a:\n    name: A\n    chat: -1\n    {text}\n"):
        path.write_text(whole, encoding="utf-8")
        found = []
        try:
            Desks.read(path)
        except BrokenDesks as broken:
            found = broken.faults or ["nothing is said"]
        assert all(fault.startswith("desks.yml") for fault in found)


# hours

NEPAL = {"zone": "Asia/Kathmandu", "hours": {"mon": ["10:00-13:00", "14:00-17:00"], "tue": "22:00-02:00"}}


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (utc(2026, 11, 23, 4, 14), False),  # Monday 09:59 in Nepal, which is 5:45 ahead
        (utc(2026, 11, 23, 4, 15), True),
        (utc(2026, 11, 23, 7, 15), False),  # 13:00
        (utc(2026, 11, 23, 8, 15), True),  # 14:00
        (utc(2026, 11, 24, 20, 0), True),  # Wednesday 01:45: still Tuesday's hours
        (utc(2026, 11, 24, 20, 15), False),  # 02:00
    ],
)
def test_open_in_its_own_time(moment: datetime, there: bool) -> None:
    assert desk(**NEPAL).is_open(moment) is there
    assert desk(**NEPAL).is_open(moment.astimezone(timezone(timedelta(hours=-9)))) is there


def test_the_next_opening_passes_holidays() -> None:
    sunday = utc(2026, 11, 22, 12)
    assert desk(**NEPAL).next_opening(sunday).isoformat() == "2026-11-23T10:00:00+05:45"
    away = desk(**NEPAL, holidays=["2026-11-23", "2026-11-24"])
    assert away.next_opening(sunday).isoformat() == "2026-11-30T10:00:00+05:45"
    assert not away.is_open(utc(2026, 11, 23, 5))


def test_open_now_opens_now_and_no_hours_never() -> None:
    monday = utc(2026, 11, 23, 5)
    assert desk(**NEPAL).next_opening(monday) == monday
    closed = desk(zone="Asia/Kathmandu", hours={"mon": []})
    assert closed.next_opening(monday) is None
    assert not closed.is_open(monday)
    assert closed.hours_told(Localizer.of("en")) == ""


def test_whole_days_and_clocks_that_change() -> None:
    always = desk(zone="Europe/Berlin", hours=dict.fromkeys(DAYS, "00:00-24:00"))
    start = utc(2026, 10, 24)  # the clocks go back on the 25th
    assert all(always.is_open(start + timedelta(minutes=20 * step)) for step in range(3 * 48))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(timezone.utc)))
def test_the_next_opening_is_open_and_the_moment_before_is_not(moment: datetime) -> None:
    one = desk(zone="Europe/Berlin", hours={"sun": "00:30-03:15", "wed": "20:00-02:30"}, holidays=["2026-03-29"])
    opens = one.next_opening(moment)
    assert opens >= moment
    assert one.is_open(opens)
    if opens > moment:
        assert not one.is_open(moment)
        assert not one.is_open(opens - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (dict.fromkeys(DAYS[:5], "9:00-17:00"), "Mon–Fri 09:00–17:00"),
        (dict.fromkeys(("sun", *DAYS[:4]), "09:00-17:00"), "Sun–Thu 09:00–17:00"),
        (dict.fromkeys(DAYS, "00:00-24:00"), "Mon–Sun 00:00–24:00"),
        ({"mon": ["14:00-17:00", "10:00-13:00"], "tue": "10:00-12:00", "sun": "10:00-12:00"},
         "Mon 10:00–13:00, 14:00–17:00; Tue 10:00–12:00; Sun 10:00–12:00"),
    ],
)  # fmt: skip
def test_hours_as_people_read_them(hours: dict, expected: str) -> None:
    assert desk(zone="UTC", hours=hours).hours_told(Localizer.of("en")) == expected


@pytest.mark.parametrize("code", spoken())
def test_hours_and_promise_in_every_language(code: str) -> None:
    speak = Localizer.of(code)
    one = desk(**NEPAL, promise_minutes=90, languages=["ne", "ar"])
    for told in (one.hours_told(speak), one.promise_told(speak), one.languages_told(speak)):
        assert told
        if speak.language.right_to_left:
            assert not list(direction_faults(told))
    assert "90" in one.promise_told(speak)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(1, "1 minute"), (80, "80 minutes"), (120, "2 hours"), (200, "4 hours"), (1440, "1 day"), (2880, "2 days")],
)
def test_a_promise_never_sounds_shorter_than_it_is(minutes: int, expected: str) -> None:
    assert desk(promise_minutes=minutes).promise_told(Localizer.of("en")) == expected


def test_zone_and_country_follow_from_each_other() -> None:
    assert desk(country="NP").zone == "Asia/Kathmandu"
    assert desk(zone="Asia/Kathmandu").time_country == "NP"
    assert desk(country="ID").zone == "", "a country of several times does not say which"


def test_only_the_time_that_somebody_was_there_counts_as_waiting() -> None:
    week = {day: ["10:00-17:00", "16:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
    desk = Desk(key="k", name="K", chat=-5, zone="UTC", hours=week)
    friday, monday = datetime(2026, 11, 6, 15, tzinfo=timezone.utc), datetime(2026, 11, 9, 16, tzinfo=timezone.utc)
    assert desk.minutes_open(friday, monday) == 60 * (2 + 6)
    assert desk.minutes_open(monday, monday + timedelta(minutes=90)) == 60
    night = Desk(key="k", name="K", chat=-5, zone="UTC", hours={"fri": "22:00-06:00"})
    assert night.minutes_open(friday, monday) == 8 * 60
    assert Desk(key="k", name="K", chat=-5).minutes_open(friday, monday) == 60 * (24 * 3 + 1)
