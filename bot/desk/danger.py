"""Danger in what a person writes to the desk: found without Rasa, with the same detector."""

from __future__ import annotations

import logging
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from nlu.danger.levels import NO_DANGER, Danger

if TYPE_CHECKING:
    from nlu.danger.detector import DangerDetector

log = logging.getLogger(__name__)


MOST_WAITING = 2
"""Messages that the whole detector, which takes a core, has in hands or in line; of further ones the wordings judge.
Else the looks at who waits, of whom there are most when there is least time, would be what keeps them waiting."""


class Detecting:
    """By wordings alone until ``load`` was called: no message waits for the model, which takes seconds to read."""

    def __init__(self) -> None:
        self._whole: DangerDetector | None = None
        self._room = threading.BoundedSemaphore(MOST_WAITING)
        self._one_at_a_time = threading.Lock()  # side by side they would only take the cores from each other

    def load(self) -> DangerDetector:
        """Read once. Takes seconds: call it beside the event loop."""
        from bot.training import INTENTS  # takes half a second, which people waiting after a restart would wait too
        from nlu.danger.detector import DangerDetector

        with self._one_at_a_time:
            if self._whole is None:
                found = DangerDetector.load(INTENTS)
                if not found.is_whole:  # a first training may be under way: it is looked for again
                    return found
                self._whole = found
            return self._whole

    def danger_in(self, message: str) -> Danger:
        """Takes milliseconds of computing: call it beside the event loop."""
        if not message.strip():
            return NO_DANGER
        try:
            if self._whole is None or not self._room.acquire(blocking=False):
                return self._by_words.danger_in(message)
            try:
                with self._one_at_a_time:
                    return self._whole.danger_in(message)
            finally:
                self._room.release()
        except Exception as error:  # the message must reach the desk, whatever happens here
            log.error("danger cannot be looked for: %s", type(error).__name__)
            return NO_DANGER

    @cached_property
    def _by_words(self) -> DangerDetector:
        from nlu.danger.detector import DangerDetector

        return DangerDetector()
