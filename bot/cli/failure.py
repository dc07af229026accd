"""A failure that the person at the command line can mend."""

from __future__ import annotations

FAILED, MISUSED = 1, 2


class Failure(Exception):
    """The message is one line. ``status``: 1 for a run that failed, 2 for a command that was not understood."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(" ".join(message.split()))
        self.status = status
