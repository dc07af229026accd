"""Danger in what a person writes to the desk: found without Rasa, with the same detector."""

from __future__ import annotations

import logging
import threading

from bot.training import INTENTS
from nlu.danger.detector import DangerDetector
from nlu.danger.levels import NO_DANGER, Danger

log = logging.getLogger(__name__)


class Detecting:
    """Loaded once (``danger_in`` of anything does), in a second or two of computing."""

    def __init__(self) -> None:
        self._detector: DangerDetector | None = None
        self._one_at_a_time = threading.Lock()  # side by side they only take the cores from each other

    def danger_in(self, message: str) -> Danger:
        """Takes milliseconds of computing: call it beside the event loop."""
        if not message.strip():
            return NO_DANGER
        try:
            with self._one_at_a_time:
                self._detector = self._detector or DangerDetector.load(INTENTS)
                return self._detector.danger_in(message)
        except Exception as error:  # the message must reach the desk, whatever happens here
            log.error("danger cannot be looked for: %s", type(error).__name__)
            return NO_DANGER
