"""Figures without transcripts: what is counted of answers and of closed cases, and the monthly report of it."""

from bot.figures.cases import CaseFigures, note_case, note_helped
from bot.figures.noting import Noting

__all__ = ["CaseFigures", "Noting", "note_case", "note_helped"]
