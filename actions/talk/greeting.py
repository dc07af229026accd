"""The first words, and the steps of getting to know each other: language, home country, destination."""

from __future__ import annotations

from dataclasses import replace

from actions import buttons
from actions.answers.advice import advise
from actions.answers.ask_country import likely_countries
from actions.answers.danger import answer_danger, answer_where_they_are
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.flows import entry
from actions.flows.flow import SIDES
from actions.flows.self_check import danger_pressed
from actions.talk.menu import menu_page
from actions.topics import advice_topics
from translations.localizer import Localizer


class Greet(AdvisorAction):
    """``action_greet``: for a greeting in words, and for /start, which begins with the language."""

    def name(self) -> str:
        return "action_greet"

    def answer(self, asked: Asked) -> Answer:
        if asked.step == "start":
            told = [asked.speak.text(key) for key in ("greet.start", "exit.before")]
            return Answer([Said("\n\n".join(told)), _language_menu(asked)])
        first_steps = [*buttons.topics(asked.speak, ("ask_fees", "ask_offer_check")), *buttons.ways_on(asked.speak)]
        return Answer([Said(asked.speak.text("greet.hello"), first_steps)])


class ChooseLanguage(AdvisorAction):
    """``action_language``: shows the languages by their own names, or takes the one chosen."""

    def name(self) -> str:
        return "action_language"

    def answer(self, asked: Asked) -> Answer:
        if "language" not in asked.heard.told:
            return Answer([_language_menu(asked)])
        speak = asked.speak
        told = [speak.text("language.chosen", language=speak.language.self_name)]
        if asked.before.language != asked.profile.language:  # said where it can be read, before it may be needed
            told.append(speak.text("exit.before"))
        return _next_question(asked, [Said("\n\n".join(told))])


class ChangeProfile(AdvisorAction):
    """``action_profile``: a country or job told or pressed, a list of countries asked for, a step skipped; and the
    check that is asked for by words that sound like it ("check my situation")."""

    def name(self) -> str:
        return "action_profile"

    def answer(self, asked: Asked) -> Answer:
        if asked.step in SIDES:
            return Answer([_all_countries(asked, asked.step)])
        if asked.step.startswith("skip_"):
            return _next_question(asked, [], skipped=asked.step.partition("_")[2])
        in_danger = answer_where_they_are(asked)
        if in_danger is not None:
            return in_danger
        check = entry.wanted(asked)
        if check is not None:
            return entry.begun(asked, check)
        if asked.heard.region and "destination" not in asked.heard.told:
            return Answer([_all_countries(asked, "destination")])
        if not asked.heard.told:
            return Answer([_what_we_know(asked)])
        waiting = advice_topics().get(asked.profile.topic or "")
        if waiting is not None:
            return advise(asked, waiting)
        return _next_question(asked, [Said(asked.speak.text("profile.noted", profile=_known(asked)))])


def _language_menu(asked: Asked) -> Said:
    return Said(asked.speak.text("language.choose"), buttons.all_languages(asked.locale))


def _next_question(asked: Asked, before: list[Said], skipped: str = "") -> Answer:
    """The first of the two countries still unknown and not skipped, else the menu."""
    open_sides = [side for side in SIDES if getattr(asked.profile, side) is None]
    if skipped in SIDES:
        open_sides = [side for side in open_sides if SIDES.index(side) > SIDES.index(skipped)]
    next_reply = _all_countries(asked, open_sides[0], skippable=True) if open_sides else menu_page(asked.speak, 1)
    return Answer([*before, next_reply])


def _all_countries(asked: Asked, side: str, skippable: bool = False) -> Said:
    speak = asked.speak
    choices = buttons.countries(speak, side, likely_countries(asked, side))
    skip = [buttons.Button(speak.text("button.skip"), buttons.payload("change_profile", step=f"skip_{side}"))]
    return Said(speak.text(f"ask.{side}"), [*choices, *(skip if skippable else []), buttons.menu(speak)])


def _what_we_know(asked: Asked) -> Said:
    speak = asked.speak
    return Said(
        speak.text("profile.now", profile=_known(asked)),
        [
            buttons.Button(speak.text("button.change_origin"), buttons.payload("change_profile", step="origin")),
            buttons.Button(
                speak.text("button.change_destination"), buttons.payload("change_profile", step="destination")
            ),
            buttons.change_language(speak),
            buttons.menu(speak),
        ],
    )


def _known(asked: Asked) -> str:
    return " → ".join(
        country_or_unknown(asked.speak, code) for code in (asked.profile.origin, asked.profile.destination)
    )


def country_or_unknown(speak: Localizer, code: str | None) -> str:
    return speak.country(code) if code else speak.text("profile.unknown")


class Inform(AdvisorAction):
    """``action_inform``: a bare country, sum, job or agency. Answers what was asked before, or asks what about it."""

    def name(self) -> str:
        return "action_inform"

    def answer(self, asked: Asked) -> Answer:
        danger = danger_pressed(asked)
        if danger is not None:
            return answer_danger(asked, danger, certain=True)
        in_danger = answer_where_they_are(asked)
        if in_danger is not None:
            return in_danger
        speak, waiting = asked.speak, advice_topics().get(asked.profile.topic or "")
        told_countries = {"origin", "destination"} & asked.heard.told
        if waiting is not None and asked.heard.told:
            return advise(asked, waiting)
        if asked.heard.region and not told_countries:
            return Answer([_all_countries(asked, "destination")])
        asked_about = replace(asked.profile, question=None)
        entities = {entity.get("entity") for entity in asked.message.get("entities", [])}
        if "money" in entities:
            offers = ("ask_fees", "ask_wages")
        elif asked.heard.told:
            offers = ("ask_fees", "ask_documents")
        else:
            offers = ("ask_agency_licence", "ask_offer_check")
        text = speak.text("inform.about", profile=_known(asked))
        return Answer([Said(text, [*buttons.topics(speak, offers), *buttons.ways_on(speak)])], profile=asked_about)
