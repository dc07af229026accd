"""Puts what was measured into the README, between two markers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def put(marker: str, text: str) -> None:
    """Replaces what stands between ``<!-- marker -->`` and ``<!-- end of marker -->``. ValueError without them."""
    begin, end = f"<!-- {marker} -->", f"<!-- end of {marker} -->"
    readme = README.read_text(encoding="utf-8")
    if begin not in readme or end not in readme:
        raise ValueError(f"{README.name} has no markers for {marker}")
    before, _, rest = readme.partition(begin)
    _, _, after = rest.partition(end)
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def main() -> None:
    """``python -m bench.readme``: the table of translations."""
    command = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "translations", "status"]
    table = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    put("translations", table)


if __name__ == "__main__":
    main()
