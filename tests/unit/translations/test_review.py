"""What `advisor translations status` counts: translated, draft, reviewed, stale."""

from __future__ import annotations

from pathlib import Path

from translations.review import State, state_of_facts, state_of_messages

HEAD = 'msgid ""\nmsgstr ""\n"Language: ne\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(directory: Path, domain: str, entries: str) -> None:
    folder = directory / "ne" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{domain}.po").write_text(HEAD + entries, encoding="utf-8")


def test_messages_are_counted_by_what_a_reader_made_of_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        "messages",
        '# draft\n#. English: Menu\nmsgid "a.menu"\nmsgstr "मेनु"\n\n'
        '#. English: Back, at\n#. length\nmsgid "a.back"\nmsgstr "पछाडि"\n\n'
        '# draft\n#. English: Old words\nmsgid "a.changed"\nmsgstr "पुरानो"\n\n'
        '#. English: Back\nmsgid "a.missing"\nmsgstr ""\n',
    )
    english = {
        "a.menu": "Menu",
        "a.back": "Back, at length",
        "a.changed": "New words",
        "a.missing": "Not yet",
    }
    assert state_of_messages(tmp_path, "ne", english) == State(needed=4, translated=3, draft=2, reviewed=1, stale=1)


def test_a_fact_is_stale_when_its_english_summary_changed_or_it_is_gone(tmp_path: Path) -> None:
    write(
        tmp_path,
        "facts",
        '# draft\nmsgctxt "np.a"\nmsgid "One."\nmsgstr "एक।"\n\nmsgctxt "np.b"\nmsgid "Two."\nmsgstr "दुई।"\n\n'
        '# draft\nmsgctxt "np.gone"\nmsgid "Three."\nmsgstr "तीन।"\n',
    )
    state = state_of_facts(tmp_path, "ne", {"np.a": "One.", "np.b": "Two, now."}, ["np.a", "np.b"])
    assert state == State(needed=2, translated=3, draft=2, reviewed=1, stale=2)


def test_a_language_without_catalog_has_nothing(tmp_path: Path) -> None:
    assert state_of_messages(tmp_path, "ne", {"a.b": "C"}) == State(1, 0, 0, 0, 0)
