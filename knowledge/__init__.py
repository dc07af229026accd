"""What we know: facts about the law, fees and help of each country, with source and date.

Imports nothing else of ours. Everything here is data or a question put to data.
"""
