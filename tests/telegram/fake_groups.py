"""Groups with topics, as the Bot API has them: what staff do in them, and what Telegram refuses there."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api_rules import ApiError, visible_text

BOT = 4200000001
GENERAL = 1


@dataclass
class Group:
    """``topics``: number → name. ``status`` and ``manages`` are the bot's own."""

    topics: dict[int, str] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    is_forum: bool = True
    status: str = "administrator"
    manages: bool = True
    upgraded_to: int | None = None
    strangers: set[int] = field(default_factory=set)
    """Users who can write but are no members."""

    def bot(self) -> dict[str, Any]:
        member = {"user": {"id": BOT, "is_bot": True, "first_name": "Advisor"}, "status": self.status}
        if self.status == "administrator":
            rights = dict.fromkeys(_RIGHTS, True)
            return {**member, **rights, "can_manage_topics": self.manages}
        return {**member, "until_date": 0} if self.status == "kicked" else member


class FakeGroups:
    """Mixed into the fake Bot API, which gives ``post``, ``changed``, ``_ids`` and ``_messages``."""

    _ids: itertools.count[int]
    _messages: list[Any]

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[int, Group] = {}
        self.people_said: dict[tuple[int, int], dict[str, Any]] = {}
        self.deleted_topics: list[tuple[int, int]] = []
        self.used_threads: set[int] = set()
        """Topics that something stands in."""

    # What staff and Telegram do.

    def add_group(self, chat_id: int, **others: Any) -> Group:
        self.groups[chat_id] = Group(**others)
        return self.groups[chat_id]

    def staff(self, chat_id: int, user: int, text: str | None, thread: int | None = None, **content: Any) -> int:
        """A message in the group; its number."""
        if text is not None:
            content["text"] = text
        message = self._in_group(chat_id, user, thread, **content)
        self.post("message", message)
        return int(message["message_id"])

    def staff_edit(self, chat_id: int, user: int, message_id: int, text: str, thread: int | None = None) -> None:
        message = self._in_group(chat_id, user, thread, text=text)
        self.post("edited_message", {**message, "message_id": message_id, "edit_date": 2})

    def set_bot(self, chat_id: int, status: str, manages: bool = True) -> None:
        """The bot is removed, loses its rights, or gets them (back)."""
        group = self.groups[chat_id]
        before = group.bot()
        group.status, group.manages = status, manages
        chat = {"id": chat_id, "type": "supergroup", "title": "Desk"}
        person = {"id": 99, "is_bot": False, "first_name": "Owner"}
        change = {"old_chat_member": before, "new_chat_member": group.bot()}
        self.post("my_chat_member", {"chat": chat, "from": person, "date": 1, **change})

    def block(self, chat_id: int) -> None:
        """A person blocks the bot."""
        bot = {"id": BOT, "is_bot": True, "first_name": "Advisor"}
        old = {"user": bot, "status": "member"}
        new = {"user": bot, "status": "kicked", "until_date": 0}
        person = {"id": chat_id, "is_bot": False, "first_name": "Somebody"}
        chat = {"id": chat_id, "type": "private"}
        change = {"chat": chat, "from": person, "date": 1, "old_chat_member": old, "new_chat_member": new}
        self.post("my_chat_member", change)

    def upgrade(self, old: int, new: int, *, told: bool = True) -> None:
        self.groups[new] = Group()
        self.groups[old].upgraded_to = new
        if told:
            chat = {"id": old, "type": "group", "title": "Desk"}
            person = {"id": 99, "is_bot": False, "first_name": "Owner"}
            message = {"message_id": next(self._ids), "date": 1, "chat": chat, "from": person}
            self.post("message", {**message, "migrate_to_chat_id": new})

    def leave(self, chat_id: int, user: int) -> None:
        gone = {"id": user, "is_bot": False, "first_name": "Colleague"}
        self.post("message", self._in_group(chat_id, user, None, left_chat_member=gone))

    def delete_topic(self, chat_id: int, thread: int) -> None:
        del self.groups[chat_id].topics[thread]

    def topic_of(self, chat_id: int, number: object) -> int:
        """Of the latest topic whose name names that case."""
        found = [thread for thread, name in self.groups[chat_id].topics.items() if f" {number} " in f"{name} "]
        return found[-1]

    def in_topic(self, chat_id: int, thread: int | None) -> list[str]:
        """What the bot wrote there, as staff see it now."""
        return [message.text for message in self._messages if (message.chat_id, message.thread) == (chat_id, thread)]

    def _in_group(self, chat_id: int, user: int, thread: int | None, **content: Any) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "supergroup", "title": "Desk", "is_forum": True}
        person = {"id": user, "is_bot": False, "first_name": f"Colleague {user}"}
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread is not None else {}
        number = next(self._ids)
        message = {"message_id": number, "date": 1, "chat": chat, "from": person, **topic, **content}
        self.people_said[chat_id, number] = message
        return message

    # What the bot asks for.

    def check_place(self, parameters: Mapping[str, Any]) -> None:
        """Whether the bot may send there. Raises ApiError."""
        group = self._may(int(parameters["chat_id"]))
        thread = parameters.get("message_thread_id")
        if group is not None and thread is not None and (thread == GENERAL or thread not in group.topics):
            raise ApiError(400, "Bad Request: message thread not found")
        if thread is not None:
            self.used_threads.add(int(thread))

    def _may(self, chat_id: int) -> Group | None:
        group = self.groups.get(chat_id)
        if group is None:
            return None
        if group.upgraded_to is not None:
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, description, migrate_to_chat_id=group.upgraded_to)
        if group.status in ("left", "kicked"):
            raise ApiError(403, "Forbidden: bot was kicked from the supergroup chat")
        return group

    def call_of_group(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """NotImplemented for a method that is not of groups."""
        if method == "copyMessage":
            return self._copy(parameters)
        if method == "getChatMember":
            return self._member(int(parameters["chat_id"]), int(parameters["user_id"]))
        if not method.endswith("ForumTopic"):
            return NotImplemented
        group = self._may(int(parameters["chat_id"]))
        if group is None:
            raise ApiError(400, "Bad Request: chat not found")
        if not group.is_forum:
            raise ApiError(400, "Bad Request: the chat is not a forum")
        if not group.manages or group.status != "administrator":
            raise ApiError(400, "Bad Request: not enough rights to create a topic")
        if method == "createForumTopic":
            return self._create(group, parameters)
        thread = int(parameters["message_thread_id"])
        if thread not in group.topics:
            raise ApiError(400, "Bad Request: message thread not found")
        return self._change_topic(method, group, thread, parameters)

    def _create(self, group: Group, parameters: Mapping[str, Any]) -> dict[str, Any]:
        name = str(parameters["name"])
        if not 1 <= len(name) <= 128:
            raise ApiError(400, "Bad Request: topic name is invalid")
        thread = next(self._ids)
        group.topics[thread] = name
        self.changed()  # type: ignore[attr-defined]
        return {"message_thread_id": thread, "name": name, "icon_color": 7322096}

    def _change_topic(self, method: str, group: Group, thread: int, parameters: Mapping[str, Any]) -> bool:
        if method == "editForumTopic":
            if group.topics[thread] == parameters.get("name"):
                raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
            group.topics[thread] = str(parameters["name"])
        elif method == "closeForumTopic":
            if thread in group.closed:
                raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
            group.closed.add(thread)
        elif method == "reopenForumTopic":
            group.closed.discard(thread)
        elif method == "deleteForumTopic":
            del group.topics[thread]
            self.deleted_topics.append((int(parameters["chat_id"]), thread))
        self.changed()  # type: ignore[attr-defined]
        return True

    def _copy(self, parameters: Mapping[str, Any]) -> dict[str, int]:
        self.check_place(parameters)
        source = (int(parameters["from_chat_id"]), int(parameters["message_id"]))
        said = self.people_said.get(source)
        sent = [message for message in self._messages if (message.chat_id, message.message_id) == source]
        if said is None and not sent:
            raise ApiError(400, "Bad Request: message to copy not found")
        old = sent[0].text if sent else str(said.get("caption") or said.get("text") or "")  # type: ignore[union-attr]
        has_caption = parameters.get("caption") is not None
        text = visible_text(str(parameters["caption"]), parameters.get("parse_mode")) if has_caption else old
        return {"message_id": self.sent_copy(parameters, text, source)}

    def _member(self, chat_id: int, user: int) -> dict[str, Any]:
        group = self._may(chat_id)
        assert group is not None
        if user == BOT:
            return group.bot()
        status = "left" if user in group.strangers else "member"
        return {"user": {"id": user, "is_bot": False, "first_name": "Colleague"}, "status": status}

    # Given by the fake Bot API.

    def post(self, kind: str, content: dict[str, Any]) -> int:
        raise NotImplementedError

    def sent_copy(self, parameters: Mapping[str, Any], text: str, source: tuple[int, int]) -> int:
        raise NotImplementedError


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
