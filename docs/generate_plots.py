"""Write the pictures of docs/howto/plots.md: whatever its lines write. Run it with `make docs-plots`."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HOWTO = Path(__file__).parent / "howto"
PAGE = HOWTO / "plots.md"
FOLDER = HOWTO / "plots"

_BLOCK = re.compile(r"```(python|shell)\n(.*?)```", re.DOTALL)


def main() -> None:
    """Run the page in a folder of its own, and keep its pictures."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            run(PAGE.read_text(encoding="utf-8"))
        finally:
            os.chdir(before)
        FOLDER.mkdir(exist_ok=True)
        for path in sorted(Path(folder).glob("*.svg")):
            (FOLDER / path.name).write_bytes(path.read_bytes())
            print(path.name)


def run(text: str) -> None:
    """Run the commands and the Python of a page."""
    names: dict[str, object] = {}
    for language, block in _BLOCK.findall(text):
        if language == "python":
            exec(compile(block, PAGE.name, "exec"), names)
            continue
        for line in block.splitlines():
            command = shlex.split(line)[1:]
            subprocess.run([sys.executable, "-m", "safeschedule", *command], check=True)


if __name__ == "__main__":
    main()
