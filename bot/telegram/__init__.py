"""The Telegram gateway: private chats in, turns to the dialogue, replies out."""

from bot.telegram.application import GatewayError, build_application, running, serve
from bot.telegram.logs import quiet_libraries

__all__ = ["GatewayError", "build_application", "quiet_libraries", "running", "serve"]
