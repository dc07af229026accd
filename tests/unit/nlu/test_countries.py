"""Countries in what people write, and whether they come from there or the job is there.

Expectations read "from NP to QA"; a country without a role stands alone ("IL"), a region is "to REGION:gulf".
"""

from __future__ import annotations

import unicodedata

import pytest
import yaml

from nlu.extraction.countries import CountryFinder
from nlu.extraction.folding import fold_phrase
from nlu.extraction.gazetteer import LOOKUPS
from tests.unit.nlu.said_of_countries import NO_COUNTRY, SAID_IN

FINDER = CountryFinder()


def described(text: str) -> str:
    """``described("Nepal bata Qatar")`` → "from NP to QA"."""
    words = {"origin": "from ", "destination": "to ", None: ""}
    return " ".join(words[mention.role] + mention.value for mention in FINDER.find(text))


@pytest.mark.parametrize(("text", "expected"), [case for cases in SAID_IN.values() for case in cases])
def test_countries_and_roles(text: str, expected: str) -> None:
    assert described(text) == expected


@pytest.mark.parametrize("text", NO_COUNTRY)
def test_words_that_only_look_like_countries(text: str) -> None:
    assert described(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nepal → Qatar", "from NP to QA"),
        ("Qatar-Nepal", "to QA from NP"),
        ("Malaysia to Singapore", "from MY to SG"),
        ("Malaysia - Singapore", "from MY to SG"),
        ("How do I send money from Qatar to Nepal?", "to QA from NP"),
        ("I am from Malaysia working in Singapore", "from MY to SG"),
        ("Myanmar, Thailand", "from MM to TH"),
    ],
)
def test_two_countries_tell_each_other_s_role(text: str, expected: str) -> None:
    assert described(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thailand", "TH"),
        ("इजरायल", "IL"),
        ("ประเทศไทย", "TH"),
        ("Is Israel safe?", "IL"),
        ("Nepal", "from NP"),
        ("कतार", "to QA"),
    ],
)
def test_a_country_alone_has_only_the_role_it_can_have(text: str, expected: str) -> None:
    assert described(text) == expected


def test_a_boss_from_where_others_come_from_gives_no_role() -> None:
    assert described("My Indian boss in Doha shouts at me") == "IN to QA"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("malasyia", "to MY"),
        ("singapoer", "to SG"),
        ("banglaesh", "from BD"),
        ("quatar", "to QA"),
        ("thailnd", "TH"),
        ("katar", "to QA"),
    ],
)
def test_a_name_with_a_letter_wrong(text: str, expected: str) -> None:
    assert described(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan", "to JO"),
        ("going to Jordan", "to JO"),
        ("Jordan or Lebanon?", "to JO to LB"),
        ("work in Turkey", "to TR"),
    ],
)
def test_a_name_that_is_also_a_word_counts_with_a_cue_or_alone(text: str, expected: str) -> None:
    assert described(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UK visa?", "to GB"),
        ("fees for HK", "to HK"),
        ("PH embassy", "from PH"),
        ("in usa", "to US"),
        ("U.A.E.", "to AE"),
    ],
)
def test_codes_count_in_capitals(text: str, expected: str) -> None:
    assert described(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "QATAR",
        "\u200bQatar",
        "Qa\u200btar",
        "South  Korea",
        "south-korea",
        "southkorea",
        "ශ්‍රී ලංකාව",
        "ශ්රී ලංකාව",
        "क़तर",
        "कतर",
        "ກຳປູເຈຍ",
        "ກໍາປູເຈຍ",
    ],
)
def test_spacing_case_and_invisible_characters_do_not_matter(text: str) -> None:
    assert [mention.value for mention in FINDER.find(text)] in (["QA"], ["KR"], ["LK"], ["KH"])


@pytest.mark.parametrize("text", ["đi Hàn Quốc", "মালয়েশিয়া যাব", "ខ្ញុំចង់ទៅកូរ៉េ", "කොරියාව"])
def test_decomposed_text_reads_the_same(text: str) -> None:
    assert described(unicodedata.normalize("NFD", text)) == described(text) != ""


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("I go to Qatar", "Qatar", "name"),
        ("म कतार जान्छु", "कतार", "name"),
        ("कतारमा", "कतार", "name"),
        ("I am Nepali", "Nepali", "nationality"),
        ("saya orang Indonesia", "Indonesia", "nationality"),
        ("ผมเป็นคนไทย", "ไทย", "nationality"),
        ("job in abu dhabi!", "abu dhabi", "city"),
        ("ຢາກໄປໄທ", "ໄທ", "name"),
        ("gulf country visa", "gulf country", "region"),
    ],
)
def test_a_mention_says_where_it_stands_and_what_it_is(text: str, said: str, kind: str) -> None:
    (mention,) = FINDER.find(text)
    assert text[mention.start : mention.end] == said
    assert mention.kind == kind


def test_the_longest_name_wins() -> None:
    assert described("arab saudi") == described("saudi arab") == described("সৌদি আরব") == "to SA"
    assert described("North Korea") == "KP"


def test_a_long_text_is_read_to_its_end() -> None:
    assert described("word " * 1500 + "Qatar") == "to QA"


def test_every_phrase_of_the_lookup_stands_for_one_country_in_one_way() -> None:
    content = yaml.safe_load((LOOKUPS / "countries.yml").read_text("utf-8"))
    groups = [*content["regions"].items()]
    for iso, kinds in content["countries"].items():
        groups += [(iso, phrases) for kind, phrases in kinds.items() if kind != "codes"]
    claims = [(fold_phrase(phrase).rstrip("~="), iso, phrase) for iso, phrases in groups for phrase in phrases]
    first = {key: (iso, phrase) for key, iso, phrase in reversed(claims)}
    assert [(*first[key], iso, phrase) for key, iso, phrase in claims if first[key] != (iso, phrase)] == []


def test_two_letter_codes_that_are_words_are_left_out() -> None:
    content = yaml.safe_load((LOOKUPS / "countries.yml").read_text("utf-8"))
    codes = {code for groups in content["countries"].values() for code in groups.get("codes", ())}
    assert not codes & {"IN", "ID", "MY", "US", "LA", "NO", "TO"}
