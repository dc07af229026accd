"""Paragraphs are packed whole, in order, as many as fit."""

from actions.composer import LONGEST_REPLY, pack


def test_short_paragraphs_share_a_message_and_long_ones_stand_alone() -> None:
    assert pack(["a", "b"]) == ["a\n\nb"]
    assert pack(["a" * 400, "b" * 300, "c"]) == ["a" * 400, "b" * 300 + "\n\nc"]
    assert pack(["x" * (LONGEST_REPLY + 1), "y"]) == ["x" * (LONGEST_REPLY + 1), "y"]


def test_nothing_gives_nothing() -> None:
    assert pack([]) == []
