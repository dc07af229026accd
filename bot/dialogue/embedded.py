"""The advisor in this process: a Rasa agent, and its actions called without a network."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional

from sqlalchemy.exc import InterfaceError, OperationalError

import bot.dialogue.quiet as quiet
from bot.dialogue.port import DialogueUnavailable, Reply, Turn
from bot.dialogue.replies import replies_of
from nlu.text.reading import read_beforehand

if TYPE_CHECKING:
    from bot.dialogue.tracker_store import Keeper


class NoModel(Exception):
    """The model cannot be loaded."""


class EmbeddedDialogue:
    """``EmbeddedDialogue.load()`` takes about as long as importing Rasa; ask it then as often as needed."""

    def __init__(self, agent: Any) -> None:
        self._agent = agent

    @classmethod
    async def load(cls, model: Path, keeper: Optional[Keeper] = None) -> EmbeddedDialogue:
        """Loads a trained model (bot.training knows the current one). Raises NoModel.

        ``keeper``: where what is known of conversations is between two turns; None: only in memory.
        """
        from rasa.core.agent import load_agent  # rasa takes seconds to import; a client of RASA_URL never needs it

        quiet.quieten_rasa()
        from rasa.core.utils import AvailableEndpoints

        from bot.dialogue.graph import InOrder
        from bot.dialogue.tracker_store import ProfileTrackerStore

        endpoints = AvailableEndpoints(action=in_process_actions(), tracker_store=ProfileTrackerStore(keeper=keeper))
        agent = await load_agent(model_path=str(model), endpoints=endpoints)
        if not agent.is_ready():
            raise NoModel(f"{model.name} cannot be loaded: run `make train`")
        agent.processor.graph_runner = InOrder(agent.processor.graph_runner)
        return cls(agent)

    async def send(self, turn: Turn) -> List[Reply]:
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        collector = CollectingOutputChannel()
        message = UserMessage(
            turn.message, collector, turn.conversation, input_channel="advisor", metadata=turn.metadata
        )
        try:
            if turn.payload is None:
                await asyncio.get_running_loop().run_in_executor(None, read_beforehand, turn.message)
            await self._agent.handle_message(message)
        except asyncio.CancelledError:
            raise
        except (OperationalError, InterfaceError) as error:
            raise DialogueUnavailable("the database is away", away=True) from error
        except Exception as error:  # whatever breaks inside Rasa, the gateway needs to know one thing
            raise DialogueUnavailable(type(error).__name__) from error
        replies = replies_of(collector.messages)
        if not replies:
            raise DialogueUnavailable("no action answered")
        return replies

    async def close(self) -> None:
        self._agent = None


def in_process_actions() -> Any:
    """An action endpoint that calls our actions directly, in the form Rasa expects of a server."""
    from rasa.core.actions.action import RemoteAction
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    # Rasa checks the result against a schema, and that schema against its meta-schema, at every action: 18 ms of a
    # 31 ms turn. Our actions run in this process and are tested; there is no foreign server to mistrust.
    RemoteAction._validate_action_result = lambda self, result: True

    class InProcessActions(EndpointConfig):
        async def request(self, *args: Any, json: Optional[Mapping[str, Any]] = None, **kwargs: Any) -> Dict[str, Any]:
            result = await executor.run(dict(json or {}))
            return result or {"events": [], "responses": []}

    return InProcessActions(url="in-process")
