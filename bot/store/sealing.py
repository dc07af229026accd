"""Encryption of what is kept, and names for chats that name nobody.

Both keys are derived from the installation's secret. A sealed value begins with the id of its key, so that what was
sealed before the secret was changed can still be opened with the old one (docs/run-a-hotline.md).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Optional

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_ID = 4
NONCE = 12
_KEY = 32


class CannotOpen(Exception):
    """Sealed with a secret we do not have, moved to another place, or damaged."""


class Seal:
    """``old``: the secret before, as long as something sealed with it may be left."""

    def __init__(self, secret: bytes, old: Optional[bytes] = None) -> None:
        self._present = _Keys(secret)
        self._old = _Keys(old) if old and old != secret else None  # else all would be old, and be begun anew

    def __repr__(self) -> str:
        return "Seal(…)"

    def close(self, content: bytes, place: str) -> bytes:
        """``place`` says where the value belongs; it opens nowhere else."""
        keys = self._present
        nonce = os.urandom(NONCE)
        return keys.id + nonce + keys.cipher.encrypt(nonce, content, place.encode("utf-8"))

    def open(self, sealed: bytes, place: str) -> bytes:
        """Raises CannotOpen."""
        sealed = bytes(sealed)  # PostgreSQL's driver hands out memoryviews
        keys = self._keys_of(sealed)
        try:
            return keys.cipher.decrypt(sealed[KEY_ID : KEY_ID + NONCE], sealed[KEY_ID + NONCE :], place.encode("utf-8"))
        except (InvalidTag, ValueError):
            raise CannotOpen("damaged, or moved from another place") from None

    @property
    def key_ids(self) -> tuple[bytes, ...]:
        """Of all keys that open something, the present one first."""
        return (self._present.id,) if self._old is None else (self._present.id, self._old.id)

    def chat(self, chat_id: int) -> str:
        """32 hex digits: the same for the same chat, and no way back without the secret."""
        return self._present.name_of(chat_id)

    def staff(self, user_id: int) -> str:
        """The same for somebody who helps at a desk: not the name of the chat they may have with the bot themselves."""
        return self._present.name_of(f"staff {user_id}")

    def digest(self, content: bytes) -> str:
        """32 hex digits: the same for the same content, so that it is known again; no way back without the secret."""
        return self._present.digest_of(content)

    def _keys_of(self, sealed: bytes) -> _Keys:
        for keys in (self._present, self._old):
            if keys is not None and sealed[:KEY_ID] == keys.id:
                return keys
        raise CannotOpen("sealed with a secret that is neither ADVISOR_SECRET nor ADVISOR_SECRET_OLD")


class _Keys:
    def __init__(self, secret: bytes) -> None:
        self.cipher = AESGCM(_derived(secret, b"advisor: sealing, 1"))
        self.id = _derived(secret, b"advisor: id of the sealing key, 1")[:KEY_ID]
        self._naming = _derived(secret, b"advisor: names of chats, 1")
        self._digesting = _derived(secret, b"advisor: digests, 1")

    def name_of(self, chat_id: int | str) -> str:
        return hmac.new(self._naming, str(chat_id).encode(), hashlib.sha256).hexdigest()[:32]

    def digest_of(self, content: bytes) -> str:
        return hmac.new(self._digesting, content, hashlib.sha256).hexdigest()[:32]


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=None, info=purpose).derive(secret)
