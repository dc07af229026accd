"""The threads that talk to the database. What is urgent goes before what waits."""

from __future__ import annotations

import itertools
import queue
import threading
from concurrent.futures import Future
from typing import Any, Callable, Tuple

URGENT, USUAL, LAST = 0, 1, 2
_Item = Tuple[int, int, Callable[[], Any], "Future[Any]"]


class Threads:
    """Like a ThreadPoolExecutor, with a rank for each piece of work: lower goes first."""

    def __init__(self, number: int) -> None:
        self._work: queue.PriorityQueue[_Item] = queue.PriorityQueue()
        self._order = itertools.count()
        self._threads = [threading.Thread(target=self._run, name="database", daemon=True) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], Any], rank: int) -> Future[Any]:
        future: Future[Any] = Future()
        self._work.put((rank, next(self._order), work, future))
        return future

    def shutdown(self) -> None:
        """After all that was submitted."""
        for _ in self._threads:
            self._work.put((LAST, next(self._order), _end, Future()))
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while True:
            _, _, work, future = self._work.get()
            if work is _end:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
            del work, future


def _end() -> None:
    """Told to a thread that it is not needed any more."""
