"""The conversation in a terminal, or through a pipe: a line in, an answer out."""

from __future__ import annotations

import sys
from typing import List, Mapping, Optional, Sequence

from bot.dialogue import Button, Dialogue, DialogueUnavailable, Reply, Turn

PROMPT = "\n> "
UNREADABLE = "That line is not UTF-8 text, so it cannot be read. Please write it again."
UNAVAILABLE = "No answer can be had just now. Please try again."
PICTURE = "picture"
HINT = "Write a question in your language, or the number of a button. Ctrl-D ends."


async def chat(dialogue: Dialogue, profile: Mapping[str, str]) -> int:
    """Reads stdin until it ends. Always 0: a conversation that ends is no failure."""
    by_hand = sys.stdin.isatty()
    if by_hand:
        print(HINT)
    buttons: List[Button] = []
    while (line := _next_line(by_hand)) is not None:
        try:
            text = line.decode("utf-8").strip()
        except UnicodeDecodeError:
            print(UNREADABLE, flush=True)
            continue
        pressed = _pressed(text, buttons)
        turn = Turn("terminal", payload=pressed.payload) if pressed else Turn("terminal", text=text, profile=profile)
        try:
            replies = await dialogue.send(turn)
        except DialogueUnavailable:
            print(UNAVAILABLE, flush=True)
            continue
        profile = {}  # told once; from then on the conversation knows
        buttons = [button for reply in replies for button in reply.buttons]
        print(show(replies), flush=True)
    return 0


def show(replies: Sequence[Reply]) -> str:
    """The replies one below the other, their buttons numbered through."""
    parts: List[str] = []
    count = 0
    for reply in replies:
        parts.append(f"[{PICTURE}] {reply.text}" if reply.picture else reply.text)
        for button in reply.buttons:
            count += 1
            parts.append(f"  [{count}] {button.title}")
        parts.append("")
    return "\n".join(parts).rstrip("\n") + "\n"


def _next_line(by_hand: bool) -> Optional[bytes]:
    if by_hand:
        sys.stdout.write(PROMPT)
        sys.stdout.flush()
    return sys.stdin.buffer.readline() or None


def _pressed(text: str, buttons: Sequence[Button]) -> Optional[Button]:
    """The button whose number was typed; any other text is a message."""
    is_number = text.isascii() and text.isdigit() and len(text) <= 3
    return buttons[int(text) - 1] if is_number and 1 <= int(text) <= len(buttons) else None
