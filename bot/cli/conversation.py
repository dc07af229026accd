"""``advisor ask`` and ``advisor chat``."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.cli import choices, jsonl
from bot.cli.failure import Failure
from bot.cli.opening import open_dialogue, settings
from bot.dialogue import DialogueUnavailable, Turn
from bot.terminal import chat, show


def add_commands(commands: argparse._SubParsersAction) -> None:
    ask = commands.add_parser("ask", help="one question, the answer as people see it")
    choices.add_options(ask)
    ask.add_argument("--jsonl", nargs="?", const="-", metavar="FILE", help="questions as JSON lines, answers likewise")
    ask.add_argument("text", nargs="?")
    ask.set_defaults(run=run_ask)
    talk = commands.add_parser("chat", help="talk in the terminal")
    choices.add_options(talk)
    talk.set_defaults(run=run_chat)


def run_ask(options: argparse.Namespace) -> int:
    if options.jsonl is not None:
        if options.text is not None:
            raise Failure("give either a question or --jsonl", status=2)
        return asyncio.run(_ask_lines(options))
    if options.text is None:
        raise Failure("give a question, or --jsonl FILE", status=2)
    return asyncio.run(_ask_once(options))


def run_chat(options: argparse.Namespace) -> int:
    profile = choices.profile_of(vars(options))
    return asyncio.run(_chat(profile))


async def _ask_once(options: argparse.Namespace) -> int:
    turn = Turn("ask", text=options.text, profile=choices.profile_of(vars(options)))
    async with open_dialogue(settings()) as dialogue:
        try:
            replies = await dialogue.send(turn)
        except DialogueUnavailable as error:
            raise Failure(f"no answer can be had now ({error})") from None
    print(show(replies))
    return 0


async def _ask_lines(options: argparse.Namespace) -> int:
    defaults = {name: getattr(options, name) for name in choices.FIELDS}
    choices.profile_of(defaults)
    lines = jsonl.read_lines(options.jsonl)
    answers = sys.stdout
    async with open_dialogue(settings()) as dialogue:
        return await jsonl.answer_lines(lines, dialogue, answers, defaults)


async def _chat(profile: dict[str, str]) -> int:
    async with open_dialogue(settings()) as dialogue:
        return await chat(dialogue, profile)
