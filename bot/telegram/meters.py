"""What the operator may measure: counts and times, of nobody in particular (Prometheus)."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 15, 30, 60, 300)


class Meters:
    """One registry for each gateway."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.taken_in = self._counter("advisor_updates", "Updates taken in for the first time")
        self.repeated = self._counter("advisor_updates_repeated", "Updates that Telegram delivered again")
        self.unreadable = self._counter("advisor_updates_unreadable", "Updates that could not be read")
        self.answered = self._counter("advisor_answers", "Updates answered")
        self.retried = self._counter("advisor_answers_retried", "Attempts at an answer that failed")
        self.parked = self._counter("advisor_updates_parked", "Updates given up for now, the person told")
        self.stood_in = self._counter("advisor_stand_ins", "People told that the answer comes later")
        self.delivered = self._counter("advisor_messages_delivered", "Messages that Telegram has taken")
        self.postponed = self._counter("advisor_messages_postponed", "Messages to be sent again after an error")
        self.refused = self._counter("advisor_messages_refused", "Messages that Telegram refused for good")
        self.blocked = self._counter("advisor_chats_blocked", "Times a person was found to have blocked the bot")
        self.turn = Histogram(
            "advisor_turn_seconds", "From taking up an update to its answer", buckets=_SECONDS, registry=self.registry
        )
        self.first_reply = Histogram(
            "advisor_first_reply_seconds",
            "From taking in an update to the first message delivered",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_line = Gauge("advisor_updates_waiting", "Updates taken in and not answered", registry=self.registry)
        self.on_way = Gauge("advisor_chats_being_answered", "Chats with messages to deliver", registry=self.registry)

    def _counter(self, name: str, meaning: str) -> Counter:
        return Counter(name, meaning, registry=self.registry)

    def shown(self) -> bytes:
        return generate_latest(self.registry)
