"""Countries, sums of money and occupations found in what people write. Plain Python, no Rasa."""
