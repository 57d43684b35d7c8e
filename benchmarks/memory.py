"""Memory of a process with its children: engines may run in processes of their own."""

from __future__ import annotations

from pathlib import Path


def tree_mib(pid: int) -> float:
    """Return the resident memory of a process and all below it in MiB; 0 where ``/proc`` does not tell."""
    waiting, found = [pid], 0
    while waiting:
        folder = Path("/proc", str(waiting.pop()))
        try:
            lines = (folder / "status").read_text(encoding="utf-8").splitlines()
            waiting += [
                int(child)
                for task in (folder / "task").iterdir()
                for child in (task / "children").read_text(encoding="utf-8").split()
            ]
        except OSError:
            # It ended meanwhile, or this system has no such folder.
            continue
        found += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return found / 1024
