"""Rasa's own test of the rules: ``rasa test core`` over tests/stories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_rules_lead_where_the_stories_say(model: Path, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "rasa"), "test", "core", "--model", str(model), "--stories",
               str(ROOT / "tests" / "stories"), "--out", str(tmp_path), "--fail-on-prediction-errors"]  # fmt: skip
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "RASA_TELEMETRY_ENABLED": "false",
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert not (tmp_path / "failed_test_stories.yml").exists() or "story" not in (
        tmp_path / "failed_test_stories.yml"
    ).read_text(encoding="utf-8")
