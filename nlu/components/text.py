"""What the components ask about a message before they read it."""

from __future__ import annotations

from rasa.shared.constants import INTENT_MESSAGE_PREFIX


def is_button_press(text: str) -> bool:
    """Payloads of our own buttons name their intent; there is nothing to understand in them."""
    return text.startswith(INTENT_MESSAGE_PREFIX)
