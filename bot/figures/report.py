"""The report of a month: tables whose small counts are hidden already (suppression.py), whatever they are shown as."""

from __future__ import annotations

import datetime
import statistics
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.figures import counting, labels, questions
from bot.figures.month import Month
from bot.figures.suppression import SMALLEST, Safe, rounded, safe, share
from bot.store.sealing import Seal
from bot.store.tables import case_figures

Lot = Callable[[str, str], str]
"""Of a table and a label: decides among rows of one size (suppression.py)."""
FEWEST_FOR_MOST = 10
"""Of fewer waiting times the 90th percentile would be somebody's own."""


@dataclass(frozen=True)
class Table:
    """``columns``: what is counted, after the label; ``rows``: label and cells as they are shown; ``bars``: the counts
    of the first columns for a chart, empty where there is nothing to draw; ``note``: what a reader must know."""

    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Tuple[str, Sequence[str]]]
    bars: Sequence[Tuple[str, Sequence[int]]] = ()
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """A question that got no answer: the code of its language, what is left of its words, about how many asked it."""

    language: str
    words: str
    people: int


@dataclass(frozen=True)
class Report:
    """``unanswered``: only what five people or more asked. ``questions_since``: from this day on their words are still
    kept; None where none of the month have gone yet. ``is_over``: whether the month is."""

    month: Month
    tables: Sequence[Table]
    unanswered: Sequence[Asked]
    is_over: bool
    questions_since: Optional[datetime.date]

    @property
    def is_empty(self) -> bool:
        return not self.tables


def report_of(connection: Connection, seal: Seal, month: Month, keep_days: int) -> Report:
    """Of a month that has begun; empty where nothing was counted."""
    counted = counting.month_of(connection, month.first)
    cases = _first_cases(connection, month)
    lot = partial(_lot, seal, month)
    tables = [*(_of_turns(counted, lot) if counted else ()), *(_of_cases(cases, lot) if cases else ())]
    today = counting.today()
    oldest = today - datetime.timedelta(days=keep_days)
    asked = _unanswered(questions.kept(connection, seal, month.first, month.end))
    return Report(month, tables, asked, month.end <= today, oldest if oldest > month.first else None)


def _first_cases(connection: Connection, month: Month) -> List[Row]:
    """Of each person the first that was closed in the month: five cases of one person are no five people."""
    first = (case_figures.c.day >= month.first, case_figures.c.day < month.end, case_figures.c.again.is_(False))
    return list(connection.execute(sa.select(case_figures).where(*first)))


def _lot(seal: Seal, month: Month, table: str, label: str) -> str:
    """The same in every report of a month, and nobody's to foresee."""
    return seal.digest(f"lot\n{month}\n{table}\n{label}".encode())


def _of_turns(counted: Sequence[Row], lot: Lot) -> List[Table]:
    people, table = partial(_people, lot), partial(_table, lot)
    by_topic, by_language = (
        _crossed(counted, labels.topic, counting.HELPFUL_TOPIC, counting.UNHELPFUL_TOPIC),
        _crossed(counted, labels.language, counting.HELPFUL_LANGUAGE, counting.UNHELPFUL_LANGUAGE),
    )
    danger = _crossed(counted, labels.danger, counting.DANGER, counting.POSSIBLE_DANGER)
    return [
        people("people", "People who wrote", _crossed(counted, lambda _: labels.EVERYBODY, counting.ANYBODY)),
        people("people_by_topic", "People by topic", _crossed(counted, labels.topic, counting.TOPIC)),
        people("people_by_language", "People by language", _crossed(counted, labels.language, counting.LANGUAGE)),
        people("people_by_pair", "People by countries", _crossed(counted, labels.pair_of, counting.PAIR)),
        table("danger", "People in danger, by kind", ("certain", "possible"), danger),
        table(
            "not_answered", "Not answered, by language", ("all answered", "something not answered"),
            _answered_or_not(counted), _share_of(1), total=True,
            note="Not understood, or about something we give no advice on.",
        ),
        table("helpful_by_topic", "Did it help? By topic", ("yes", "no"), by_topic, _share_of(0), total=True),
        table("helpful_by_language", "Did it help? By language", ("yes", "no"), by_language, _share_of(0), total=True),
        people("checks", "Guided checks finished", _crossed(counted, labels.topic, counting.CHECK)),
        people("handover", "Asked for a person, by language", _crossed(counted, labels.language, counting.HANDOVER)),
    ]  # fmt: skip


