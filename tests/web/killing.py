"""Kills what runs, at moments that a seed chooses, while somebody changes a week and asks for plans."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.postgres import Server

KINDS = ("web", "worker", "supervisor", "database")
WAIT = 300.0
"""Seconds after which a part is taken not to come back."""
AWAY = (502, 503)
"""How an application says that what it needs is away."""


@dataclass
class Person:
    """A program that pins sessions and asks for plans, and remembers each answer that it got."""

    address: str
    key: str
    week: str
    items: list[str]
    seed: int
    confirmed: dict[int, str] = field(default_factory=dict)
    jobs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    moved: threading.Condition = field(default_factory=threading.Condition)

    def ask(self, path: str, body: Any = None, version: int | None = None) -> Any:
        """Return the answer, or nothing where there is none."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/v1{path}", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code not in (*AWAY, 409, 429):
                self.faults.append(f"{path}: {error.code} {error.read(500).decode(errors='replace')}")
        except (OSError, ValueError, EOFError):
            pass  # cut off: it may have been done or not, and nobody was told that it was
        except Exception as error:
            if not type(error).__module__.startswith("http."):
                raise
        return None

    def work(self) -> None:
        """Change and ask until the end."""
        dice = random.Random(self.seed)
        while not self.ended.is_set():
            now = self.ask(f"/weeks/{self.week}/version")
            if now is None:
                self.ended.wait(0.05)
                continue
            version = int(now["version"])
            if dice.random() < 0.15:
                asked = {"kind": "plan", "seconds": 1}
                job = self.ask(f"/weeks/{self.week}/jobs", asked, version)
                if job is not None:
                    self.jobs.append(str(job["job"]))
                continue
            done = self.ask(f"/weeks/{self.week}/pin", {"item": dice.choice(self.items)}, version)
            if done is not None:
                with self.moved:
                    self.confirmed[int(done["version"])] = f"{done['entry']} {done['at']}"
                    self.moved.notify_all()

    def wait_for_more(self) -> bool:
        """Return when another change was confirmed, or false when none is."""
        with self.moved:
            had = len(self.confirmed)
            return self.moved.wait_for(lambda: len(self.confirmed) > had, WAIT)


class Stack:
    """The whole command on a database, whose parts can be killed by kind."""

    def __init__(self, url: str, server: Server, port: int, log: Path) -> None:
        self.url, self.server, self.port, self.log = url, server, port, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the command, in what is left of the last one."""
        command = [sys.executable, "-m", "safeschedule", "serve", "--database", self.url]
        more = ["--port", str(self.port), "--workers", "1"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen([*command, *more], stdout=out, stderr=out)

    def stop(self) -> int:
        """End the command kindly, and return how it ended."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(90)

    def kill(self, kind: str) -> bool:
        """Kill one part, and return whether it was there; a killed supervisor or database begins again."""
        assert self.process is not None
        if kind == "database":
            self.server.kill()
            self.server.start()
            return True
        if kind == "supervisor":
            self.process.kill()
            self.process.wait()
            self.start()
            return True
        listening = _listening(self.process.pid, self.port)
        for number in _children(self.process.pid):
            if _is_part(number) and (kind == "web") == (number in listening):
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
                    return True
        return False


def rampage(stack: Stack, person: Person, kills: int, seed: int) -> dict[str, int]:
    """Kill so often, each kind as often as the others, and return how often each was killed."""
    dice = random.Random(seed)
    counts = dict.fromkeys(KINDS, 0)
    order = [KINDS[number % len(KINDS)] for number in range(kills)]
    dice.shuffle(order)
    for kind in order:
        assert person.wait_for_more(), f"nothing is confirmed any more; killed so far: {counts}"
        assert stack.process is not None
        assert stack.process.poll() is None, "the command has ended by itself"
        latest = time.monotonic() + WAIT
        person.ended.wait(dice.random())  # a random moment
        while not stack.kill(kind):
            assert time.monotonic() < latest, f"there is no {kind}"
            person.ended.wait(0.02)
        counts[kind] += 1
    assert person.wait_for_more(), "nothing is confirmed after the last one"
    return counts


def _children(number: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def _is_part(number: int) -> bool:
    with suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()
    return False


def _listening(parent: int, port: int) -> set[int]:
    """Return the children that answer at a port: several may do so at one socket, and no worker has it."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    wanted = {
        f"socket:[{c[9]}]" for c in map(str.split, lines) if c[1].endswith(f":{port:04X}") and c[3] == "0A"
    }
    return {number for number in _children(parent) if _held(number) & wanted}


def _held(number: int) -> set[str]:
    """Return what a process has open."""
    found: set[str] = set()
    with suppress(OSError):
        for each in Path(f"/proc/{number}/fd").iterdir():
            with suppress(OSError):
                found.add(str(each.readlink()))
    return found
