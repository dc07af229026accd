"""What staff and operators read: English, in one place. What people read comes from the catalogs."""

from __future__ import annotations

SIGNS = {"red": "🔴", "yellow": "🟡", "calm": "🟢"}
CLOSED_SIGN = "✅"
PERSON = "👤"
"""Stands before what the person wrote, so that in the topic it differs from our own lines."""
OURS = "ℹ️"

KINDS = {
    "confinement": "locked in",
    "violence": "violence or threats",
    "sexual": "sexual violence",
    "forced_work": "forced to work",
    "self_harm": "does not want to live",
    "medical": "medical emergency",
}

HOW = (
    "Write here: the person gets it as from the desk. A line that begins with // stays among you.\n"
    "/take /note /urgent /phrase /transfer /close /case; /queue /hours /away"
)

TAKEN = "You have this case."
TAKEN_BY_YOU = "You have this case already."
TAKEN_BY_OTHER = "Another colleague has this case. You may write here too."
COLLEAGUE_LEFT = "The colleague who had this case is not in the group any more. Who goes on? /take"
IS_URGENT = "Marked as urgent."
NOT_A_TOPIC = "This command belongs in the topic of a case. Here: /queue, /hours, /away."
NO_CASE_HERE = "This topic belongs to no open case: the person does not get what you write here."
CASE_CLOSED = "This case is closed: the person does not get what you write here."
UNKNOWN = "I do not know this command. /take /note /urgent /phrase /transfer /close /case /queue /hours /away"
NOT_PASSED = "This kind of message cannot be passed on. Text, photos and files can."
EDIT_NOT_PASSED = "The person does not get this change: only changes of text can be passed on. Write it anew."
NOT_A_MEMBER = "Only members of this group can write to people. This was not passed on."
NOT_DELIVERED = "⚠️ A message of yours could not be delivered to the person. Please write it again in another way."
NOT_SHOWN = "⚠️ A message of the person could not be shown here. Ask them to write it again."
BLOCKED = "⚠️ The person has blocked the bot or deleted their account: nothing can be delivered to them any more."
SPEAKS_NOW = "The person has chosen another language: {language}. /phrase and my own sentences follow."
PERSON_LEFT = "The person went back to the robot. The case is closed."
PERSON_EXITED = "The person left quickly. The case is closed. Please do not try to reach them in another way."
PERSON_DELETED = "Case {number}: the person had everything deleted, the topic is gone."
DANGER_SAID = "⚠️ This sounds like danger ({kind}). The person was shown the emergency numbers."
REMINDER = "⏰ The person has waited {minutes} minutes for an answer."
ABOUT_TO_END = (
    "⏳ Days without a word here: {days}. Days until I end the case and tell the person so: {left}. "
    "A message to the person keeps it open. Is it done? /close solved"
)
ENDED_SILENT = "Days without a word here: {days}. The case is closed, and the person was told."
MOVED_AWAY = "The case was passed on to {desk}. This topic is closed."
MOVED_HERE = "This case comes from {desk}. What was written there follows."
ASKED_TO_MOVE = "The person is asked whether {desk} may have the case."
MOVE_REFUSED = "The person wants to stay with you: the case was not passed on."
ALREADY_ASKED = "The person is being asked already."
HELPED = "The person says that it {helped}."
IS_AWAY = "You are away now: people are told so, with numbers that answer. Back with /away off"
IS_BACK = "You are back. Welcome."
NEVER_AWAY = "No hours are set: people are told nothing of hours."
QUEUE_EMPTY = "Nobody is waiting."


def how_to_close(outcomes: tuple[str, ...]) -> str:
    return f"How did it end? /close {' | '.join(outcomes)}"


def how_to_transfer(keys: list[str]) -> str:
    return f"To which desk? /transfer {' | '.join(keys)}" if keys else "There is no other desk that may have this case."


def how_to_note() -> str:
    return "What is to be noted? /note TEXT. It stays among you."


def phrases(known: dict[str, str]) -> str:
    lines = [f"/phrase {name}: {text}" for name, text in known.items()]
    return "\n".join(["The person gets these in their own language:", *lines])
