"""Where and with what a record was made: figures of another machine cannot be compared with it."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from safeschedule.processors import processors

ROOT = Path(__file__).parents[1]
CODE = ("src", "solvers", "benchmarks/peers", "benchmarks/measure.py")
"""What a measurement depends on; changes elsewhere do not make it another one."""


def surroundings() -> dict[str, Any]:
    """Return processor, cores, versions and commit, as keys of a record."""
    return {
        "machine": _processor(),
        "cores": processors(),
        "versions": {
            "python": platform.python_version(),
            "ortools": version("ortools"),
            "safeschedule": version("safeschedule"),
        },
        "commit": commit(),
    }


def commit() -> str:
    """Return the commit, with a mark that tells apart changes that are not committed yet."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD").decode().strip()
        changed = _git("diff", "HEAD", "--", *CODE)
        new = _git("ls-files", "--others", "--exclude-standard", "--", *CODE).decode().split("\n")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    digest = hashlib.sha256(changed)
    for name in filter(None, new):
        path = ROOT / name
        digest.update(name.encode() + (path.read_bytes() if path.is_file() else b""))
    return head if not changed and not any(new) else f"{head}+{digest.hexdigest()[:8]}"


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


def _processor() -> str:
    # platform.processor() is empty on most Linux systems.
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
