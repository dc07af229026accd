"""Every topic that a case ever had, in whichever group: kept so that all of them can be deleted with it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.desk.errands import Errand
from bot.store import Seal
from bot.store.desk_tables import case_topics, place_of_topics
from bot.store.outbox import place_of_content
from bot.store.tables import IS_UNSENT, outbox
from bot.telegram.letters import Letter

Topic = tuple[int, int]
"""A group and the number of a topic in it."""


class Topics:
    """Reads and writes of one transaction."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def made(self, connection: Connection, case: int, chat_id: int, thread: int) -> None:
        chat = self._seal.chat(chat_id)
        sealed = self._seal.close(str(chat_id).encode(), place_of_topics(chat))
        row = {"case_id": case, "chat": chat, "chat_id": sealed, "thread": thread}
        connection.execute(sa.insert(case_topics).values(row))

    def of(self, connection: Connection, case: int) -> list[Topic]:
        wanted = sa.select(case_topics).where(case_topics.c.case_id == case).order_by(case_topics.c.id)
        rows = connection.execute(wanted).all()
        return [(int(self._seal.open(row.chat_id, place_of_topics(row.chat))), row.thread) for row in rows]

    def forget(self, connection: Connection, case: int) -> None:
        connection.execute(sa.delete(case_topics).where(case_topics.c.case_id == case))

    def take_back(self, connection: Connection, case: int, chats: set[int], *, only_words: bool) -> None:
        """What still waits for the case in these groups is not delivered. A group that cannot be reached would keep
        it long after its person had everything deleted. ``only_words``: what the person wrote."""
        threads = {thread for _, thread in self.of(connection, case)}
        for chat in map(self._seal.chat, chats):
            unsent = sa.select(outbox.c.id, outbox.c.content).where(IS_UNSENT).where(outbox.c.chat == chat)
            for row in connection.execute(unsent).all():
                errand = Errand.of(Letter.from_bytes(self._seal.open(row.content, place_of_content(chat))))
                if errand is None:
                    continue
                is_of_case = errand.case == case or (errand.case is None and errand.thread in threads)
                if is_of_case and (errand.by_person or not only_words):
                    connection.execute(sa.delete(outbox).where(outbox.c.id == row.id))
