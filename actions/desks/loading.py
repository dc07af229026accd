"""All desks of this installation: where they are read from, and which one is for whom."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Dict, Mapping, NamedTuple, Optional, Tuple

from actions.desks.desk import Desk
from actions.desks.file import BrokenDesks, read_written
from actions.desks.reading import desks_of

log = logging.getLogger(__name__)

VAR = Path(__file__).resolve().parents[2] / "var"


class _Source(NamedTuple):
    """What the desks were read from; where it has changed they are read again."""

    path: str
    changed: int
    size: int
    staff_chat: str


@dataclass(frozen=True)
class Desks:
    """All desks of this installation, in the order of the file."""

    all: Tuple[Desk, ...] = ()

    _loaded: ClassVar[Dict[_Source, Desks]] = {}

    @classmethod
    def load(cls) -> Desks:
        """From the file, else from STAFF_CHAT_ID, else none. Read anew when the file has changed; a file that was
        good and is broken or away now (an editor, a mount) changes nothing until it is mended: nobody's desk is taken
        from them for that. Raises BrokenDesks with all faults at once."""
        source = _source()
        known = cls._loaded  # taken once: another thread may put a new one in its place
        if source in known:
            return known[source]
        good = _last_good(known, source)
        try:
            desks = _read_from(source, there_was_one=good is not None)
        except BrokenDesks as broken:
            if good is None:
                raise
            log.warning("%d fault(s) in the desks; the file as it was before stays in use", len(broken.faults))
            cls._loaded = {good: known[good], source: known[good]}
            return known[good]
        cls._loaded = {source: desks}
        return desks

    @classmethod
    def read(cls, path: Path) -> Desks:
        """The desks of one file. Raises BrokenDesks."""
        try:
            written = read_written(path.name, path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise BrokenDesks([f"{path.name}: {error.strerror}"]) from None
        except UnicodeDecodeError:
            raise BrokenDesks([f"{path.name}: is not UTF-8 text"]) from None
        return cls(tuple(desks_of(written)))

    def for_person(self, origin: Optional[str], destination: Optional[str], language: Optional[str]) -> Optional[Desk]:
        """The desk whose pair fits most closely, then one that speaks the language, then the first of the file."""
        fitting = [(desk.closeness(origin, destination), desk) for desk in self.all]
        ranked = sorted(
            ((closeness, language in desk.languages, desk) for closeness, desk in fitting if closeness is not None),
            key=lambda one: one[:2],
            reverse=True,
        )
        return ranked[0][2] if ranked else None

    def by_key(self, key: str) -> Optional[Desk]:
        return next((desk for desk in self.all if desk.key == key), None)

    def of_chat(self, chat_id: int) -> Optional[Desk]:
        return next((desk for desk in self.all if desk.chat == chat_id), None)


def _source() -> _Source:
    """``size`` -1: there is no file."""
    named = os.environ.get("ADVISOR_DESKS")
    path = Path(named) if named else Path(os.environ.get("ADVISOR_VAR") or VAR) / "desks.yml"
    try:
        seen = path.stat()
    except OSError:
        return _Source(str(path), 0, -1, os.environ.get("STAFF_CHAT_ID", "").strip())
    return _Source(str(path), seen.st_mtime_ns, seen.st_size, "")


def _read_from(source: _Source, *, there_was_one: bool) -> Desks:
    """Raises BrokenDesks; also where a file is named, or was there, and is not."""
    if source.size >= 0:
        return Desks.read(Path(source.path))
    if os.environ.get("ADVISOR_DESKS"):
        raise BrokenDesks([f"ADVISOR_DESKS: {Path(source.path).name}: No such file or directory"])
    if there_was_one:
        raise BrokenDesks([f"{Path(source.path).name}: is not there any more"])
    return _from_environment(source)


def _from_environment(source: _Source) -> Desks:
    if not source.staff_chat:
        return Desks()
    try:
        return Desks((Desk(key="desk", name="Help desk", chat=int(source.staff_chat)),))
    except ValueError:  # of int(), or pydantic's own
        reason = "must be the id of a group, a negative number that mostly begins with -100"
        raise BrokenDesks([f"STAFF_CHAT_ID: {reason}"]) from None


def _last_good(loaded: Mapping[_Source, Desks], source: _Source) -> Optional[_Source]:
    """The same file when it was last there and whole."""
    return next((read for read in loaded if read.path == source.path and read.size >= 0), None)
