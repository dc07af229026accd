"""A broken fact file names file, fact and field, and nothing of it is skipped in silence."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml

from knowledge.loader import BrokenFacts, load_facts

GOOD = {
    "country": "NP",
    "role": "origin",
    "facts": [
        {
            "id": "np.fees.cap",
            "topic": "fees",
            "applies_to": {"destinations": ["QA"], "occupations": ["driver"]},
            "value": {
                "kind": "fee_cap",
                "cap": "fixed",
                "covers": "service_charge",
                "amount": 10000,
                "currency": "NPR",
            },
            "contacts": [{"purpose": "labour", "channel": "phone", "address": "+977-1-5970008"}],
            "summary": "An agency may ask at most NPR 10,000 as service charge.",
            "sources": [
                {"title": "Act", "publisher": "Law Commission", "url": "https://example.gov.np", "date": "2015-07-06"}
            ],
            "confidence": "high",
            "checked": "2026-11-21",
        }
    ],
}


def write(directory: Path, content: dict, name: str = "np_origin.yml") -> Path:
    (directory / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return directory


def changed(**fields: object) -> dict:
    content = copy.deepcopy(GOOD)
    content["facts"][0].update(fields)
    return content


def faults(directory: Path) -> list[str]:
    with pytest.raises(BrokenFacts) as broken:
        load_facts(directory)
    return broken.value.faults


def test_a_good_file_is_read_with_its_types(tmp_path: Path) -> None:
    (file,) = load_facts(write(tmp_path, GOOD))
    (fact,) = file.facts
    assert (fact.country, fact.role, fact.value.amount, fact.value.currency) == ("NP", "origin", 10000, "NPR")
    assert fact.checked.isoformat() == "2026-11-21"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"sources": []}, "-", "without a source"),
        ({"topic": "feees"}, "topic", "unexpected value"),
        ({"summry": "x"}, "summry", "extra fields"),
        ({"confidence": "sure"}, "confidence", "unexpected value"),
        ({"checked": "yesterday"}, "checked", "invalid date"),
        ({"applies_to": {"destinations": ["XX"]}}, "applies_to.destinations.0", "not an ISO 3166"),
        ({"applies_to": {"occupations": ["wizard"]}}, "applies_to.occupations", "wizard"),
        ({"value": {"kind": "fee_cap", "cap": "fixed", "covers": "total", "amount": 5}}, "value", "currency"),
        ({"value": {"kind": "guess"}}, "value", "kind must be one of"),
        ({"value": {"kind": "money", "what": "wage", "currency": "NPR"}}, "value", "amount"),
        ({"contacts": [{"purpose": "labour", "channel": "phone", "address": "call us"}]}, "contacts.0.address", "dial"),
        ({"status": "reviewed"}, "-", "who reviewed"),
        ({"conflicts_with": ["np.fees.other"]}, "conflicts_with", "np.fees.other"),
    ],
)
def test_a_broken_fact_names_file_fact_and_field(tmp_path: Path, fields: dict, field: str, reason: str) -> None:
    told = faults(write(tmp_path, changed(**fields)))
    assert any(fault.startswith(f"np_origin.yml: np.fees.cap: {field}") and reason in fault for fault in told), told


def test_a_fact_without_source_may_only_say_so_itself(tmp_path: Path) -> None:
    honest = changed(sources=[], confidence="low", note="from general knowledge, unverified")
    assert load_facts(write(tmp_path, honest))[0].facts[0].sources == ()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, changed(topic="x"))
    other = copy.deepcopy(GOOD) | {"country": "QA", "role": "destination"}
    other["facts"][0] |= {"id": "qa.fees.cap", "confidence": "x"}
    write(tmp_path, other, "qa_destination.yml")
    told = "\n".join(faults(tmp_path))
    assert "np_origin.yml: np.fees.cap: topic" in told
    assert "qa_destination.yml: qa.fees.cap: confidence" in told


def test_a_repeated_id_is_told(tmp_path: Path) -> None:
    twice = copy.deepcopy(GOOD)
    twice["facts"] = twice["facts"] * 2
    assert any("stands twice" in fault for fault in faults(write(tmp_path, twice)))


def test_a_repeated_key_is_told_instead_of_losing_the_first(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    path = tmp_path / "np_origin.yml"
    path.write_text(path.read_text().replace("role: origin", "role: origin\nrole: destination"))
    assert any("stands twice" in fault for fault in faults(tmp_path))


@pytest.mark.parametrize("text", ["facts: [", "- just\n- a list\n", "\xff\xfe"])
def test_what_is_no_fact_file_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "np_origin.yml").write_bytes(text.encode("latin-1"))
    assert faults(tmp_path)[0].startswith("np_origin.yml")


def test_a_file_under_the_wrong_name_is_told(tmp_path: Path) -> None:
    assert any("belong in np_origin.yml" in fault for fault in faults(write(tmp_path, GOOD, "in_origin.yml")))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "no fact files" in faults(tmp_path)[0]
