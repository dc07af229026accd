"""The answer to a changed message says so first: the person may not expect one."""

from __future__ import annotations

from bot.dialogue.port import Reply
from translations.languages import language_of_locale
from translations.localizer import Localizer


def announced(replies: list[Reply], locale: str | None) -> list[Reply]:
    """In the language that the replies are in. Nothing is said before a farewell: it leaves nothing on the screen."""
    if not replies or any(reply.custom.get("forget") for reply in replies):
        return replies
    traces = [reply.custom["trace"] for reply in replies if reply.custom.get("trace")]
    spoken = traces[-1].get("reply_language") if traces else None
    speak = Localizer.of(spoken or language_of_locale(locale) or "en")
    return [Reply(speak.text("edited.answer")), *replies]