def _of_cases(cases: Sequence[Row], lot: Lot) -> List[Table]:
    ways: Sequence[Tuple[str, str, Callable[[Row], str]]] = (
        ("cases_by_desk", "Cases by desk", _desk),
        ("cases_by_language", "Cases by language", lambda case: labels.language(case.language)),
        ("cases_by_pair", "Cases by countries", lambda case: labels.pair(case.origin, case.destination)),
        ("cases_by_topic", "Cases by topic", lambda case: labels.topic(case.topic)),
        ("cases_by_danger", "Cases by danger", lambda case: labels.danger(case.danger) if case.danger else labels.NONE),
        ("cases_by_urgency", "Cases by urgency", _urgency),
        ("cases_by_outcome", "Cases by outcome", lambda case: labels.plain(case.outcome)),
        ("cases_helped", "Cases: did the desk help?", lambda case: labels.yes_or_no(case.helped)),
    )
    tables = []
    for key, title, of in ways:
        found: Dict[str, List[int]] = defaultdict(lambda: [0])
        for case in cases:
            found[of(case)][0] += 1
        tables.append(_table(lot, key, title, ("people",), found, total=True))
    return [
        *tables,
        _waiting(cases, "waiting", "Minutes until a case was taken", _urgency),
        _waiting(cases, "waiting_by_desk", "Minutes until a case was taken, by desk", _desk),
    ]


def _waiting(cases: Sequence[Row], key: str, title: str, of: Callable[[Row], str]) -> Table:
    """Minutes from opening until somebody took the case. How many were taken is not told."""
    found: Dict[str, List[int]] = defaultdict(list)
    for case in cases:
        if case.waited is not None:
            found[of(case)].append(case.waited)
            found["All"].append(case.waited)
    rows = []
    for label, minutes in sorted(found.items()):
        if len(minutes) >= SMALLEST:
            most = str(_ninetieth(minutes)) if len(minutes) >= FEWEST_FOR_MOST else "–"
            rows.append((label, (str(round(statistics.median(minutes))), most)))
    note = f"Shown from {SMALLEST} cases on, the 90th percentile from {FEWEST_FOR_MOST} on."
    return Table(key, title, ("median", "90th percentile"), rows, note=note)


def _ninetieth(minutes: Sequence[int]) -> int:
    return round(statistics.quantiles(minutes, n=10, method="inclusive")[8])


def _desk(case: Row) -> str:
    return case.desk or labels.UNKNOWN


def _urgency(case: Row) -> str:
    return labels.plain(case.urgency)


def _crossed(counted: Sequence[Row], of: Callable[[str], str], *columns: str) -> Dict[str, List[int]]:
    """Label → how many people, for each column, which is one of the things that are counted."""
    found: Dict[str, List[int]] = defaultdict(lambda: [0] * len(columns))
    for row in counted:
        if row.what in columns:
            found[of(row.code)][columns.index(row.what)] += row.n
    return found


def _answered_or_not(counted: Sequence[Row]) -> Dict[str, List[int]]:
    """By language; the two columns part all people who wrote in it."""
    crossed = _crossed(counted, labels.language, counting.LANGUAGE, counting.NOT_ANSWERED)
    return {language: [max(0, people - lost), lost] for language, (people, lost) in crossed.items()}


def _people(lot: Lot, key: str, title: str, rows: Dict[str, List[int]]) -> Table:
    """Without a total: somebody may be in several rows."""
    return _table(lot, key, title, ("people",), rows)


def _share_of(column: int) -> Callable[[Sequence[int]], str]:
    return lambda cells: share(cells[column], sum(cells))


def _table(
    lot: Lot,
    key: str,
    title: str,
    columns: Sequence[str],
    rows: Dict[str, List[int]],
    last: Optional[Callable[[Sequence[int]], str]] = None,
    note: str = "",
    total: bool = False,
) -> Table:
    hidden: Safe = safe(rows, partial(lot, key))

    def cells(numbers: Sequence[int]) -> Sequence[str]:
        return [*map(str, numbers), *([last(numbers)] if last else [])]

    bars = [*hidden.rows, *([(labels.OTHERS, hidden.others)] if hidden.others else [])]
    shown = [(label, cells(numbers)) for label, numbers in bars]
    if total and hidden.total is not None:
        shown.append((labels.TOTAL, cells(hidden.total)))
    return Table(key, title, (*columns, *(["share"] if last else [])), shown, bars, note)


def _unanswered(kept: Mapping[questions.Question, int]) -> List[Asked]:
    """What five people or more asked, what most asked first."""
    often = sorted((-people, *question) for question, people in kept.items() if people >= SMALLEST)
    return [Asked(language, words, rounded(-people)) for people, language, words in often]
