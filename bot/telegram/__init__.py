"""The Telegram gateway: private chats in, turns to the dialogue, replies out. Nothing that came in is lost."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot: pauses as timedelta, as its next version has them

from bot.telegram.application import GatewayError, build_application
from bot.telegram.logs import quiet_libraries
from bot.telegram.serving import running, serve

__all__ = ["GatewayError", "build_application", "quiet_libraries", "running", "serve"]
