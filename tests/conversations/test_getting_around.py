"""Onboarding, menus, profile, privacy, and never a dead end."""

from __future__ import annotations

import pytest

from translations.languages import LANGUAGES, spoken


async def test_start_leads_through_language_and_countries_by_buttons(talk) -> None:
    await talk.press('/greet{"step":"start"}')
    assert set(talk.titles) >= {LANGUAGES[code].self_name for code in spoken()}
    await talk.press_titled("नेपाली")
    assert talk.trace["reply_language"] == "ne"
    assert '/change_profile{"origin":"NP"}' in talk.payloads
    await talk.press('/change_profile{"origin":"NP"}')
    assert '/change_profile{"destination":"QA"}' in talk.payloads
    await talk.press('/change_profile{"destination":"QA"}')
    assert "/ask_fees" in talk.payloads


async def test_the_language_of_the_phone_stands_first_in_the_choice(talk) -> None:
    talk.locale = "km-KH"
    await talk.press("/choose_language")
    assert talk.titles[0] == LANGUAGES["km"].self_name
    assert set(talk.titles) >= {LANGUAGES[code].self_name for code in spoken()}


async def test_any_step_may_be_skipped(talk) -> None:
    await talk.press('/choose_language{"language":"en"}')
    await talk.press('/change_profile{"step":"skip_origin"}')
    assert '/change_profile{"destination":"QA"}' in talk.payloads
    await talk.press('/change_profile{"step":"skip_destination"}')
    assert "/ask_fees" in talk.payloads


async def test_or_the_person_just_asks(talk) -> None:
    await talk.press('/greet{"step":"start"}')
    await talk.say("How much may an agency take from a Nepali for Malaysia?")
    assert "NPR 10,000" in talk.text


async def test_the_menu_turns_its_pages_round(talk) -> None:
    seen: set[str] = set()
    await talk.press("/show_menu")
    for _ in range(4):
        seen |= {payload for payload in talk.payloads if payload.startswith(("/ask_", "/report_"))}
        await talk.press(next(payload for payload in talk.payloads if payload.startswith("/show_menu{")))
    assert len(seen) == 32


async def test_the_phone_s_language_is_used_until_another_is_chosen(talk) -> None:
    talk.locale = "ne-NP"
    await talk.press("/show_menu")
    assert talk.trace["reply_language"] == "ne"


async def test_a_chosen_language_sticks_and_a_switch_is_offered(talk) -> None:
    await talk.press('/choose_language{"language":"en"}')
    await talk.say("मेरो राहदानी मालिकले राख्न पाउँछ?")
    assert talk.trace["reply_language"] == "en"
    assert '/choose_language{"language":"ne"}' in talk.payloads


async def test_not_understood_once_offers_topics_twice_a_person_and_the_menu(talk) -> None:
    await talk.say("🙏🙏")
    assert talk.trace["intent"] == "nlu_fallback"
    assert {"/talk_to_human", "/show_menu"} <= set(talk.payloads)
    await talk.say("🤷")
    assert "/ask_fees" in talk.payloads
    assert "112" not in talk.text, "help for advice is no emergency"


async def test_out_of_scope_says_what_we_can_do(talk) -> None:
    await talk.say("who will win the football match tonight")
    assert talk.trace["intent"] == "out_of_scope"
    assert "/ask_fees" in talk.payloads


@pytest.mark.parametrize("step", ["about", "help", "privacy"])
async def test_about_help_and_privacy(talk, step: str) -> None:
    await talk.press(f'/ask_bot{{"step":"{step}"}}')
    assert "/show_menu" in talk.payloads


async def test_people_are_told_it_is_a_machine_and_what_telegram_does_not_hide(talk) -> None:
    await talk.press('/ask_bot{"step":"privacy"}')
    assert "not end-to-end encrypted" in talk.text
    assert "/delete" in talk.text


async def test_delete_asks_once_and_then_knows_nothing(talk) -> None:
    await talk.press('/choose_language{"language":"ne"}')
    await talk.press('/change_profile{"origin":"NP"}')
    await talk.press("/delete_my_data")
    await talk.press('/delete_my_data{"step":"confirm"}')
    assert await talk.dialogue._agent.tracker_store.retrieve(talk.sender) is None
    await talk.press("/change_profile")
    assert "not told yet → not told yet" in talk.text


async def test_delete_can_be_declined(talk) -> None:
    await talk.press('/change_profile{"origin":"NP"}')
    await talk.press("/delete_my_data")
    await talk.press("/deny")
    await talk.press("/change_profile")
    assert "Nepal" in talk.text


async def test_quick_exit_leaves_one_innocent_line(talk) -> None:
    await talk.press('/change_profile{"origin":"NP"}')
    await talk.press("/quick_exit")
    (only,) = talk.replies
    assert only.text == "OK."
    assert await talk.dialogue._agent.tracker_store.retrieve(talk.sender) is None


async def test_between_turns_no_sentence_is_kept(talk) -> None:
    await talk.say("my name is Maya Marker and my passport is with the boss in Doha")
    tracker = await talk.dialogue._agent.tracker_store.retrieve(talk.sender)
    kept = " ".join(str(event.as_dict()) for event in tracker.events)
    assert "Maya" not in kept
    assert "passport is with" not in kept
    assert tracker.get_slot("destination") == "QA"


async def test_a_region_is_asked_about_and_never_guessed(talk) -> None:
    await talk.press('/choose_language{"language":"en"}')
    await talk.say("can my boss keep my passport in the gulf?")
    offered = [payload for payload in talk.payloads if '"destination":' in payload]
    assert offered
    assert all(any(code in payload for code in ("SA", "AE", "QA", "KW", "BH", "OM")) for payload in offered)
