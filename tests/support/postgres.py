"""A real PostgreSQL server for tests: in a folder of its own, on a free port, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

USER = "postgres"


def programs() -> Path | None:
    """Return the folder of the server's programs, where it is installed."""
    found = shutil.which("pg_ctl")
    # Debian keeps them out of the path, one folder a version.
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


class Server:
    """A server that can be killed and started again.

    Parameters
    ----------
    folder
        Of the server's programs.
    home
        Where it keeps everything.
    most
        Connections that it takes at once.
    """

    def __init__(self, folder: Path, home: Path, most: int = 40) -> None:
        self.folder, self.home, self.port = folder, home, _free_port()
        self._most = most

    def make(self) -> None:
        """Make its files."""
        _run(self.folder / "initdb", "-D", self.home / "data", "-U", USER, "--auth=trust", "--no-sync")

    def start(self) -> None:
        """Start it, and return when it answers."""
        own = f"-c listen_addresses=127.0.0.1 -c max_connections={self._most}"
        options = f"-p {self.port} -k {self.home} {own}"
        data, log = self.home / "data", self.home / "log"
        _run(self.folder / "pg_ctl", "-D", data, "-w", "-t", "300", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it, however it goes."""
        _run(self.folder / "pg_ctl", "-D", self.home / "data", "-w", "-m", "immediate", "stop", check=False)

    def kill(self) -> None:
        """Kill it and all of its processes, as when the machine stops."""
        first = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
        every = [first, *_children(first)]
        for number in every:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        # A new one does not start while one of the old ones holds the memory that they share.
        while any(_runs(number) for number in every):
            time.sleep(0.01)
        # A number that nobody has fetched yet looks like a server that runs.
        for left in (self.home / "data" / "postmaster.pid", *self.home.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)


@contextmanager
def own_server(folder: Path, most: int = 40) -> Iterator[Server]:
    """Run a server whose programs are in a folder, and give it."""
    # Not below pytest's folders: those are closed to the server's own user.
    home = Path(tempfile.mkdtemp(prefix="safeschedule-postgres-"))
    if os.getuid() == 0:
        shutil.chown(home, USER)
    made = Server(folder, home, most)
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """Run a server whose programs are in a folder, and give its port."""
    with own_server(folder) as made:
        yield made.port


def _children(number: int) -> list[int]:
    path = Path(f"/proc/{number}/task/{number}/children")
    return [int(each) for each in path.read_text().split()] if path.exists() else []


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def new_database(port: int, name: str) -> str:
    """Make a database and return its URL."""
    with psycopg.connect(f"host=127.0.0.1 port={port} user={USER} dbname=postgres", autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"postgresql://{USER}@127.0.0.1:{port}/{name}"


def _run(*command: str | Path, check: bool = True) -> None:
    # The server refuses to run as root.
    who = pwd.getpwnam(USER) if os.getuid() == 0 else None
    subprocess.run(
        list(map(str, command)),
        check=check,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=None if who is None else who.pw_uid,
        group=None if who is None else who.pw_gid,
        extra_groups=None if who is None else [],
    )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
