"""Opens what the settings name (dialogue, database, secret), with failures told in one line."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager, contextmanager, redirect_stdout
from typing import TYPE_CHECKING, AsyncIterator, Iterator

from bot.cli.failure import Failure
from bot.dialogue import Dialogue
from bot.dialogue.child import ChildDialogue
from bot.settings import BadSettings, Settings, read_settings
from bot.store import Database, DatabaseUnusable, Seal
from knowledge.loader import BrokenFacts
from translations.localizer import CatalogsNotBuilt

if TYPE_CHECKING:
    from bot.dialogue.tracker_store import Keeper


def settings() -> Settings:
    try:
        return read_settings()
    except BadSettings as error:
        raise Failure(str(error)) from None


def seal_of(chosen: Settings) -> Seal:
    """For what looks at what is kept, or removes it: with the secret there is, since nothing opens with a new one."""
    try:
        secret = chosen.known_secret()
    except BadSettings as error:
        raise Failure(str(error)) from None
    if secret is None:
        raise Failure(f"no secret in {chosen.secret_file}: set ADVISOR_SECRET or ADVISOR_VAR as for the gateway")
    return Seal(secret, chosen.old_secret())


@contextmanager
def open_database(chosen: Settings) -> Iterator[Database]:
    """For a command that ends soon. Raises Failure."""
    try:
        database = Database.open(chosen.database())
    except DatabaseUnusable as error:
        raise Failure(str(error)) from None
    try:
        yield database
    finally:
        database.close()


@asynccontextmanager
async def open_dialogue(chosen: Settings) -> AsyncIterator[Dialogue]:
    """Rasa in this process, or the servers of RASA_URL. Training, if need be, is shown on stderr."""
    dialogue = await _remote(chosen) if chosen.rasa_url else await _embedded()
    try:
        yield dialogue
    finally:
        await dialogue.close()


@asynccontextmanager
async def dialogue_beside(chosen: Settings, keeper: Keeper) -> AsyncIterator[Dialogue]:
    """The same for people who must not wait for it: Rasa in a process of its own, answering as soon as it can.

    ``keeper``: where what is known of conversations is kept. Raises Failure for facts and catalogs that are broken.
    """
    if chosen.rasa_url:
        dialogue: Dialogue = await _remote(chosen)
    else:
        _check_what_is_said()
        dialogue = child = ChildDialogue(keeper)
        child.begin()
    try:
        yield dialogue
    finally:
        await dialogue.close()


def _check_what_is_said() -> None:
    from knowledge.base import FactBase
    from translations.localizer import localizers

    try:
        FactBase.load()
        localizers()
    except BrokenFacts as error:
        raise Failure(f"{len(error.faults)} fault(s) in the facts, the first: {error.faults[0]}") from None
    except CatalogsNotBuilt as error:
        raise Failure(str(error)) from None


async def _remote(chosen: Settings) -> Dialogue:
    from bot.dialogue.remote import RemoteDialogue

    return RemoteDialogue(str(chosen.rasa_url))


async def _embedded() -> Dialogue:
    from bot.dialogue.embedded import EmbeddedDialogue, NoModel
    from bot.training import TRAINING, TrainingFailed, current_model, train

    with redirect_stdout(sys.stderr):  # stdout belongs to the answers
        _check_what_is_said()
        try:
            model = current_model()
            if model is None:
                print(TRAINING, file=sys.stderr)
                model = await _in_a_thread(train)
            return await EmbeddedDialogue.load(model)
        except (NoModel, TrainingFailed) as error:
            raise Failure(str(error)) from None


async def _in_a_thread(work):  # type: ignore[no-untyped-def]
    """Rasa's training starts an event loop of its own and cannot do so inside ours."""
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(None, work)
