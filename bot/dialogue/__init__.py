"""The one door between a gateway and the advisor: a turn goes in, replies come out."""

from bot.dialogue.port import Button, Dialogue, DialogueUnavailable, Reply, Turn

__all__ = ["Button", "Dialogue", "DialogueUnavailable", "Reply", "Turn"]
