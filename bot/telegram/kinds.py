"""What a message is that says nothing in words, and what the dialogue is told of it: the kind alone."""

from __future__ import annotations

import logging

from telegram import Location, Message

from bot.dialogue.payload import make_payload
from bot.telegram.places import countries_at

log = logging.getLogger(__name__)

CANNOT_READ = make_payload("show_menu", step="cannot_read")

_KINDS = {
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",  # before the document, which Telegram adds to each animation
    "photo": "picture",
    "live_photo": "picture",
    "document": "file",
    "contact": "contact",
    "sticker": "sticker",
    "dice": "sticker",
}
"""Field of a message → step of the menu that answers it (actions/talk/heard.py)."""


def payload_of_kind(message: Message) -> str:
    """For a message without text and caption. What it holds is not looked at, but for the country of a place."""
    place = message.location or (message.venue and message.venue.location)
    if place:
        countries = _countries_of(place)
        return make_payload("show_menu", step=f"place:{'-'.join(countries)}" if countries else "place")
    steps = [step for kind, step in _KINDS.items() if getattr(message, kind, None)]
    return make_payload("show_menu", step=steps[0]) if steps else CANNOT_READ


def _countries_of(place: Location) -> tuple[str, ...]:
    """Also where it cannot be looked up: then the person is asked which country they mean."""
    try:
        return countries_at(place.latitude, place.longitude)
    except Exception as error:  # a message is taken in whatever happens here
        log.error("a place cannot be looked up: %s", type(error).__name__)
        return ()


def is_contact(message: Message) -> bool:
    """Somebody else's number, which must not stay in the chat."""
    return message.contact is not None
