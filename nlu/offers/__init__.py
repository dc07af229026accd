"""Signs of cheating in the text of a job offer, in any of our languages; works without Rasa (docs/decisions/0008)."""
