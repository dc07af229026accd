"""What goes through the door: turns that cannot smuggle a payload, payloads that only our buttons could carry."""

from __future__ import annotations

import pytest

from bot.dialogue import Turn
from bot.dialogue.payload import BadPayload, check_payload, make_payload
from bot.dialogue.port import LONGEST_MESSAGE, NOTHING_WRITTEN
from bot.dialogue.replies import replies_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/restart", "restart"),
        (" \n//restart", "restart"),
        ("\u200b/ask_fees", "ask_fees"),
        ("\ufeff / x", "x"),
        ('/inform{"a":"b"}', 'inform{"a":"b"}'),
        ("1/2 of my wage", "1/2 of my wage"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("half \ud83d of a character", "half  of a character"),
        ("x" * 10_000, "x" * LONGEST_MESSAGE),
    ],
)
def test_free_text_never_reaches_rasa_as_a_payload(written: str, read: str) -> None:
    assert Turn("s", text=written).message == read


@pytest.mark.parametrize("nothing", ["", " ", "/", "///", "\x00\x01", "\u200b", "\n\n"])
def test_nothing_written_is_a_turn_of_its_own(nothing: str) -> None:
    assert Turn("s", text=nothing).message == NOTHING_WRITTEN


def test_a_turn_is_either_text_or_payload() -> None:
    with pytest.raises(ValueError, match="either"):
        Turn("s")
    with pytest.raises(ValueError, match="either"):
        Turn("s", text="a", payload="/greet")


@pytest.mark.parametrize("good", ["/greet", '/ask_fees{"step":"more"}', '/change_profile{"destination":"QA"}'])
def test_payloads_of_our_buttons_pass(good: str) -> None:
    check_payload(good)


@pytest.mark.parametrize(
    "forged",
    [
        "greet", "/nonsense", "/restart", "/greet{}x", "/greet{not json}", '/greet{"name":"Maya"}', '/greet{"step":5}',
        '/greet{"step":"a b"}', '/greet{"step":["x"]}', "/greet" + '{"step":"' + "x" * 60 + '"}', '/greet{"step":""}',
        "/greet\n", "/GREET", '/greet{"step":{"a":1}}', "",
    ],
)  # fmt: skip
def test_payloads_no_button_carries_are_refused(forged: str) -> None:
    with pytest.raises(BadPayload):
        check_payload(forged)


def test_payloads_are_made_within_64_bytes() -> None:
    assert make_payload("ask_fees", step="more") == '/ask_fees{"step":"more"}'
    with pytest.raises(BadPayload):
        make_payload("report_contract_changed", step="x" * 40)


def test_only_our_own_messages_become_replies() -> None:
    trace = {"intent": "greet"}
    messages = [
        {"custom": {"text": "hello", "buttons": [{"title": "Menu", "payload": "/show_menu"}], "trace": trace}},
        {"text": "something Rasa says by itself"},
        {"custom": {"other": 1}},
    ]
    (reply,) = replies_of(messages)
    assert (reply.text, reply.buttons[0].payload, reply.custom) == ("hello", "/show_menu", {"trace": trace})


def test_that_all_is_to_be_forgotten_reaches_the_gateway() -> None:
    [kept, forgotten] = replies_of([{"custom": {"text": "a"}}, {"custom": {"text": "b", "forget": True}}])
    assert not kept.custom.get("forget")
    assert forgotten.custom["forget"]


def test_an_order_to_a_desk_travels_with_its_reply() -> None:
    order = {"do": "open", "desk": "a", "case": {"origin": "NP"}}
    [plain, ordered] = replies_of({"custom": {"text": "t", **more}} for more in ({}, {"desk": order}))
    assert "desk" not in plain.custom
    assert ordered.custom["desk"] == order
    assert replies_of([{"custom": {"text": "t", "desk": "a"}}])[0].custom == {}


@pytest.mark.parametrize("connects", [True, False])
def test_whether_people_are_behind_the_gateway_is_told_along(connects: bool) -> None:
    assert Turn("s", text="a", connects=connects).metadata["connects"] is connects
    assert Turn("s", text="a").metadata["connects"] is False
