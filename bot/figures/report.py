"""The report of a month: tables whose small counts are hidden already (suppression.py), whatever they are shown as."""

from __future__ import annotations

import datetime
import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.figures import counting, labels, questions
from bot.figures.month import Month
from bot.figures.suppression import SMALLEST, Safe, rounded, safe, share
from bot.store.sealing import Seal
from bot.store.tables import case_figures, counts

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
    """A question that got no answer: the code of its language, what is left of its words, how often it came, about."""

    language: str
    words: str
    times: int


@dataclass(frozen=True)
class Report:
    """``unanswered``: only what came five times or more. ``questions_since``: from this day on their words are still
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
    counted = _rows(connection, counts, month)
    cases = _rows(connection, case_figures, month)
    tables = [*(_of_turns(counted) if counted else ()), *(_of_cases(cases) if cases else ())]
    today = counting.today()
    oldest = today - datetime.timedelta(days=keep_days)
    asked = _unanswered(questions.kept(connection, seal, month.first, month.end))
    return Report(month, tables, asked, month.end <= today, oldest if oldest > month.first else None)


def _rows(connection: Connection, table: sa.Table, month: Month) -> List[Row]:
    wanted = sa.select(table).where(table.c.day >= month.first, table.c.day < month.end)
    return list(connection.execute(wanted))


def _of_turns(counted: Sequence[Row]) -> List[Table]:
    turns, lost = (counting.TURN,), (counting.FALLBACK, counting.OUT_OF_SCOPE)
    answered = _answered_or_not(counted, lost)
    by_what = _crossed(counted, _topic, ((counting.HELPFUL,), (counting.UNHELPFUL,)))
    by_language = _crossed(counted, _language, ((counting.HELPFUL,), (counting.UNHELPFUL,)))
    danger = _crossed(counted, _danger, ((counting.DANGER,), (counting.POSSIBLE_DANGER,)))
    return [
        _counted("turns_by_topic", "Messages by topic", _crossed(counted, _topic, (turns,))),
        _counted("turns_by_language", "Messages by language", _crossed(counted, _language, (turns,))),
        _counted("turns_by_pair", "Messages by countries", _crossed(counted, _pair, (turns,))),
        _table("danger", "Danger by kind", ("certain", "possible"), danger),
        _table(
            "not_answered", "Not answered, by language", ("answered", "not answered"), answered, _share_of(1),
            note="Not understood, or about something we give no advice on.",
        ),
        _table("helpful_by_topic", "Did it help? By topic", ("yes", "no"), by_what, _share_of(0)),
        _table("helpful_by_language", "Did it help? By language", ("yes", "no"), by_language, _share_of(0)),
        _counted("checks", "Guided checks finished", _crossed(counted, _topic, ((counting.CHECK,),))),
        _counted("handover", "Asked for a person, by language", _crossed(counted, _language, ((counting.HANDOVER,),))),
    ]  # fmt: skip


def _of_cases(cases: Sequence[Row]) -> List[Table]:
    ways: Sequence[Tuple[str, str, Callable[[Row], str]]] = (
        ("cases_by_pair", "Cases by countries", _pair),
        ("cases_by_topic", "Cases by topic", _topic),
        ("cases_by_urgency", "Cases by urgency", lambda case: labels.plain(case.urgency)),
        ("cases_by_outcome", "Cases by outcome", lambda case: labels.plain(case.outcome)),
        ("cases_helped", "Cases: did the desk help?", lambda case: labels.yes_or_no(case.helped)),
    )
    tables = []
    for key, title, of in ways:
        found: Dict[str, List[int]] = defaultdict(lambda: [0])
        for case in cases:
            found[of(case)][0] += 1
        tables.append(_counted(key, title, found, "cases"))
    return [*tables, _waiting(cases)]


def _waiting(cases: Sequence[Row]) -> Table:
    """Minutes from opening until somebody took the case. How many were taken is not told."""
    by_urgency: Dict[str, List[int]] = defaultdict(list)
    for case in cases:
        if case.waited is not None:
            by_urgency[labels.plain(case.urgency)].append(case.waited)
            by_urgency["All"].append(case.waited)
    rows = []
    for urgency, minutes in sorted(by_urgency.items()):
        if len(minutes) >= SMALLEST:
            most = str(_ninetieth(minutes)) if len(minutes) >= FEWEST_FOR_MOST else "–"
            rows.append((urgency, (str(round(statistics.median(minutes))), most)))
    note = f"Shown from {SMALLEST} cases on, the 90th percentile from {FEWEST_FOR_MOST} on."
    return Table("waiting", "Minutes until a case was taken", ("median", "90th percentile"), rows, note=note)


def _ninetieth(minutes: Sequence[int]) -> int:
    return round(statistics.quantiles(minutes, n=10, method="inclusive")[8])


def _topic(row: Row) -> str:
    return labels.topic(row.topic)


def _danger(row: Row) -> str:
    return labels.danger(row.topic)


def _language(row: Row) -> str:
    return labels.language(row.language)


def _pair(row: Row) -> str:
    return labels.pair(row.origin, row.destination)


def _crossed(
    counted: Sequence[Row], of: Callable[[Row], str], columns: Sequence[Sequence[str]]
) -> Dict[str, List[int]]:
    """Label → a sum for each column, which is one or more things that are counted."""
    found: Dict[str, List[int]] = defaultdict(lambda: [0] * len(columns))
    for row in counted:
        for place, what in enumerate(columns):
            if row.what in what:
                found[of(row)][place] += row.n
    return found


def _answered_or_not(counted: Sequence[Row], lost: Sequence[str]) -> Dict[str, List[int]]:
    """By language; the two columns part all messages."""
    crossed = _crossed(counted, _language, ((counting.TURN,), lost))
    return {
        language: [max(0, turns - not_answered), not_answered] for language, (turns, not_answered) in crossed.items()
    }


def _counted(key: str, title: str, rows: Dict[str, List[int]], unit: str = "messages") -> Table:
    return _table(key, title, (unit,), rows)


def _share_of(column: int) -> Callable[[Sequence[int]], str]:
    return lambda cells: share(cells[column], sum(cells))


def _table(
    key: str,
    title: str,
    columns: Sequence[str],
    rows: Dict[str, List[int]],
    last: Optional[Callable[[Sequence[int]], str]] = None,
    note: str = "",
) -> Table:
    hidden: Safe = safe(rows)

    def cells(numbers: Sequence[int]) -> Sequence[str]:
        return [*map(str, numbers), *([last(numbers)] if last else [])]

    bars = [*hidden.rows, *([(labels.OTHERS, hidden.others)] if hidden.others else [])]
    shown = [(label, cells(numbers)) for label, numbers in bars]
    if hidden.total is not None:
        shown.append((labels.TOTAL, cells(hidden.total)))
    return Table(key, title, (*columns, *(["share"] if last else [])), shown, bars, note)


def _unanswered(kept: Mapping[questions.Question, int]) -> List[Asked]:
    """What came five times or more, most often first."""
    often = sorted((-times, *question) for question, times in kept.items() if times >= SMALLEST)
    return [Asked(language, words, rounded(-times)) for times, language, words in often]
