"""A real PostgreSQL server for tests: in a folder of its own, on a free port, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "postgres"


def programs() -> Path | None:
    """Return the folder of the server's programs, where it is installed."""
    found = shutil.which("pg_ctl")
    # Debian keeps them out of the path, one folder a version.
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """Run a server whose programs are in a folder, and give its port."""
    # Not below pytest's folders: those are closed to the server's own user.
    home = Path(tempfile.mkdtemp(prefix="safeschedule-postgres-"))
    data, port = home / "data", _free_port()
    if os.getuid() == 0:
        shutil.chown(home, USER)
    listening = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c max_connections=40"
    try:
        _run(folder / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync")
        _run(folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", listening, "start")
        yield port
    finally:
        _run(folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", check=False)
        shutil.rmtree(home, ignore_errors=True)


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
