"""Lists of recruitment agencies that an operator imports: one dated CSV file a country, kept in this installation."""

from __future__ import annotations

import csv
import datetime
import json
import logging
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterable, List, Optional

from knowledge.agencies import Agency, AgencyList, Status
from knowledge.schema import known_country

log = logging.getLogger(__name__)

COLUMNS = ("name", "licence_number", "status", "expiry", "address")
_STATUSES: Dict[str, Status] = {
    **dict.fromkeys(("valid", "active", "licensed", "renewed", "running", "good standing", "ok"), "valid"),
    **dict.fromkeys(("suspended", "on hold", "temporarily suspended", "preventive suspension"), "suspended"),
    **dict.fromkeys(("cancelled", "canceled", "revoked", "delisted", "closed", "dismissed", "terminated"), "cancelled"),
    **dict.fromkeys(("expired", "lapsed", "not renewed"), "expired"),
    **dict.fromkeys(("blacklisted", "black list", "black listed", "banned"), "blacklisted"),
}


class BrokenList(ValueError):
    """A list that cannot be used; one line that names the row and the column."""


def read_csv(path: Path) -> List[Agency]:
    """The rows of a CSV file with a head of at least ``name`` and ``licence_number``. Raises BrokenList, OSError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            head = [_column(column) for column in rows.fieldnames or ()]
            rows.fieldnames = head
            for column in COLUMNS[:2]:
                if column not in head:
                    raise BrokenList(f"{path.name}: there is no column {column!r}; wanted: {', '.join(COLUMNS)}")
            doubled = [column for column in COLUMNS if head.count(column) > 1]
            if doubled:
                raise BrokenList(f"{path.name}: the column {doubled[0]!r} stands there twice")
            found = [
                _agency(row, f"{path.name}, row {place}")
                for place, row in enumerate(rows, start=2)
                if any(row.values())
            ]
    except UnicodeDecodeError:
        raise BrokenList(f"{path.name}: not UTF-8 text") from None
    except csv.Error as error:
        raise BrokenList(f"{path.name}: {error}") from None
    if not found:
        raise BrokenList(f"{path.name}: no agency in it")
    return found


def _column(head: Optional[str]) -> str:
    """The name of a column as people write it: "License No." is ``licence_number``."""
    name = "_".join(re.sub("[._]", " ", (head or "").casefold()).split()).replace("license", "licence")
    return {"licence_no": "licence_number", "licence": "licence_number"}.get(name, name)


def _agency(row: Dict[str, Optional[str]], where: str) -> Agency:
    told = {column: " ".join((row.get(column) or "").split()) for column in COLUMNS}
    if not any(letter.isalnum() for letter in told["name"]):
        raise BrokenList(f"{where}: no name")
    return Agency(
        told["name"],
        told["licence_number"],
        _status(told["status"], where),
        _day(told["expiry"], where),
        told["address"],
    )


def _status(told: str, where: str) -> Status:
    if not told:
        return "unknown"
    status = _STATUSES.get(told.casefold().replace("-", " "))
    if status is None:
        raise BrokenList(f"{where}: status {told!r} is none of {', '.join(sorted(_STATUSES))}")
    return status


def _day(told: str, where: str) -> Optional[datetime.date]:
    try:
        return datetime.date.fromisoformat(told) if told else None
    except ValueError:
        raise BrokenList(f"{where}: expiry {told!r} is no day like 2027-03-31") from None


def folder() -> Path:
    """Where imported lists are kept: ``agencies`` in the folder of this installation (``ADVISOR_VAR``, else var/)."""
    return Path(os.environ.get("ADVISOR_VAR") or Path(__file__).resolve().parents[1] / "var") / "agencies"


class OlderList(ValueError):
    """The list that is kept is newer; the message says of when."""


def keep(imported: AgencyList, into: Optional[Path] = None, replace_newer: bool = False) -> Path:
    """Writes a list, in place of the one of that country; returns the file. Raises OlderList unless ``replace_newer``.

    A kept list that cannot be read is replaced."""
    known_country(imported.country)
    target = (into or folder()) / f"{imported.country}.json"
    if not replace_newer:
        _refuse_if_newer(target, imported)
    target.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "as_of": imported.as_of.isoformat(),
        "source": imported.source,
        "agencies": [[*agency[:3], agency.expiry and agency.expiry.isoformat(), agency.address]
                     for agency in imported.agencies],
    }  # fmt: skip
    draft = target.with_suffix(".new")
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft.replace(target)
    return target


def _refuse_if_newer(kept: Path, imported: AgencyList) -> None:
    try:
        as_of = _read(kept, kept.stat().st_mtime_ns).as_of
    except (FileNotFoundError, BrokenList):
        return
    if as_of > imported.as_of:
        raise OlderList(f"the list of {imported.country} that is kept is newer: of {as_of}")


def list_of(country: Optional[str]) -> Optional[AgencyList]:
    """The imported list of a country; None where there is none, or where its file is spoilt (the log says so)."""
    try:
        return readable_list_of(country)
    except BrokenList as broken:
        log.error("%s", broken)
        return None


def readable_list_of(country: Optional[str]) -> Optional[AgencyList]:
    """The imported list of a country; None where there is none. Raises BrokenList where its file is spoilt."""
    path = folder() / f"{country}.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=30)
def _read(path: Path, changed: int) -> AgencyList:
    """``changed`` makes an import take effect at the next question, without a restart."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows: Iterable[list] = content["agencies"]
        agencies = [
            Agency(name, number, status, expiry and datetime.date.fromisoformat(expiry), address)
            for name, number, status, expiry, address in rows
        ]
        return AgencyList(path.stem, datetime.date.fromisoformat(content["as_of"]), content["source"], agencies)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BrokenList(f"{path} is spoilt: import the list again") from None
