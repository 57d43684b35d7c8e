"""The verifier is small and independent: what it loads, anybody can read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import safeschedule

FOLDER = Path(safeschedule.__file__).parent / "verifier"
SOLVING_SIDE = ("ortools", "numpy", "safeschedule.model", "safeschedule.solving", "safeschedule.pipeline")
ALLOWED = {
    *("safeschedule.problem", "safeschedule.schedule", "safeschedule.catalogue"),
    # What looks at arguments, what writes answers down, what hands over to layers above where that is asked
    # for; none of them judges a week.
    *("safeschedule.arguments", "safeschedule.errors", "safeschedule.returned", "safeschedule.lazily"),
    # Its version; and what people have decided to excuse, which is given to it like a week.
    *("safeschedule", "safeschedule.ledger.fitting", "safeschedule.ledger.overrides"),
}


def test_loads_nothing_of_the_solving_side() -> None:
    """A fault in the solver or in its libraries could hide itself from the verifier."""
    program = (
        "import sys, pkgutil, importlib, safeschedule.verifier as v\n"
        "for m in pkgutil.walk_packages(v.__path__, v.__name__ + '.'): importlib.import_module(m.name)\n"
        "print('\\n'.join(sys.modules))"
    )
    path = [str(FOLDER.parents[1])]
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": path[0]},
    )
    loaded = run.stdout.split()
    assert "safeschedule.verifier.checks.no_overlap" in loaded
    assert not [name for name in loaded if name.startswith(SOLVING_SIDE)]


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
def test_builds_on_the_standard_library_and_the_given(path: Path) -> None:
    """A file of the verifier would lean on a library, or on helpers that the solving side uses too."""
    for name in _imported(path):
        top = name.split(".")[0]
        known = name in ALLOWED or name.startswith("safeschedule.verifier")
        assert known if top == "safeschedule" else top in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", sorted((FOLDER / "checks").glob("*.py")), ids=lambda path: path.stem)
def test_checks_stand_alone(path: Path) -> None:
    """A fault in one check would be a fault in another."""
    assert not [name for name in _imported(path) if name.startswith("safeschedule.verifier.checks")]


def _imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
