"""Danger wins, and the right numbers come at once."""

from __future__ import annotations

import pytest

NEPAL_QATAR = {"language": "en", "origin": "NP", "destination": "QA"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("they locked me in the house and took my phone", "confinement"),
        ("my sister is beaten by madam every day please help", "violence"),
        ("मलाई कोठामा थुनेर राखेको छ", "confinement"),
        ("malai kotha ma thunera rakheko cha", "confinement"),
        ("I want to die, I cannot go on", "self_harm"),
        ("they sold me to scam company and I must cheat people online", "forced_work"),
    ],
)
async def test_danger_is_answered_at_once_with_the_numbers_of_both_countries(talk, words: str, kind: str) -> None:
    talk.profile = NEPAL_QATAR
    await talk.say(words)
    assert talk.trace["danger"] == {"level": "certain", "kind": kind}
    assert "999" in talk.replies[0].text
    assert {"/talk_to_human", "/not_in_danger", "/quick_exit"} <= set(talk.payloads)


async def test_self_harm_gets_no_labour_office_and_no_other_country_s_line(talk) -> None:
    talk.profile = NEPAL_QATAR
    await talk.say("I want to die, I cannot go on")
    assert "16008" not in talk.text
    assert "5970008" not in talk.text


async def test_without_a_country_there_is_still_a_number(talk) -> None:
    await talk.say("they locked me in the house and took my phone")
    assert "112" in talk.text
    assert any('"destination":' in payload for payload in talk.payloads)


async def test_where_no_emergency_number_is_known_the_one_for_all_is_given(talk) -> None:
    talk.profile = {"language": "en", "destination": "MY"}
    await talk.say("they locked me in the house and took my phone")
    assert "112" in talk.text
    assert "03-8000 8000" in talk.text


async def test_possible_danger_is_asked_about_once_and_gently_with_the_number(talk) -> None:
    talk.profile = NEPAL_QATAR
    await talk.press("/show_menu")
    await talk.press('/danger_violence{"step":"yes"}')
    assert talk.trace["danger"]["level"] == "certain"


async def test_i_am_safe_puts_it_right(talk) -> None:
    talk.profile = NEPAL_QATAR
    await talk.say("they locked me in the house and took my phone")
    await talk.press("/not_in_danger")
    assert talk.trace["danger"] == {"level": "none", "kind": None}
    assert "/show_menu" in talk.payloads


async def test_danger_in_the_middle_of_another_question_wins(talk) -> None:
    talk.profile = NEPAL_QATAR
    await talk.press("/delete_my_data")
    await talk.say("he is hitting me right now help")
    assert talk.trace["danger"]["level"] == "certain"


async def test_a_person_is_offered_with_numbers_of_the_pair(talk) -> None:
    talk.profile = NEPAL_QATAR
    await talk.say("I want to talk to a real person")
    assert talk.trace["intent"] == "talk_to_human"
    assert "16008" in talk.text
    assert "+977-1-5970008" in talk.text


async def test_a_general_question_is_no_danger(talk) -> None:
    talk.profile = NEPAL_QATAR
    await talk.say("is it dangerous to work in Kuwait?")
    assert talk.trace["danger"]["level"] != "certain"
