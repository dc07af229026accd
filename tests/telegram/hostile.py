"""Updates of every kind of the Bot API, plausible and broken, for tests and for ``python -m bench.hostile``.

The schema is python-telegram-bot's own: the parameters of its classes, which follow the Bot API. Everything readable in
an update holds MARKER, so that it is found wherever it does not belong.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import telegram
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

MARKER = "zqxmarker"
FIRST_CHAT = 710_000_0000
CHATS = 400
GROUPS = tuple(-100_200_300 - number for number in range(20))
MESSAGES = 3
DEEP = 200

UPDATES = {
    name: parameter.annotation
    for name, parameter in inspect.signature(telegram.Update.__init__).parameters.items()
    if name not in ("self", "update_id", "api_kwargs")
}
"""Kind of update → its class, as annotated."""
READ = ("message", "edited_message", "callback_query", "my_chat_member")

TEXTS = tuple(
    text.replace("M", MARKER)
    for text in (
        "M", "how much is the fee M", "/start M", "/start NP-QA-ne_fees", "/delete M", "/exit M", "/M", "//restart M",
        '/inform{"origin":"M"}', "<b>M</b> & <script>", "M\x00\x01\x1b[31m", "\ud800M\udfff", "\u202eM\u202c\u2066",
        "\u200b\u200d\ufeffM", "%s %(M)s {M} {0}", "'; DROP TABLE inbox; -- M", "M" + "\u0301" * 300, "🇳🇵👩‍👩‍👧M",
        "काठमाडौं M पासपोर्ट", "M\n" * 50, "@advisor_test_bot M", "/fees@advisor_test_bot", "RAISE M",
        "../../M", "null M",
    )
)  # fmt: skip
PAYLOADS = (
    "/show_menu", "/quick_exit", "/delete_my_data", '/ask_fees{"step":"check"}', "/restart", "/session_start", 7,
    '/inform{"origin":["NP"]}', '/inform{"a":{"b":{}}}', '/show_menu{"step":"place:' + MARKER + '"}', MARKER,
    "/show_menu\ud800", "/" + "x" * 200, "", '/EXTERNAL: "' + MARKER + '"', "/show_menu{", "\x00", "old:v1:" + MARKER,
)  # fmt: skip
HUGE = (2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30, -1, -(2**63), 0)

long_texts = st.sampled_from((MARKER + "x" * 100_000, "नमस्ते " * 14_000 + MARKER, MARKER + "\ud800" * 5_000))
texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40).map(lambda text: MARKER + text))
chats = st.integers(FIRST_CHAT, FIRST_CHAT + CHATS - 1)
languages = st.sampled_from(("en", "ne", "bn", "tl", "in", "xx", "", "ne-NP", "\x00", MARKER))


@st.composite
def persons(draw: st.DrawFn, chat: int) -> dict[str, Any]:
    return {"id": abs(chat), "is_bot": False, "first_name": MARKER, "language_code": draw(languages)}


@st.composite
def messages(draw: st.DrawFn, depth: int = 3) -> dict[str, Any]:
    """Mostly of a private chat, with text or with anything else that a message may hold."""
    chat = draw(st.sampled_from(GROUPS) if draw(st.integers(0, 6)) == 3 else chats)
    kind = "private" if chat > 0 else draw(st.sampled_from(("group", "supergroup", "channel")))
    message: dict[str, Any] = {
        "message_id": draw(st.integers(1, MESSAGES)),
        "date": draw(st.sampled_from((1_760_000_000, 1_760_000_060, 0))),
        "chat": {"id": chat, "type": kind, "title": MARKER},
        "from": draw(persons(chat)),
    }
    what = draw(st.integers(0, 9))
    if what < 6:
        message["text"] = draw(long_texts if draw(st.integers(0, 30)) == 0 else texts)
    else:
        optional = _fields("Message")
        for name in draw(st.lists(st.sampled_from(sorted(optional)), min_size=1, max_size=3, unique=True)):
            message.setdefault(name, draw(_values(optional[name], depth - 1)))
    if what == 9:
        message["media_group_id"] = draw(st.sampled_from(("1", "2", MARKER)))
        message["photo"] = [{"file_id": MARKER, "file_unique_id": MARKER, "width": 1, "height": 1}]
        message.update(draw(st.sampled_from(({}, {"caption": f"RAISE {MARKER}"}, {"caption": MARKER}))))
    return message


@st.composite
def presses(draw: st.DrawFn) -> dict[str, Any]:
    message = draw(messages())
    press = {"id": draw(st.sampled_from(("1", MARKER))), "from": message["from"], "chat_instance": MARKER}
    return {**press, "message": message, "data": draw(st.sampled_from(PAYLOADS))}


def _name_of(parameter: str) -> str:
    return {"from_user": "from"}.get(parameter, parameter)


@cache
def _fields(of: str, required: bool = False) -> Mapping[str, str]:
    """Field → its annotation."""
    parameters = inspect.signature(getattr(telegram, of).__init__).parameters.items()
    return {
        _name_of(name): str(parameter.annotation)
        for name, parameter in parameters
        if name not in ("self", "api_kwargs") and (parameter.default is inspect.Parameter.empty) >= required
    }


@cache
def _classes_in(annotation: str) -> tuple[str, ...]:
    found = [getattr(telegram, name, None) for name in re.findall(r"[A-Za-z_]\w*", annotation)]
    classes = [each for each in found if inspect.isclass(each) and issubclass(each, telegram.TelegramObject)]
    return tuple({heir.__name__: 0 for each in classes for heir in (each.__subclasses__() or [each])})


@st.composite
def _values(draw: st.DrawFn, annotation: str, depth: int) -> Any:
    """Anything that fits the annotation."""
    if "Sequence[" in annotation:
        inner = annotation.replace("Sequence[", "", 1)
        return [draw(_values(inner, depth - 1)) for _ in range(draw(st.integers(0, 2)))]
    classes = [name for name in _classes_in(annotation) if hasattr(telegram, name)]
    if classes:
        return draw(_objects(draw(st.sampled_from(classes)), depth)) if depth > 0 else {}
    if "datetime" in annotation or "int" in annotation:
        return draw(st.sampled_from((0, 1, 77, 1_760_000_000)))
    if "float" in annotation:
        return draw(st.floats(-180, 180))
    return draw(st.booleans()) if "bool" in annotation else draw(texts)


@st.composite
def _objects(draw: st.DrawFn, of: str, depth: int) -> dict[str, Any]:
    """All that the class requires, and now and then something more."""
    if of in ("Message", "InaccessibleMessage"):
        return draw(messages(depth))
    required, optional = _fields(of, True), _fields(of)
    more = sorted(set(optional) - set(required))
    names = [*required, *(draw(st.lists(st.sampled_from(more), max_size=2, unique=True)) if more else [])]
    if of == "Chat":
        is_private = draw(st.booleans())
        return {
            "id": draw(chats if is_private else st.sampled_from(GROUPS)),
            "type": "private" if is_private else "group",
        }
    return {name: draw(_values(optional[name], depth - 1)) for name in names}


def _nested(depth: int) -> Any:
    nest: Any = MARKER
    for _ in range(depth):
        nest = {"reply_to_message": nest}
    return nest


broken = st.one_of(
    st.none(), st.booleans(), st.sampled_from(HUGE), st.floats(), texts, st.just([]), st.just({}),
    st.just([[MARKER]]), st.just({MARKER: MARKER}), st.just(_nested(DEEP)),
)  # fmt: skip


@st.composite
def _damaged(draw: st.DrawFn, content: Any) -> Any:
    """With up to three fields of a wrong kind, missing, or unknown."""
    content = deepcopy(content)
    for _ in range(draw(st.integers(1, 3))):
        holders = [each for each in _dicts_in(content) if each]
        if not holders:
            break
        holder = holders[draw(st.integers(0, len(holders) - 1))]
        field = draw(st.sampled_from(sorted(holder)))
        act = draw(st.integers(0, 4))
        if act == 0:
            del holder[field]
        elif act == 1:
            holder[draw(st.sampled_from(("new_thing", MARKER, "text", "chat")))] = deepcopy(draw(broken))
        else:
            holder[field] = deepcopy(draw(broken))
    return content


def _dicts_in(content: Any) -> list[dict[str, Any]]:
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    found = [each for value in inner for each in _dicts_in(value)]
    return [content, *found] if isinstance(content, dict) else found


@st.composite
def contents(draw: st.DrawFn, kind: str | None = None) -> dict[str, Any]:
    """An update without its number: mostly of the kinds that we ask for, each other kind too, and unknown ones."""
    if kind is None:
        chance = draw(st.integers(0, 29))
        kind = draw(st.sampled_from((*READ, "message")) if chance < 20 else st.sampled_from(sorted(UPDATES)))
        kind = MARKER if chance == 25 else kind
    if kind == "callback_query":
        content = draw(presses())
    elif (
        "message" in kind
        and kind in UPDATES
        and "Message" in str(UPDATES[kind])
        and "Deleted" not in str(UPDATES[kind])
    ):
        content = draw(messages())
        if kind.startswith("edited"):
            content["edit_date"] = content["date"] + draw(st.sampled_from((0, 1, 3600, 4000)))
    else:
        content = draw(_values(str(UPDATES.get(kind, "telegram.Message")), 3))
    return {kind: draw(_damaged(content)) if draw(st.integers(0, 2)) == 0 else content}


def hostile_updates(number: int, start: int = 1) -> list[dict[str, Any]]:
    """So many updates, the same each time, numbered from 1: first one of each kind."""
    of_each_kind = st.tuples(*(contents(kind) for kind in (*UPDATES, MARKER)))
    made = list(_drawn(of_each_kind, 1, start)[0])
    while len(made) < number:
        start += 1
        made += _drawn(contents(), min(number - len(made), 1_000), start)
    return [{"update_id": place, **content} for place, content in enumerate(made[:number], start=1)]


def _drawn(strategy: st.SearchStrategy[Any], number: int, number_of_seed: int) -> list[Any]:
    drawn: list[Any] = []

    @seed(number_of_seed)
    @settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def draw(example: Any) -> None:
        drawn.append(example)

    draw()
    return drawn
