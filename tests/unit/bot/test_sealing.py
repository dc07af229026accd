"""What is kept can be opened by nobody without the secret, and by us also after the secret was changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import CannotOpen, Seal

SECRET, OTHER = b"the secret of today, long enough" * 2, b"the secret of yesterday, long too" * 2
SEAL = Seal(SECRET)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_sealed_opens_and_shows_nothing(content: bytes, place: str) -> None:
    sealed = SEAL.close(content, place)
    assert SEAL.open(sealed, place) == content
    assert len(content) < 4 or content not in sealed


def test_the_same_content_never_looks_the_same() -> None:
    assert len({SEAL.close(b"help", "inbox 1") for _ in range(100)}) == 100


def test_it_opens_only_where_it_belongs() -> None:
    with pytest.raises(CannotOpen):
        SEAL.open(SEAL.close(b"help", "inbox 1"), "inbox 2")


@pytest.mark.parametrize("position", [0, 3, 4, 15, 16, -1])
def test_one_changed_bit_is_noticed(position: int) -> None:
    sealed = bytearray(SEAL.close(b"help", "here"))
    sealed[position] ^= 1
    with pytest.raises(CannotOpen):
        SEAL.open(bytes(sealed), "here")


@pytest.mark.parametrize("junk", [b"", b"x", b"x" * 16, b"x" * 40])
def test_what_was_never_sealed_does_not_open(junk: bytes) -> None:
    with pytest.raises(CannotOpen):
        SEAL.open(junk, "here")
    with pytest.raises(CannotOpen):
        SEAL.open(SEAL.key_ids[0] + junk, "here")


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(CannotOpen, match="ADVISOR_SECRET_OLD"):
        Seal(OTHER).open(SEAL.close(b"help", "here"), "here")


def test_the_old_secret_opens_and_the_new_one_seals() -> None:
    before = Seal(OTHER)
    both = Seal(SECRET, OTHER)
    sealed = before.close(b"help", "here")
    assert both.open(sealed, "here") == b"help"
    assert not sealed.startswith(both.key_ids[0])
    assert SEAL.open(both.close(b"help", "here"), "here") == b"help"


def test_the_name_of_a_chat_is_stable_and_tells_nothing() -> None:
    assert SEAL.chat(7100000001) == Seal(SECRET, OTHER).chat(7100000001)
    assert (
        len({SEAL.chat(7100000001), SEAL.chat(7100000002), SEAL.chat(-7100000001), Seal(OTHER).chat(7100000001)}) == 4
    )
    assert len(SEAL.chat(1)) == 32
    assert "7100000001" not in SEAL.chat(7100000001)


def test_neither_key_is_the_secret_nor_shown() -> None:
    assert SECRET[:8].decode() not in repr(SEAL)
    assert SEAL.key_ids[0] not in SECRET
