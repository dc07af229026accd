"""Lists of agencies: read strictly, looked up kindly."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import List

import pytest

from knowledge.agencies import Agency, AgencyList, the_one
from knowledge.agency_lists import BrokenList, keep, list_of, read_csv

DAY = datetime.date(2026, 11, 1)
FILLER = [f"{first} {second} Overseas Pvt. Ltd." for first in ("Alpha", "Bravo", "Delta", "Echo", "Kilo", "Lima")
          for second in ("Pearl", "Summit", "Valley", "Harbour", "Meadow")]  # fmt: skip


def listed(*names: str) -> AgencyList:
    agencies = [Agency(name, f"{100 + at}/070/071", "valid", None, "") for at, name in enumerate([*names, *FILLER])]
    return AgencyList("NP", DAY, "https://office.example/list", agencies)


def meant(agencies: AgencyList, asked: str) -> str | None:
    found = the_one(agencies.find(asked))
    return found.agency.name if found else None


@pytest.mark.parametrize(
    "asked",
    [
        "Golden Falcon Overseas",
        "golden falcon overseas pvt ltd",
        "GOLDEN FALCON OVERSEES",
        "goldan falkon overseas",
        "गोल्डेन फाल्कन ओभरसिज प्रा. लि.",
        "গোল্ডেন ফ্যালকন ওভারসিজ",
        "licence no. 100/070/071",
        "100-070-071",
    ],
)
def test_found_however_it_is_spelt(asked: str) -> None:
    assert meant(listed("Golden Falcon Overseas Pvt. Ltd."), asked) == "Golden Falcon Overseas Pvt. Ltd."


@pytest.mark.parametrize(
    "asked",
    ["Silver Falcon Overseas", "Golden Eagle Overseas", "Overseas", "manpower", "the agency", "999/070/071", "…"],
)
def test_another_name_is_not_taken_for_it(asked: str) -> None:
    assert meant(listed("Golden Falcon Overseas Pvt. Ltd."), asked) is None


def test_of_two_names_as_close_none_is_taken_and_both_are_offered() -> None:
    agencies = listed("Green Lotus Overseas", "Green Lotus Manpower")
    assert meant(agencies, "Green Lotus") is None
    assert {one.agency.name for one in agencies.find("Green Lotus")} == {"Green Lotus Overseas", "Green Lotus Manpower"}


def test_a_name_spelt_far_off_is_offered() -> None:
    found = listed("Golden Falcon Overseas Pvt. Ltd.").find("گولڈن فالکن اوورسیز")
    assert found[0].agency.name == "Golden Falcon Overseas Pvt. Ltd."


def test_of_two_rows_of_one_number_both_are_offered() -> None:
    agencies = AgencyList("NP", DAY, "https://office.example/list", [
        Agency("Old Falcon", "55", "cancelled", None, ""), Agency("New Falcon", "५५", "valid", None, ""),
    ])  # fmt: skip
    assert [one.agency.name for one in agencies.find("55")] == ["Old Falcon", "New Falcon"]
    assert the_one(agencies.find("55")) is None


def test_a_number_inside_a_sentence_or_a_name_is_none() -> None:
    agencies = listed("Golden Falcon Overseas Pvt. Ltd.")  # its number is 100/070/071
    assert meant(agencies, "they ask 100 riyal") is None
    assert agencies.find("Sky 100 Manpower") == []


def test_a_name_is_found_inside_a_question_and_only_when_it_is_there() -> None:
    agencies = listed("Golden Falcon Overseas Pvt. Ltd.")
    found = agencies.named_in("please tell me is Golden Falcon Overseas licensed or not?")
    assert found is not None
    assert found.agency.name == "Golden Falcon Overseas Pvt. Ltd."
    assert agencies.named_in("is this overseas agency licensed?") is None


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_kept_is_what_was_imported(tmp_path: Path, own_var: Path) -> None:
    path = written(
        tmp_path,
        "\ufeffName,License No.,Status,Expiry,Address\n"
        ",,,,\n"
        '"Golden Falcon, Overseas",12/3,Active,2027-03-31,"Road 1,\n Town"\n'
        "सूर्य ओभरसिज,,,,\n",
    )
    agencies = read_csv(path)
    assert agencies == [
        Agency("Golden Falcon, Overseas", "12/3", "valid", datetime.date(2027, 3, 31), "Road 1, Town"),
        Agency("सूर्य ओभरसिज", "", "unknown", None, ""),
    ]
    keep(AgencyList("NP", DAY, "https://office.example/list", agencies))
    kept = list_of("NP")
    assert kept is not None
    assert (kept.agencies, kept.as_of, kept.source) == (tuple(agencies), DAY, "https://office.example/list")
    assert list_of("PH") is None


def test_a_second_import_takes_the_place_of_the_first(own_var: Path) -> None:
    for name in ("First Agency", "Second Agency"):
        keep(AgencyList("NP", DAY, "https://office.example/list", [Agency(name, "1", "valid", None, "")]))
        kept = list_of("NP")
        assert kept is not None
        assert kept.agencies[0].name == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,address\nA,B\n", "licence_number"),
        ("name,licence_number\n", "no agency"),
        ("name,licence_number,status\nA,1,perhaps\n", "row 2: status 'perhaps'"),
        ("name,licence_number,expiry\nA,1,2027-02-30\n", "row 2: expiry '2027-02-30'"),
        ("name,licence_number\nA,1\n,2\n", "row 3: no name"),
        ("name,licence_number\n\u200b,2\n", "row 2: no name"),
        ("name,licence_number,status,Status\nA,1,valid,expired\n", "'status' stands there twice"),
        ('name,licence_number\n"A,1\n', "unexpected end"),
    ],
)
def test_a_list_that_cannot_be_used_names_row_and_column(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BrokenList, match=says.replace("(", r"\(")):
        read_csv(written(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,licence_number\n\xff\xfe,1\n")
    with pytest.raises(BrokenList, match="UTF-8"):
        read_csv(path)


def test_no_word_of_a_long_list_makes_everything_alike() -> None:
    names: List[str] = [f"Overseas {word} Manpower" for word in ("Asha", "Bina", "Chandra", "Deepa", "Esha", "Falgun")]
    agencies = listed(*names)
    for name in names:
        assert meant(agencies, name) == name
