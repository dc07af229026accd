"""What `make check` must refuse, tried on a copy of the house with one thing broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("bot", "nlu", "actions", "knowledge", "translations")
BIN = Path(sys.executable).parent


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "domain.yml", "config.yml"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def run(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PYTHONPATH": str(house),
        "PATH": "/usr/bin:/bin",
        "RASA_TELEMETRY_ENABLED": "false",
        "HOME": str(house),
    }
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, timeout=120)


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    return run(house, str(BIN / "lint-imports"), "--no-cache")


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("actions", "bot.settings"),
        ("knowledge", "actions.topics"),
        ("nlu", "actions.topics"),
        ("translations", "bot.settings"),
    ],
)
def test_an_import_against_the_direction_is_refused(house: Path, room: str, forbidden: str) -> None:
    (house / room / "wrong_way.py").write_text(f"import {forbidden}\n")
    refused = lint_imports(house)
    assert refused.returncode != 0
    assert "wrong_way" in refused.stdout


def test_the_house_as_it_stands_is_accepted(house: Path) -> None:
    assert lint_imports(house).returncode == 0


def test_an_unknown_intent_in_a_rule_is_refused(house: Path) -> None:
    rules = house / "nlu" / "rules" / "advice.yml"
    rules.write_text(rules.read_text().replace("- intent: ask_fees\n", "- intent: ask_feees\n"))
    refused = run(
        house, str(BIN / "rasa"), "data", "validate", "--fail-on-warnings", "--data", "nlu", "--domain", "domain.yml",
        "--config", "config.yml",
    )  # fmt: skip
    assert refused.returncode != 0
    assert "ask_feees" in refused.stdout + refused.stderr


def advisor(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"
    return run(house, sys.executable, "-c", code, *arguments)


def test_a_fact_without_source_is_refused(house: Path) -> None:
    path = house / "knowledge" / "facts" / "np_origin.yml"
    before, marker, after = path.read_text(encoding="utf-8").partition("  sources:\n")
    rest = after[after.index("  confidence:") :]
    path.write_text(f"{before}  sources: []\n{rest}", encoding="utf-8")
    refused = advisor(house, "facts", "check")
    assert marker
    assert refused.returncode == 1
    assert "np_origin.yml: np.fees.service_charge.gulf_malaysia" in refused.stdout
    assert "source" in refused.stdout


def test_a_missing_placeholder_is_refused(house: Path) -> None:
    path = house / "translations" / "ne" / "LC_MESSAGES" / "messages.po"
    without = re.sub(r'(msgstr "[^"]*)%\(amount\)s', r"\1", path.read_text(encoding="utf-8"), count=1)
    path.write_text(without, encoding="utf-8")
    refused = advisor(house, "translations", "check")
    assert refused.returncode == 1
    assert "placeholders differ: missing %(amount)s" in refused.stdout


def test_a_sentence_missing_in_nepali_is_refused(house: Path) -> None:
    path = house / "translations" / "ne" / "LC_MESSAGES" / "messages.po"
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgid "menu.title"', 'msgid "menu.titel"'), encoding="utf-8"
    )
    refused = advisor(house, "translations", "check")
    assert refused.returncode == 1
    assert "menu.title: missing" in refused.stdout


def test_a_phone_number_outside_knowledge_is_refused(house: Path) -> None:
    (house / "actions" / "numbers.py").write_text('HELP = "+977-1-5970008"\n')
    refused = run(house, sys.executable, "-m", "knowledge.stray_numbers")
    assert refused.returncode == 1
    assert "actions/numbers.py:1" in refused.stdout
