"""What runs in each process. Each ends when it is told to, and when whoever watches over it is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import nullcontext
from multiprocessing import parent_process
from multiprocessing.connection import wait
from socket import socket
from types import FrameType

from safeschedule.web.settings import Settings

_CLOSING = 3
"""Seconds that open connections get at the end; one open stream of events would hold it up for ever."""


_SWITCH = 0.001
"""Seconds after which a thread lets another one have its turn."""

_NICE = 5
"""People are answered first; a search takes what of the processors they leave."""


def web(settings: Settings, listening: socket) -> None:
    """Answer requests that come in at a socket; others may answer there as well."""
    import uvicorn

    from safeschedule.web.app import create_app

    _watched()
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        log_level="warning",
        access_log=False,  # addresses hold secrets
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_CLOSING,
    )
    server = uvicorn.Server(config)

    def end(_number: int, _frame: FrameType | None) -> None:
        app.state.closing.set()
        server.should_exit = True

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    # uvicorn would take the signals to itself while it runs.
    server.capture_signals = nullcontext  # type: ignore[assignment,method-assign]
    # Whoever waits for an answer gets the interpreter sooner from a search that runs beside it.
    sys.setswitchinterval(_SWITCH)
    threading.Thread(target=_warm, daemon=True).start()
    server.run([listening])


def _warm() -> None:
    """Ask one question of a bundled week, so that nobody who asks first waits until all is loaded."""
    from safeschedule import Desk, Schedule
    from safeschedule.samples import sample
    from safeschedule.web.pages.rendering import environment

    for name in ("week", "board", "grid_rows", "panel"):
        environment().get_template(f"{name}.html.j2")
    problem = sample()
    empty = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
    Desk(problem, empty).suggest(problem.requests[0].id, 1)


def worker(settings: Settings) -> None:
    """Take jobs."""
    from safeschedule.web.jobs.worker import Worker
    from safeschedule.web.storage import Store

    ended = threading.Event()
    _watched()
    if hasattr(os, "nice"):
        os.nice(_NICE)  # what it starts inherits that, from its first import on
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    Worker(Store(settings.where), ended).work()


def _watched() -> None:
    """End this process as soon as the one that watches is gone, however that went."""
    parent = parent_process()
    if parent is None:
        return

    def look() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
