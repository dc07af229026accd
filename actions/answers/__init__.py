"""Answers made of facts."""
