"""A stock Rasa project beside ours: the pipeline and policies ``rasa init`` gives, on our own examples and rules,
served by ``rasa run`` and ``rasa run actions`` and asked over REST.

Only speed and memory are compared, so its training is cut short: five epochs instead of a hundred, and the examples of
two languages instead of fourteen. On everything it would train for hours on two cores; a turn costs it the same."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator, List

from bench.measure import Figures, figures, resident_megabytes
from bench.sample import messages

ROOT = Path(__file__).resolve().parents[1]
TURNS = 100
WARM_UP = 5
PATIENCE = 180
LANGUAGES = ("en", "ne")

# What `rasa init` of rasa 3.6.21 writes as comments into config.yml and uses when nothing else is given,
# but for the number of epochs.
EPOCHS = 5
CONFIG = f"""\
recipe: default.v1
assistant_id: stock
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {EPOCHS}
  constrain_similarities: true
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: {EPOCHS}
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies:
- name: MemoizationPolicy
- name: RulePolicy
- name: UnexpecTEDIntentPolicy
  max_history: 5
  epochs: {EPOCHS}
- name: TEDPolicy
  max_history: 5
  epochs: {EPOCHS}
  constrain_similarities: true
"""
ENVIRONMENT = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(ROOT)}


def measure() -> tuple[Figures, float]:
    """The figures, and the seconds its training took."""
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        training = _train(project)
        begun = time.perf_counter()
        with _servers(project) as (address, pids):
            ready = time.perf_counter() - begun
            texts = messages(TURNS + WARM_UP)
            turns: List[float] = []
            for number, text in enumerate(texts):
                started = time.perf_counter()
                _ask(address, f"bench-{number % 20}", text)
                if number >= WARM_UP:
                    turns.append((time.perf_counter() - started) * 1000)
            memory = sum(resident_megabytes(pid) for pid in pids)
    return figures("stock Rasa project, REST and action server", ready, turns, memory), training


def _train(project: Path) -> float:
    (project / "config.yml").write_text(CONFIG)
    shutil.copy(ROOT / "domain.yml", project / "domain.yml")
    shutil.copy(ROOT / "credentials.yml", project / "credentials.yml")
    shutil.copytree(ROOT / "nlu" / "rules", project / "data" / "rules")
    (project / "data" / "examples").mkdir()
    for language in LANGUAGES:
        shutil.copy(ROOT / "nlu" / "examples" / f"{language}.yml", project / "data" / "examples")
    begun = time.perf_counter()
    subprocess.run([_rasa(), "train", "--quiet"], cwd=project, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


@contextlib.contextmanager
def _servers(project: Path) -> Iterator[tuple[str, List[int]]]:
    server, actions = _free_port(), _free_port()
    (project / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n")
    commands = [
        [_rasa(), "run", "actions", "--actions", "actions", "--port", str(actions)],
        [_rasa(), "run", "--interface", "127.0.0.1", "--port", str(server)],
    ]
    running = [
        subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    address = f"http://127.0.0.1:{server}/webhooks/rest/webhook"
    try:
        _wait_for(address)
        yield address, [process.pid for process in running]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            if _ask(address, "wait", "/greet"):
                return
        time.sleep(0.2)
    raise TimeoutError("the stock Rasa servers did not get ready")


def _ask(address: str, sender: str, text: str) -> list:
    body = json.dumps({"sender": sender, "message": text}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.loads(response.read())


def _rasa() -> str:
    return str(Path(sys.executable).with_name("rasa"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
