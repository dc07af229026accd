"""Offer check: signs of cheating in an advertisement, a chat or what somebody tells, each with why it matters.

The signs are found by nlu/offers in the text itself; here they are told. Nothing counts as proof, and a text without a
sign is never called safe.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional, Sequence

from actions import buttons, clock
from actions.answers.help_lines import FOR_DANGER, help_lines
from actions.base import Answer, Asked
from actions.composer import pack
from actions.figures import fact_text
from actions.flows.flow import OFFER, YES, YES_OR_NO, Answers, Flow, Step, first_of, said_at_the_end
from actions.flows.form import EndFlow, ValidateFlow
from actions.flows.reading import offer_told, text_of
from actions.profile import Profile

SIGNS = (
    "border_town_online_work", "confined_recruitment_centre", "lie_to_officials", "visit_visa", "passport_demand",
    "upfront_payment", "private_account", "debt_deducted_from_wage", "no_written_contract", "no_licence",
    "age_sex_demand", "pay_too_good", "hurry", "chat_app_only",
)  # fmt: skip
"""In the order of telling: what can cost freedom first."""
CALL_FIRST = frozenset({"border_town_online_work", "confined_recruitment_centre", "lie_to_officials"})
"""Signs after which numbers are shown at once."""
ASKED = (
    "visit_visa", "upfront_payment", "private_account", "passport_demand", "hurry", "no_written_contract",
    "pay_too_good", "border_town_online_work", "lie_to_officials", "no_licence",
)  # fmt: skip
"""The ten questions, for those who have no text to send."""
QUESTIONS = "questions"
QUOTE = 90
"""Characters of a quotation."""
NUMBERS_A_COUNTRY = 2
_TO_TAP = re.compile(
    r"\+?\d[\d\s().-]{5,}\d|https?://\S+|www\.\S+|\bt\.me/\S+|@\w{3,}"
    r"|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
CHOICES: Mapping[str, Sequence[str]] = {
    "offer": (QUESTIONS,),
    **{f"offer_{sign}": tuple(value for value, _ in YES_OR_NO) for sign in ASKED},
}


class OfferCheck(Flow):
    """The text of the offer, or ten questions."""

    name = "offer_check"
    choices = CHOICES

    def begin(self, asked: Asked) -> Answers:
        """The message that led here is the offer itself where it is long enough to be one, or holds a sign."""
        if text_of(asked).startswith("/"):
            return {}
        told = offer_told(asked)
        return {"offer": told} if told is not None and (told["signs"] or told["is_whole"]) else {}

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        choices = [(QUESTIONS, "button.questions")]
        offer = Step("offer", "offer_check.ask_text", choices, asks_for=OFFER)
        if answers.get("offer") != QUESTIONS:
            return first_of([offer], answers)
        return first_of([_question(sign) for sign in ASKED], answers)

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak = asked.speak
        quotes = _quotes(answers)
        signs = [sign for sign in SIGNS if sign in quotes]
        licence = asked.facts.of_origin(("licence",), asked.profile.person)[:1]
        paragraphs = [*_signs(asked, signs, quotes), *_numbers(asked, signs)] if signs else _none(asked, answers)
        paragraphs.append(speak.text("offer_check.next" if signs else "offer_check.three"))
        if licence:
            told = [fact_text(speak, fact, clock.today()) for fact in licence]
            paragraphs.append("\n".join([speak.text("offer_check.where"), *told]))
        follow_up = [buttons.check(speak, "ask_agency_licence"), buttons.check(speak, "ask_contract")]
        return Answer(
            said_at_the_end(speak, pack(paragraphs), follow_up),
            facts=[fact.id for fact in licence],
            result={"flow": self.name, "signs": signs},
        )


class ValidateOfferCheck(ValidateFlow):
    """``validate_offer_check_form``"""

    flow = OfferCheck()


class EndOfferCheck(EndFlow):
    """``action_offer_check``"""

    flow = OfferCheck()


def _question(sign: str) -> Step:
    before = "offer_check.intro" if sign == ASKED[0] else None
    return Step(f"offer_{sign}", f"offer_check.ask.{sign}", YES_OR_NO, before=before)


def _quotes(answers: Answers) -> Dict[str, str]:
    """Sign → the words it was found in; empty where it was told by an answer."""
    offer: Any = answers.get("offer")
    found = offer["signs"] if isinstance(offer, Mapping) else []
    quotes: Dict[str, str] = {}
    for one in found:
        quotes.setdefault(one["sign"], one["quote"])
    return {**quotes, **{sign: "" for sign in ASKED if answers.get(f"offer_{sign}") == YES}}


def _signs(asked: Asked, signs: Sequence[str], quotes: Mapping[str, str]) -> List[str]:
    speak = asked.speak
    paragraphs = [speak.text("offer_check.result.found")]
    for sign in signs:
        heading = speak.text(f"offer_check.sign.{sign}")
        quote = f" {speak.text('offer_check.quoted', quote=_short(quotes[sign]))}" if quotes[sign] else ""
        paragraphs.append(f"⚠️ {heading}{quote}\n{speak.text(f'offer_check.why.{sign}')}")
    return paragraphs


def _numbers(asked: Asked, signs: Sequence[str]) -> List[str]:
    if not CALL_FIRST & set(signs):
        return []
    lines = help_lines(asked.speak, asked.facts, asked.profile.person, FOR_DANGER, NUMBERS_A_COUNTRY).text
    return ["\n".join([asked.speak.text("offer_check.call_first"), *lines])] if lines else []


def _none(asked: Asked, answers: Answers) -> List[str]:
    by_questions = answers.get("offer") == QUESTIONS
    return [asked.speak.text(f"offer_check.result.{'no_answers' if by_questions else 'none'}")]


def _short(quote: str) -> str:
    """What is quoted, without numbers, addresses and names to write to: they would stand there to be tapped."""
    quote = " ".join(_TO_TAP.sub("…", quote).split())
    return quote if len(quote) <= QUOTE else f"{quote[: QUOTE - 1].rstrip()}…"
