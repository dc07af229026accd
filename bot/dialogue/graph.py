"""Runs Rasa's graph of components one after the other.

Rasa plans every message and every prediction anew with dask, which costs as much as some components do. The plan
depends on nothing but the targets, so it is made once for each; the components and what they pass on stay Rasa's.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence, Tuple

from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner

Plan = Sequence[Tuple[str, GraphNode, Sequence[str]]]
"""(name, node, the names of what it needs), each after those it needs."""


class InOrder(GraphRunner):
    """Takes the place of ``planner`` once its components are loaded."""

    def __init__(self, planner: DaskGraphRunner) -> None:
        self._schema: GraphSchema = planner._graph_schema
        self._nodes: Mapping[str, GraphNode] = planner._instantiated_nodes
        self._plans: dict[Tuple[str, ...], Plan] = {}

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> InOrder:
        return cls(DaskGraphRunner.create(*args, **kwargs))

    def run(
        self, inputs: Optional[Mapping[str, Any]] = None, targets: Optional[Sequence[str]] = None
    ) -> dict[str, Any]:
        """What each of ``targets`` gives, by its name; ``inputs`` by the names under which nodes ask for them."""
        wanted = tuple(targets or self._schema.target_names)
        given = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._plan(wanted):
            given[name] = node(*(given.get(need, need) for need in needs))
        return {name: given[name][1] for name in wanted}

    def _plan(self, targets: Tuple[str, ...]) -> Plan:
        if targets not in self._plans:
            ordered: dict[str, None] = {}
            for target in targets:
                self._order(target, ordered)
            self._plans[targets] = [
                (name, self._nodes[name], tuple(self._schema.nodes[name].needs.values())) for name in ordered
            ]
        return self._plans[targets]

    def _order(self, name: str, ordered: dict[str, None]) -> None:
        """What a message or a tracker is given as has no node: those are inputs."""
        if name in ordered or name not in self._schema.nodes:
            return
        for need in self._schema.nodes[name].needs.values():
            self._order(need, ordered)
        ordered[name] = None
