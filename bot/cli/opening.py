"""Opens the dialogue that the settings name, with failures told in one line."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager, redirect_stdout
from typing import AsyncIterator

from bot.cli.failure import Failure
from bot.dialogue import Dialogue
from bot.settings import BadSettings, Settings, read_settings
from knowledge.loader import BrokenFacts
from translations.localizer import CatalogsNotBuilt


def settings() -> Settings:
    try:
        return read_settings()
    except BadSettings as error:
        raise Failure(str(error)) from None


@asynccontextmanager
async def open_dialogue(chosen: Settings) -> AsyncIterator[Dialogue]:
    """Rasa in this process, or the servers of RASA_URL. Training, if need be, is shown on stderr."""
    dialogue = await _remote(chosen) if chosen.rasa_url else await _embedded()
    try:
        yield dialogue
    finally:
        await dialogue.close()


async def _remote(chosen: Settings) -> Dialogue:
    from bot.dialogue.remote import RemoteDialogue

    return RemoteDialogue(str(chosen.rasa_url))


async def _embedded() -> Dialogue:
    from bot.dialogue.embedded import EmbeddedDialogue, NoModel
    from bot.training import TrainingFailed, current_model, train
    from knowledge.base import FactBase
    from translations.localizer import localizers

    with redirect_stdout(sys.stderr):  # stdout belongs to the answers
        try:
            FactBase.load()
            localizers()
            model = current_model()
            if model is None:
                print("No current model: training one now, which takes a few minutes.", file=sys.stderr)
                model = await _in_a_thread(train)
            return await EmbeddedDialogue.load(model)
        except BrokenFacts as error:
            raise Failure(f"{len(error.faults)} fault(s) in the facts, the first: {error.faults[0]}") from None
        except (NoModel, TrainingFailed, CatalogsNotBuilt) as error:
            raise Failure(str(error)) from None


async def _in_a_thread(work):  # type: ignore[no-untyped-def]
    """Rasa's training starts an event loop of its own and cannot do so inside ours."""
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(None, work)
