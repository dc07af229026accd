"""A desk of people: cases handed to staff in a Telegram group with topics, and taken back (docs/decisions/0010)."""
