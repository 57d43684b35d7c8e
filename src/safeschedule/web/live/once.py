"""Answers that are worked out once, however many ask at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Once:
    """Answers by what was asked; whoever asks what is being worked out waits for it.

    Parameters
    ----------
    most
        Answers that are kept; those that nobody asked for the longest go first.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._answers: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def get(self, asked: Hashable, make: Callable[[], T]) -> T:
        """Return an answer, and work it out where it is not there. What fails is not kept."""
        with self._lock:
            there = self._answers.get(asked)
            mine: Future[Any] = Future() if there is None else there
            self._answers[asked] = mine
            self._answers.move_to_end(asked)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        if there is None:
            try:
                mine.set_result(make())
            except BaseException as error:
                with self._lock:
                    if self._answers.get(asked) is mine:
                        del self._answers[asked]
                mine.set_exception(error)
        found: T = mine.result()
        return found
