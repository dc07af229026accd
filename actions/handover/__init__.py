"""Handing a conversation to a person: what a desk would see, shown first, and sent only after a "yes" to it."""
