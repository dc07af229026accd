"""The help desks people can be connected to: one file that their organisations can edit (docs/desks.example.yml)."""

from actions.desks.desk import Desk
from actions.desks.file import BrokenDesks
from actions.desks.loading import Desks

__all__ = ["BrokenDesks", "Desk", "Desks"]
