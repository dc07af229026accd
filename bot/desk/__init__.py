"""A desk of people: cases handed to staff in a Telegram group with topics, and taken back (docs/decisions/0010)."""

import bot.telegram  # noqa: F401  (the gateway is put together from both: whoever imports one part first gets all)
