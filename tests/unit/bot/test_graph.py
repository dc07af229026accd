"""Rasa's graph, run in order: the same results as by Rasa's own runner, each component once."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.dialogue.graph import InOrder

worked: list[str] = []


class Noting(GraphComponent):
    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(cls, config: Any, model_storage: Any, resource: Any, execution_context: ExecutionContext) -> Noting:
        return cls(str(execution_context.node_name))

    def begin(self, text: str) -> str:
        worked.append(self._name)
        return f"{self._name}({text})"

    def join(self, first: str, second: str) -> str:
        worked.append(self._name)
        return f"{self._name}({first},{second})"


def node(step: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Noting, constructor_name="create", fn=step, config={}, eager=True)


SCHEMA = GraphSchema(
    {
        "all": node("join", first="left", second="right"),  # stands before what it needs
        "left": node("begin", text="message"),
        "right": node("join", first="left", second="more"),
        "more": node("begin", text="message"),
        "unasked": node("begin", text="message"),
    }
)


def runner(kind: type[GraphRunner], tmp_path: Any) -> GraphRunner:
    worked.clear()
    return kind.create(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))


@pytest.mark.parametrize("targets", [["all"], ["right"], ["left", "all"]])
def test_it_gives_what_the_other_runner_gives(tmp_path: Any, targets: list[str]) -> None:
    given = {"message": "hello"}
    expected = runner(DaskGraphRunner, tmp_path).run(dict(given), targets)
    assert runner(InOrder, tmp_path).run(dict(given), targets) == expected


def test_each_component_works_once_and_only_those_that_are_needed(tmp_path: Any) -> None:
    runner(InOrder, tmp_path).run({"message": "hello"}, ["all"])
    assert sorted(worked) == ["all", "left", "more", "right"]


def test_one_message_leaves_nothing_for_the_next(tmp_path: Any) -> None:
    in_order = runner(InOrder, tmp_path)
    in_order.run({"message": "first"}, ["all"])
    assert in_order.run({"message": "second"}, ["left"]) == {"left": "left(second)"}


def test_a_component_that_misses_its_input_says_so(tmp_path: Any) -> None:
    with pytest.raises(GraphRunError):
        runner(InOrder, tmp_path).run({}, ["all"])
