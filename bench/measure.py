"""Numbers from repeated measurements."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import List, NamedTuple


class Figures(NamedTuple):
    """``start``: seconds until the first answer can be given. ``median`` and ``p95``: milliseconds a turn.
    ``memory``: resident megabytes of all processes after the run."""

    name: str
    start: float
    median: float
    p95: float
    memory: float


def percentile(values: List[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def figures(name: str, start: float, turns: List[float], memory: float) -> Figures:
    return Figures(name, start, statistics.median(turns), percentile(turns, 0.95), memory)


def resident_megabytes(pid: int | str = "self") -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {pid} has no memory figure")


def children_of(pid: int) -> List[int]:
    """The processes it has started and that still run."""
    listed = (Path(f"/proc/{pid}/task") / each.name / "children" for each in Path(f"/proc/{pid}/task").iterdir())
    return [int(child) for each in listed for child in each.read_text().split()]


def table(rows: List[Figures]) -> str:
    """Markdown, with ratios to the first row."""
    lines = [
        "| | start to ready | median turn | p95 turn | resident memory |",
        "|---|---|---|---|---|",
    ]
    first = rows[0]
    for row in rows:
        ratio = f" ({row.median / first.median:.1f}×)" if row is not first else ""
        lines.append(
            f"| {row.name} | {row.start:.1f} s | {row.median:.1f} ms{ratio} | {row.p95:.1f} ms | {row.memory:.0f} MB |"
        )
    return "\n".join(lines)
