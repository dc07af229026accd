"""What the gateway counts while it answers: codes in the database, and nothing of who asked or in which words."""

from __future__ import annotations

import pytest
from scripted import ALICE, ScriptedDialogue, gateway, settings_for, stored

from bot.dialogue import Reply
from bot.store.tables import counts, marks, questions

pytestmark = pytest.mark.asyncio

ANSWERED = {
    "intent": "ask_fees", "language": "en", "reply_language": "en", "danger": {"level": "none", "kind": None},
    "origin": "NP", "destination": "QA", "topic": "ask_fees", "form": None, "unanswered": None, "result": None,
}  # fmt: skip
LOST = {**ANSWERED, "intent": "nlu_fallback", "unanswered": "fallback"}
STRANGE = "Ramesh Thapa 9841234567 says can i get my money back"


async def test_answers_are_counted_and_nobody_is_kept() -> None:
    said = {
        "how much": [Reply("so much", custom={"trace": ANSWERED})],
        STRANGE: [Reply("what?", custom={"trace": LOST})],
        "bye": [Reply("gone", custom={"trace": ANSWERED, "forget": True})],
    }
    async with gateway(ScriptedDialogue(said)) as api:
        settings = settings_for(api)
        for place, text in enumerate(("how much", "how much", STRANGE, "without a trace", "bye"), start=1):
            api.say(ALICE, text)
            await api.wait_for(ALICE, place)
        rows = stored(settings, counts)
        [question] = stored(settings, questions)
        assert stored(settings, marks) == [], "of whoever has everything deleted nothing is left to be known by"
    assert {(row.what, row.code): row.n for row in rows} == {
        ("anybody", ""): 1,
        ("language", "en"): 1,
        ("pair", "NP-QA"): 1,
        ("topic", "ask_fees"): 1,
        ("topic", "not_answered"): 1,
        ("not_answered", "en"): 1,
    }
    assert str(ALICE) not in str(rows)
    assert b"Ramesh" not in bytes(question.question)
