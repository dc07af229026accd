"""From the file of the desks to desks, or to all that is wrong with it, by line and field."""

from __future__ import annotations

import difflib
import re
from typing import Any, Dict, Iterator, List, Mapping, Sequence

from pydantic import ValidationError

from actions.desks.desk import Desk
from actions.desks.file import BrokenDesks, Step, Written
from actions.desks.hours import DAYS

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")


def desks_of(written: Written) -> List[Desk]:
    """In the order of the file. Raises BrokenDesks."""
    faults = [
        written.fault([name], "is not known here; the desks stand under desks:", named=[name])
        for name in written.data
        if name != "desks"
    ]
    rows = written.data.get("desks")
    if not isinstance(rows, dict) or not rows:
        raise BrokenDesks([*faults, written.fault(["desks"], "must hold at least one desk", named=["desks"])])
    good: List[Desk] = []
    for key, row in rows.items():
        try:
            good.append(_desk(key, row))
        except _BadKey as bad:
            faults.append(written.fault(["desks", key], str(bad), named=[key]))
        except ValidationError as error:
            faults.extend(_told(written, key, fault) for fault in error.errors())
    faults.extend(_contradictions(written, good, [str(key) for key in rows]))
    if faults:
        raise BrokenDesks(faults)
    return good


class _BadKey(ValueError):
    """A desk whose name in the file, or whose whole entry, cannot be used."""


def _desk(key: Any, row: Any) -> Desk:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise _BadKey("must be a short word of small letters, digits, - and _ (it names the desk in commands)")
    if not isinstance(row, dict):
        raise _BadKey("must hold at least name and chat")
    if "key" in row:
        raise _BadKey("needs no key of its own: the word before it is its key")
    settings = {str(name): value for name, value in row.items() if value is not None}  # "pairs:" and nothing is not set
    return Desk(**{**settings, "key": key})


def _told(written: Written, key: str, fault: Mapping[str, Any]) -> str:
    place: List[Step] = list(fault["loc"])
    named = [step for step in place if not isinstance(step, int)]
    return written.fault(["desks", key, *place], _reason(fault, str(named[-1]) if named else ""), named=named)


def _reason(fault: Mapping[str, Any], field: str) -> str:
    kind = fault["type"]
    if kind == "value_error.missing":
        return "is missing"
    if kind == "value_error.extra":
        likely = difflib.get_close_matches(field, [*Desk.__fields__, *DAYS], 1)
        return "is not a setting of a desk" + (f"; is {likely[0]} meant?" if likely else "")
    if kind == "type_error.str" and field in ("country", "pairs", "languages"):
        return 'must be in quotes, such as "NO"'
    if kind == "type_error.integer":
        return "must be a whole number"
    if kind == "type_error.dict":
        return "must name weekdays, such as mon: 09:00-17:00"
    return str(fault["msg"]).replace("ensure this value is ", "must be ")


def _contradictions(written: Written, desks: Sequence[Desk], keys: Sequence[str]) -> Iterator[str]:
    """What each desk alone cannot show: two in one group, or cases passed on to nobody."""
    groups: Dict[int, str] = {}
    for desk in desks:
        if desk.chat in groups:
            reason = f"is the group of {groups[desk.chat]} already; a desk needs one of its own"
            yield written.fault(["desks", desk.key, "chat"], reason, named=["chat"])
        groups.setdefault(desk.chat, desk.key)
        for place, other in enumerate(desk.may_receive):
            if other not in keys or other == desk.key:
                reason = "is this desk itself" if other == desk.key else f"there is no desk {other!r}"
                yield written.fault(["desks", desk.key, "may_receive", place], reason, named=["may_receive"])
