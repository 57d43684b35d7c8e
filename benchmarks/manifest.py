"""The manifest: where each stored instance comes from, how large it is, and the best that is known of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from benchmarks.instances import FOLDER, Instance, stored

PATH = FOLDER / "manifest.json"

Entry = dict[str, Any]


def read(path: Path = PATH) -> dict[str, Entry]:
    """Return the entries by instance name."""
    entries: dict[str, Entry] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def write(entries: dict[str, Entry], path: Path = PATH) -> None:
    """Write the entries, whole or not at all."""
    from safeschedule.exchange.writing import write_atomically

    write_atomically(path, (json.dumps(entries, indent=1) + "\n").encode())


def describe(instance: Instance) -> tuple[bytes, Entry]:
    """Return what generating an instance gives: the content of its file, and its entry."""
    from safeschedule.exchange.json_text import as_text
    from safeschedule.problem import problem_hash

    problem = instance.generate()
    entry = {
        "origin": instance.origin,
        "clinicians": len(problem.clinicians),
        "clients": len(problem.clients),
        "requests": len(problem.requests),
        "sessions": sum(request.count for request in problem.requests),
        "hash": problem_hash(problem),
        "best": None,
    }
    return as_text(problem).encode(), entry


def generate() -> list[str]:
    """Write every stored instance and the manifest again; return the names of those that changed.

    What is known best of an instance stays while its hash stays.
    """
    from safeschedule.exchange.writing import write_atomically

    before = read() if PATH.exists() else {}
    entries, changed = {}, []
    FOLDER.mkdir(exist_ok=True)
    for instance in stored():
        content, entry = describe(instance)
        old = before.get(instance.name, {})
        if old.get("hash") == entry["hash"]:
            entry["best"] = old.get("best")
        if old.get("hash") != entry["hash"] or not instance.path.exists():
            changed.append(instance.name)
            # No time in the file's head: the same week gives the same bytes.
            write_atomically(instance.path, gzip.compress(content, mtime=0))
        entries[instance.name] = entry
    write(entries)
    return changed
