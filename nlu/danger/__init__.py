"""Danger in what people say: how sure we are, and of what kind."""
