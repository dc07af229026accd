"""Text as the understanding reads it: one spelling, how it sounds, what its letters tell. Knows nothing of Rasa."""
