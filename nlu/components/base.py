"""What our components have in common for Rasa: no configuration, and how one is made."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, Dict, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class Unconfigured(GraphComponent):
    """A component whose choices were made by measurement, not in config.yml."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}


class Stateless(Unconfigured):
    """A component that learns nothing."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Stateless:
        return cls()


class Learning(Unconfigured):
    """A component that keeps what it learnt in ``model``; None before training."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, model: Optional[Any] = None) -> None:
        self._storage, self._resource, self._model = model_storage, resource, model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Learning:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Learning:
        with model_storage.read_from(resource) as directory:
            return cls(model_storage, resource, cls.read(Path(directory)))

    @classmethod
    @abstractmethod
    def read(cls, directory: Path) -> Any:
        """What an earlier training wrote to this directory."""
