"""Everything public is importable by its name, and its docstring shows how; the examples run."""

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import safeschedule
from safeschedule.problem.base import Base
from safeschedule.returned import Returned
from tests.api.answers import problem, result, schedule

SHOWN = [
    name
    for name in safeschedule.__all__
    if ">>>" in (inspect.getdoc(getattr(safeschedule, name)) or "")
    and not isinstance(getattr(safeschedule, name), property)
]


@pytest.mark.parametrize("name", SHOWN)
def test_the_example_of_a_docstring_runs(name: str, tmp_path: Path) -> None:
    """Somebody who types what the help shows would get something else."""
    shown = getattr(safeschedule, name)
    # At hand, beside a small week: all that is public.
    given = {name: getattr(safeschedule, name) for name in safeschedule.__all__}
    given |= {"problem": problem(), "schedule": schedule(), "result": result(), "folder": tmp_path}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    methods = isinstance(shown, type) and issubclass(shown, Base | Returned)
    found = doctest.DocTestFinder(recurse=methods).find(shown, name, globs=given)
    said: list[str] = []
    for test in found:
        runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_every_public_function_shows_an_example() -> None:
    """Somebody would have to guess how it is called."""
    functions = {n for n in safeschedule.__all__ if isinstance(getattr(safeschedule, n), FunctionType)}
    assert functions <= set(SHOWN)
    errors = {"ArgumentError", "DisagreementError", "Fault", "InputError", "SafeScheduleError"}
    people = {"Client", "Clinician", "Group", "Request", "Room", "SessionType", "Rulebook", "Schedule"}
    answers = {"Desk", "MoveCheck", "NoSchedule", "Result", "Suggestions", "Verification"}
    assert errors | people | answers <= set(SHOWN)


def test_names_are_sorted_known_to_type_checkers_and_there() -> None:
    """A name would be promised that is not there, or be there unseen."""
    assert safeschedule.__all__ == sorted(
        safeschedule.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
    stub = ast.parse(Path(safeschedule.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    seen = {
        alias.asname: f"{node.module}.{alias.name}"
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    parts = {name: f"safeschedule.{name}" for name in safeschedule._PARTS}
    assert seen == {name: f"safeschedule.{home}.{name}" for name, home in safeschedule._HOME.items()} | parts
    assert all(hasattr(safeschedule, name) for name in safeschedule.__all__)
    assert set(dir(safeschedule)) == {*safeschedule.__all__, *parts, "__version__"}


def test_what_is_returned_is_public() -> None:
    """Somebody who stores an answer could not name its class."""

    def below(kind: type) -> set[type]:
        return {kind} | {found for sub in kind.__subclasses__() for found in below(sub)}

    public = {getattr(safeschedule, name) for name in safeschedule.__all__}
    named = {kind for kind in below(Returned) - {Returned} if kind.__module__.startswith("safeschedule.")}
    assert named <= public, named - public


def test_importing_is_quick() -> None:
    """Whoever only verifies would wait for the solver, or need it."""
    assert _loaded("import safeschedule").isdisjoint({"ortools", "pydantic", *FRAMES})


def test_reading_and_verifying_load_no_frames() -> None:
    """Otherwise a service that never asks for frames would wait for pandas, or need it."""
    code = "import safeschedule; from safeschedule.exchange.formats import formats; formats()"
    assert _loaded(
        f"{code}; safeschedule.verify; safeschedule.Problem; safeschedule.read_problem"
    ).isdisjoint(FRAMES)


FRAMES = {"narwhals", "pandas", "polars", "pyarrow"}


def _loaded(code: str) -> set[str]:
    """Return the modules that a fresh Python has loaded after some code."""
    code += "; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
