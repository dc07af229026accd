"""The help desks, for the operator: listed by ``advisor doctor``, and required to be readable by ``advisor run``."""

from __future__ import annotations

from actions.desks import BrokenDesks, Desk, Desks
from bot.cli.failure import Failure

NONE = "none: people who ask for a person get numbers to call (docs/run-a-hotline.md)"


def refuse_broken_desks() -> None:
    """Raises Failure, in one line, where the settings of the desks cannot be used."""
    try:
        Desks.load()
    except BrokenDesks as broken:
        more = f" (and {len(broken.faults) - 1} more: `advisor doctor`)" if len(broken.faults) > 1 else ""
        raise Failure(f"{broken.faults[0]}{more}") from None


def listed() -> str:
    """Each desk in a few words, without its group. Raises BrokenDesks with a line for each fault."""
    return "; ".join(_in_short(desk) for desk in Desks.load().all) or NONE


def _in_short(desk: Desk) -> str:
    languages = " ".join(desk.languages) or "any language"
    hours = f"hours of {desk.time.key}" if desk.hours else "always there"
    return f"{desk.key} ({desk.name}: {' '.join(desk.pairs)}, {languages}, {hours})"
