"""Deep links: what a poster's link says is what the bot reads."""

from __future__ import annotations

import itertools

import pytest

from bot.telegram.commands import COMMANDS, NAMED_BY
from bot.telegram.links import TOPICS, Link, read_link

SIDES = ("origin", "destination")


@pytest.mark.parametrize(
    ("word", "profile", "topic"),
    [
        ("NP-QA-ne", {"origin": "NP", "destination": "QA", "language": "ne"}, None),
        ("NP-QA", {"origin": "NP", "destination": "QA"}, None),
        ("NP-ne", {"origin": "NP", "language": "ne"}, None),
        ("NP", {"origin": "NP"}, None),
        ("-QA", {"destination": "QA"}, None),
        ("-QA-ne", {"destination": "QA", "language": "ne"}, None),
        ("ne", {"language": "ne"}, None),
        ("tl", {"language": "fil"}, None),
        ("ID-MY-id", {"origin": "ID", "destination": "MY", "language": "id"}, None),
        ("fees", {}, "fees"),
        ("NP-QA-ne_fees", {"origin": "NP", "destination": "QA", "language": "ne"}, "fees"),
        ("fil_selfcheck", {"language": "fil"}, "selfcheck"),
    ],
)
def test_read(word: str, profile: dict[str, str], topic: str | None) -> None:
    assert read_link(word) == Link(profile, topic)


@pytest.mark.parametrize(
    "word",
    ["", "poster7", "NP-QA-xx", "NP-QA-KW", "XX", "np-qa", "NP-", "-", "_", "_fees_", "NP_", "NP_QA", "NP_fees_fees",
     "ne-NP", "exit", "NP_exit", "start", "x" * 64, "NP--ne", "--ne"],
)  # fmt: skip
def test_unknown_words_are_none(word: str) -> None:
    assert read_link(word) is None


def test_every_link_we_make_is_read_as_it_was_meant() -> None:
    languages, topics = (None, "ne", "fil"), (None, *TOPICS)
    for origin, destination, language, topic in itertools.product((None, "NP"), (None, "QA"), languages, topics):
        chosen = {"origin": origin, "destination": destination, "language": language}
        link = Link({name: value for name, value in chosen.items() if value}, topic)
        assert len(link.word) <= 64, "Telegram passes on no more"
        assert (read_link(link.word) if link.word else link) == link


def test_a_link_never_leaves_for_somebody() -> None:
    assert "exit" not in TOPICS
    assert {Link(topic=topic).payload for topic in TOPICS} == {COMMANDS[topic] for topic in TOPICS}


def test_every_command_has_a_title() -> None:
    assert set(NAMED_BY) == set(COMMANDS)
