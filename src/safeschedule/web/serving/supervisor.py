"""The one command: brings the database up to date, starts the others, and starts again what ends."""

from __future__ import annotations

import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from safeschedule import Fault, InputError
from safeschedule.web.auth.signing_in import first_link
from safeschedule.web.serving import processes
from safeschedule.web.settings import Settings
from safeschedule.web.storage import Store

_LOOK = 0.3
_END_SECONDS = 6.0
"""How long processes get to end by themselves."""
_FREED = 10.0
"""Seconds in which an address is let go by what a killed supervisor left."""
_WAITING = 2048
"""Connections that may wait to be taken."""
_SOON = 2.0
"""Seconds between two starts of a process that ends at once."""


@dataclass
class _Kept:
    """A process that is started again when it ends."""

    name: str
    target: Callable[..., None]
    more: tuple[Any, ...] = ()
    process: BaseProcess | None = None
    started: float = field(default=-_SOON)

    def keep(self, settings: Settings) -> None:
        """Start it, unless it runs or was started just now."""
        if self.process is not None and self.process.is_alive():
            return
        if time.monotonic() - self.started < _SOON:
            return
        self.started = time.monotonic()
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=self.target, args=(settings, *self.more), name=self.name)
        self.process.start()


def serve(settings: Settings, tell: Callable[[str], None], *, demo: bool = False) -> None:
    """Run the application until a signal ends it.

    Parameters
    ----------
    settings
        How it is started.
    tell
        Called with each line for whoever started it.
    demo
        Whether the bundled team and accounts for each role are put into an empty database.
    """
    ended = _until_a_signal()  # from the first moment: to plan the demonstration takes long, too
    store = Store(settings.where)
    store.make()
    if demo:
        from safeschedule.web.serving.demo import fill

        for line in fill(store, ended):
            tell(line)
    secret = first_link(store)
    store.close()
    listening = _listening(settings, ended)
    tell(f"SafeSchedule is at {settings.address}")
    if secret is not None:
        tell(f"Make the first account within a day: {settings.address}/first/{secret}")
    tell("Ctrl-C ends it.")
    web = [_Kept(f"web {number}", processes.web, (listening,)) for number in range(settings.processes)]
    with listening:
        _keep_all([*web, *_workers(settings)], settings, ended)


def work(settings: Settings, tell: Callable[[str], None]) -> None:
    """Run workers alone until a signal ends them; pages are answered elsewhere, over the same database.

    Parameters
    ----------
    settings
        Where the database is, and how many workers there are.
    tell
        Called with each line for whoever started it.

    Raises
    ------
    InputError
        The database cannot be reached, or is not that of this release.
    """
    ended = _until_a_signal()
    store = Store(settings.where)
    store.require_made()
    store.close()
    tell(f"{settings.workers} at work. Ctrl-C ends it.")
    _keep_all(_workers(settings), settings, ended)


def _until_a_signal() -> threading.Event:
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return ended


def _listening(settings: Settings, ended: threading.Event) -> socket.socket:
    """Return the socket at which all processes answer; who is killed leaves what waits there to the others.

    Raises
    ------
    InputError
        Somebody else has the address.
    """
    family, *_, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    latest = time.monotonic() + _FREED
    while True:
        try:
            made.bind(address)
            made.listen(_WAITING)
        except OSError as error:
            # What a killed supervisor left ends by itself, and lets the address go then.
            if ended.wait(_LOOK):
                return made  # nobody will answer there any more
            if time.monotonic() > latest:
                made.close()
                expected = "an address of this machine that nobody else listens at"
                told = Fault("taken", "--port", f"{settings.host}:{settings.port}", expected)
                raise InputError("serve", [told]) from error
        else:
            return made


def _workers(settings: Settings) -> list[_Kept]:
    return [_Kept(f"worker {number}", processes.worker) for number in range(1, settings.workers + 1)]


def _keep_all(kept: list[_Kept], settings: Settings, ended: threading.Event) -> None:
    while not ended.is_set():
        for each in kept:
            each.keep(settings)
        ended.wait(_LOOK)
    _end([each.process for each in kept if each.process is not None])


def _end(running: list[BaseProcess]) -> None:
    for process in running:
        process.terminate()
    latest = time.monotonic() + _END_SECONDS
    for process in running:
        process.join(max(0.1, latest - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
