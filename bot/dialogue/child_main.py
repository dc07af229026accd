"""The child process of bot/dialogue/child.py: reads turns from the connection it is given, and answers them.

Ends with the process that started it, because then the connection ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Awaitable, Callable, Coroutine, Dict, List, Optional, Tuple

import uvloop

import bot.dialogue.quiet  # noqa: F401  (before anything imports rasa)
from bot.dialogue.lines import LONGEST_LINE, Asked, Told, read_line, write_line
from bot.dialogue.port import Dialogue, DialogueUnavailable, Reply, Turn
from bot.figures.noting import QUESTION, question_of
from bot.figures.scrubbing import scrubbed
from bot.outline import outline
from bot.store.conversations import NOTHING, State
from translations.languages import LANGUAGES
from translations.localizer import Localizer

NOBODY = "nobody"

log = logging.getLogger(__name__)


class Carried:
    """What is known of conversations, for as long as one turn of theirs takes."""

    def __init__(self) -> None:
        self._states: Dict[Tuple[str, Optional[int]], State] = {}

    async def load(self, sender: str, turn: Optional[int]) -> State:
        return self._states.get((sender, turn), NOTHING)

    async def save(self, sender: str, turn: Optional[int], state: State) -> None:
        self._states[sender, turn] = state

    def taken(self, sender: str, turn: Optional[int]) -> State:
        """As the turn has left it; nothing of it stays here."""
        return self._states.pop((sender, turn), NOTHING)


Load = Callable[[Carried], Awaitable[Dialogue]]
Warm = Callable[[Dialogue, Carried], Coroutine[Any, Any, None]]


async def attend(connection: socket.socket, load: Load, warm: Optional[Warm] = None) -> None:
    """Answers until the other side goes; beside the first turns, ``warm`` has read what later ones need."""
    reader, writer = await asyncio.open_connection(sock=connection, limit=LONGEST_LINE)
    carried = Carried()
    dialogue = await load(carried)
    write_line(writer, Told(0, [], is_ready=True))
    warming = asyncio.create_task(warm(dialogue, carried)) if warm else None

    async def answer(asked: Asked) -> None:
        key = (asked.turn.sender, asked.turn.number)
        await carried.save(*key, asked.state)
        replies, failure = [], None
        try:
            replies = await _with_question(await dialogue.send(asked.turn), asked.turn.text)
        except DialogueUnavailable as error:
            failure = str(error)
            log.warning("no answer: %s", outline(error))
        except Exception as error:  # whatever it is: the other side waits for a line
            failure = type(error).__name__
            log.error("no answer: %s", outline(error))
        write_line(writer, Told(asked.number, replies, carried.taken(*key), failure))

    answering: set[asyncio.Task[None]] = set()
    while (asked := await read_line(reader, Asked)) is not None:
        task = asyncio.create_task(answer(asked))
        answering.add(task)
        task.add_done_callback(answering.discard)
    if warming:
        warming.cancel()


async def _with_question(replies: List[Reply], text: Optional[str]) -> List[Reply]:
    """What may be kept of a question without an answer is found here, where the lists for it are in memory anyway."""
    *others, last = replies
    question = await question_of(last.custom["trace"], text) if text and "trace" in last.custom else None
    return [*others, replace(last, custom={**last.custom, QUESTION: question})]


async def _warm(dialogue: Dialogue, carried: Carried) -> None:
    """A message in each language, from nobody: lists of names and words are read when a language is first met, and
    would keep whoever writes in it, and all others, waiting for half a second."""
    for language in LANGUAGES:
        speak = Localizer.of(language)
        text = (
            f"{speak.text('fee_check.ask_amount')} {speak.country('NP')} {speak.country('QA')} 5,000 USD, 36 % per year"
        )
        with suppress(DialogueUnavailable):
            await dialogue.send(Turn(NOBODY, text, profile={"language": language}))
        carried.taken(NOBODY, None)
        await asyncio.get_running_loop().run_in_executor(None, scrubbed, text, language)


def model_to_serve() -> Optional[Path]:
    """Trained now if need be, in a process of its own, which leaves no memory behind; None where that failed."""
    from bot.training import TRAINING, current_model

    model = current_model()
    if model is None:
        print(TRAINING, file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "bot.cli.main", "train"], check=False)
        model = current_model()
    return model


def main() -> int:
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # stdout is for what somebody asked at the command line
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        model = model_to_serve()
        if model is None:
            return 1
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both: the other one finishes what is under way

        async def load(carried: Carried) -> Dialogue:
            from bot.dialogue.embedded import EmbeddedDialogue

            return await EmbeddedDialogue.load(model, carried)

        uvloop.run(attend(socket.socket(fileno=int(sys.argv[1])), load, _warm))
    except KeyboardInterrupt:
        pass
    except Exception as error:
        log.error("the advisor cannot serve: %s", outline(error))
        return 1
    os._exit(0)  # threads of libraries need not be waited for


if __name__ == "__main__":
    sys.exit(main())
