"""Timefold and the Java virtual machine: finding them, compiling the classes of this package, starting."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import tempfile
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "org.safeschedule.timefold"
_SOURCES = Path(__file__).parent / "java"
_NEEDS_JAVA = "it needs a Java development kit, version 17 or newer: install one, and set JAVA_HOME or PATH."


def missing() -> str | None:
    """Return what keeps Timefold from running here as one sentence, or ``None`` when nothing does."""
    if find_spec("timefold") is None:
        return "the package timefold is missing: pip install safeschedule-timefold brings it."
    if _compiler() is None:
        return _NEEDS_JAVA
    return None


@cache
def start() -> Any:
    """Start the virtual machine, once for the process, and return the Java package of this back-end.

    Raises
    ------
    RuntimeError
        The virtual machine does not start, or the classes do not compile.
    """
    jpype = import_module("jpype")
    classes = str(_classes())
    if jpype.isJVMStarted():
        # Somebody else uses Java in this process; our classes join.
        jpype.addClassPath(classes)
        for jar in _jars():
            jpype.addClassPath(str(jar))
    else:
        # It logs every phase, and warns when the time ends one, which is how they all end here.
        logging.getLogger("timefold.solver").setLevel(logging.ERROR)
        # A garbage collector with several threads would take the cores from other processes; and an interrupt
        # is Python's to handle (-Xrs): Java would end the process.
        options = ("-XX:+UseSerialGC", "-Xrs")
        import_module("timefold.solver").init(jpype.getDefaultJVMPath(), *options, path=[classes])
        # At the end of the process Java waits for the thread that started it, unless that let go of it. The
        # next call takes hold again, as one that nobody waits for.
        jpype.JClass("java.lang.Thread").detach()
    return jpype.JPackage(PACKAGE)


def _compiler() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return (shutil.which("javac", path=str(Path(home, "bin"))) if home else None) or shutil.which("javac")


def _jars() -> list[Path]:
    spec = find_spec("timefold.solver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package timefold is broken: its module solver is missing")
    return sorted(Path(next(iter(spec.submodule_search_locations)), "jars").glob("*.jar"))


def _classes() -> Path:
    """Return the folder of the compiled classes; it is kept between runs, by what went into it."""
    sources = sorted(_SOURCES.rglob("*.java"))
    try:
        engine = version("timefold")
    except PackageNotFoundError:
        engine = "unknown"
    content = b"".join(source.read_bytes() for source in sources)
    name = hashlib.sha256(engine.encode() + content).hexdigest()[:16]
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "safeschedule-timefold"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        home = Path(tempfile.mkdtemp(prefix="safeschedule-timefold-"))
    target = home / name
    if not target.is_dir():
        _compile(sources, target)
    return target


def _compile(sources: list[Path], target: Path) -> None:
    # Compiled beside its place and renamed: two processes may do this at the same time.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="compiling-") as folder:
        made = Path(folder, "classes")
        path = os.pathsep.join(str(jar) for jar in _jars())
        command = [_compiler() or "javac", "--release", "17", "-proc:none", "-encoding", "UTF-8"]
        command += ["-cp", path, "-d", str(made), *(str(s) for s in sources)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"the Java classes do not compile: {done.stderr.strip()[:2000]}")
        try:
            made.rename(target)
        except OSError:
            if not target.is_dir():
                raise
