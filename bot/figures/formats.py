"""A report as CSV for a spreadsheet, and as one page of HTML that needs nothing from the network."""

from __future__ import annotations

import csv
import io
from html import escape
from itertools import zip_longest
from typing import Iterator, List

from bot.figures import labels
from bot.figures.charts import bar, key
from bot.figures.report import Report, Table
from bot.figures.suppression import SMALLEST, STEP

TOO_FEW = f"Nothing to show: none, or fewer than {SMALLEST}."
HOW_TO_READ = (
    "Counted are people, not messages: each once in the month for each row that concerns them, however often "
    f"they write, and with one case. Counts are rounded to {STEP}, so that totals differ a little. Rows with fewer "
    f"than {SMALLEST} are put together, so that nobody can be picked out. Whoever has everything deleted and writes "
    "again is counted as somebody new."
)
EMPTY = "Nothing was counted in {month}."
NOT_OVER = "This month is not over yet."
QUESTIONS = "Questions that got no answer"
QUESTIONS_ARE = (
    f"Only what {SMALLEST} people or more asked in the same words. \u201c\u2026\u201d stands for words that may name "
    "somebody, \u201c#\u201d for numbers."
)
QUESTIONS_GONE = "The words of questions from before {day} are deleted already."
_STYLE = """
body{font:16px/1.4 system-ui,sans-serif;max-width:46rem;margin:1.5rem auto;padding:0 1rem;color:#202124;background:#fff}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem;margin:2rem 0 .3rem}
table{border-collapse:collapse;width:100%}
th,td{padding:.25rem 0;border-bottom:1px solid #ddd;text-align:right;vertical-align:top}
td,th+th{padding-left:.8rem;font-variant-numeric:tabular-nums}
th:first-child,td:first-child{text-align:start;padding-left:0;overflow-wrap:anywhere}
th[scope=row]{font-weight:normal;width:75%}
tr.total th,tr.total td{font-weight:bold}
.note{color:#555}.bar{display:block;width:100%;height:.5rem}.key{width:.7rem;height:.7rem}
#questions th+th,#questions td+td{text-align:left}#questions th:last-child,#questions td:last-child{text-align:right}
@media print{tr,h2{break-inside:avoid;break-after:avoid}}
"""


def as_csv(report: Report) -> str:
    """``month,table,row,column,value``: a line for each number, so that months can be put one below the other."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(("month", "table", "row", "column", "value"))
    for table in report.tables:
        for label, cells in table.rows:
            for column, cell in zip(table.columns, cells, strict=True):
                lines.writerow((report.month, table.key, label, column, cell))
    for asked in report.unanswered:
        lines.writerow((report.month, "questions", asked.words, asked.language, asked.people))
    return out.getvalue()


def as_html(report: Report) -> str:
    """One page; each row of a table has its number and a bar of that length."""
    return "\n".join(_page(report)) + "\n"


def notes_of(report: Report) -> List[str]:
    """What must be said before the figures are read."""
    notes = [] if report.is_over else [NOT_OVER]
    return [*notes, EMPTY.format(month=report.month)] if report.is_empty else notes


def _page(report: Report) -> Iterator[str]:
    title = f"Migrant Worker Advisor: figures of {report.month}"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>"
    for note in notes_of(report):
        yield f"<p><strong>{escape(note)}</strong></p>"
    if not report.is_empty:
        yield f'<p class="note">{escape(HOW_TO_READ)}</p>'
        for table in report.tables:
            yield from _section(table)
        yield from _questions(report)
    yield "</body>\n</html>"


def _section(table: Table) -> Iterator[str]:
    yield f'<section id="{table.key}">\n<h2>{escape(table.title)}</h2>'
    if not table.rows:
        yield f'<p class="note">{TOO_FEW}</p>'
    else:
        yield f"<table>\n<tr><td></td>{''.join(_heads(table))}</tr>"
        longest = max((sum(numbers) for _, numbers in table.bars), default=0)
        for (label, cells), numbers in zip_longest(table.rows, [numbers for _, numbers in table.bars]):
            mark = ' class="total"' if label == labels.TOTAL else ""
            drawn = bar(numbers, longest) if numbers else ""  # not of the total
            shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            yield f'<tr{mark}><th scope="row">{escape(label)}{drawn}</th>{shown}</tr>'
        yield "</table>"
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'
    yield "</section>"


def _heads(table: Table) -> Iterator[str]:
    """With their colour, where a bar has several."""
    drawn = len(table.bars[0][1]) if table.bars else 0
    for place, head in enumerate(table.columns):
        colour = f"{key(place)}&nbsp;" if 1 < drawn > place else ""
        yield f'<th scope="col">{colour}{escape(head)}</th>'


def _questions(report: Report) -> Iterator[str]:
    yield f'<section id="questions">\n<h2>{QUESTIONS}</h2>\n<p class="note">{escape(QUESTIONS_ARE)}</p>'
    if report.questions_since is not None:
        yield f'<p class="note">{escape(QUESTIONS_GONE.format(day=report.questions_since))}</p>'
    if report.unanswered:
        yield '<table>\n<tr><th scope="col">question</th><th scope="col">language</th><th scope="col">people</th></tr>'
        for asked in report.unanswered:
            words = f'<td lang="{escape(asked.language)}" dir="auto">{escape(asked.words)}</td>'
            yield f"<tr>{words}<td>{escape(labels.language(asked.language))}</td><td>{asked.people}</td></tr>"
        yield "</table>"
    else:
        yield f'<p class="note">{TOO_FEW}</p>'
    yield "</section>"
