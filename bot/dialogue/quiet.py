"""Rasa's and other libraries' manners: no telemetry, no chatter, and never a word of what people write in a log.

Must be imported before rasa is; importing it is enough.
"""

from __future__ import annotations

import logging
import os
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("LOG_LEVEL", "ERROR")  # also ends the progress bars of every rule
warnings.filterwarnings("ignore", category=DeprecationWarning)  # of libraries among each other, at import


def quieten_rasa() -> None:
    """Rasa logs messages and slot values at debug level and below warning; nothing of that may be written."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    for name in ("rasa", "rasa_sdk", "sanic", "sanic.access", "apscheduler", "matplotlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", module=r"(rasa|tensorflow|pkg_resources|sanic|sqlalchemy)")
