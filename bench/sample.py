"""Messages to measure with: every n-th training example, so that all intents and languages take part."""

from __future__ import annotations

from pathlib import Path
from typing import List

import yaml

EXAMPLES = Path(__file__).resolve().parents[1] / "nlu" / "examples"


def messages(count: int) -> List[str]:
    """``count`` messages spread evenly over all examples."""
    lines: List[str] = []
    for path in sorted(EXAMPLES.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines.extend(line[2:] for line in block["examples"].splitlines() if line.startswith("- "))
    step = max(1, len(lines) // count)
    return lines[::step][:count]
