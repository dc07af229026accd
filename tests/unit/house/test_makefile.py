"""What the Makefile must never do."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_clean_leaves_what_the_operator_wrote_and_what_people_wrote() -> None:
    told = subprocess.run(["make", "-n", "clean"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    removed = [word for line in told.splitlines() if line.startswith("rm ") for word in line.split()[2:]]
    assert "models" in removed
    assert not [path for path in removed if path.split("/")[0] == "var"]
