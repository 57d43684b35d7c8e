"""Try what was installed from a folder of wheels, without a network: `make offline` runs it.

It runs in the environment that was set up (`.venv-offline`), in which there are no test tools.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

_CUT = "SAFESCHEDULE_CUT_OFF"
_SCRIPTS = Path(sys.executable).parent
# Nobody listens there. Whatever heeds proxies fails at once.
_NOWHERE = "http://127.0.0.1:9"


def main() -> int:
    """Try every extra, a planned week, the page's command and the plug-ins."""
    if _CUT not in os.environ:
        return _without_network()
    print(f"Python {sys.version.split()[0]}, {os.environ[_CUT]}")
    missing = [name for name in _asked() if not _can_be_imported(name)]
    if missing:
        print("cannot be imported:", *missing)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        _run("demo", "--out", str(Path(folder) / "out"))
        made = sorted(path.name for path in (Path(folder) / "out").iterdir())
        print("the demonstration made", ", ".join(made))
        _run("serve", "--help")
        print(_run("solvers").strip())
        # What the extras are for: a workbook, frames, a picture, a ledger.
        plan = ["schedule.json", "problem.json"]
        if set(plan) <= set(made):
            given = [str(Path(folder) / "out" / name) for name in reversed(plan)]
            _run("export", "xlsx", *given, "-o", str(Path(folder) / "rota.xlsx"))
            _run("export", "parquet", *given, "-o", str(Path(folder) / "frames"))
            print("a workbook and Parquet were written")
    return 0


def _without_network() -> int:
    """Run this file again where there is no network, or where what asks for one by proxies gets none."""
    unshare = shutil.which("unshare")
    cut = [unshare, "-rn"] if unshare else []
    if cut and subprocess.run([*cut, "true"], capture_output=True, check=False).returncode:
        cut = []
    told = "no network interface (unshare -rn)" if cut else "proxies that lead nowhere"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    environment = {**os.environ, **proxies, "no_proxy": "", _CUT: told}
    return subprocess.run(
        [*cut, sys.executable, "-I", str(Path(__file__).resolve())], env=environment, check=False
    ).returncode


def _asked() -> list[str]:
    """Return every distribution that the package asks for, in itself or for an extra."""
    lines = requires("safeschedule") or []
    names = {re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0] for line in lines}
    return sorted(names - {"safeschedule"})


def _can_be_imported(name: str) -> bool:
    """Import what a distribution brings, and tell its version."""
    modules = [
        module
        for module, owners in packages_distributions().items()
        if _plain(name) in map(_plain, owners) and module.isidentifier() and not module.startswith("_")
    ]
    try:
        for module in modules:
            import_module(module)
        print(f"  {name} {version(name)}: {', '.join(modules) or 'no module'}")
    except ImportError as error:
        print(f"  {name}: {error}")
        return False
    return True


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _run(*arguments: str) -> str:
    """Run the command as it was installed, away from this checkout; show what it printed where it fails."""
    done = subprocess.run(
        [_SCRIPTS / "safeschedule", *arguments],
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"safeschedule {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
