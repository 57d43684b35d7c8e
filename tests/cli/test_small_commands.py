"""The commands that need no search: help, version, rules, schema, generate, import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from safeschedule import __version__
from safeschedule.catalogue import rules
from safeschedule.cli.schema import Document
from safeschedule.problem import PRESETS, Problem, Rulebook
from tests.cli.conftest import COMMAND, environment, run

EXPORT = Path(__file__).parents[1] / "exchange" / "data" / "ehr_small"
COMMANDS = (
    "demo",
    "generate",
    "import",
    "solve",
    "contacts",
    "bands",
    "replan",
    "roll",
    "verify",
    "export",
    "rules",
    "schema",
)
PARAMETER_KEYS = {"name", "default", "unit", "meaning", "source"}
RULE_KEYS = {
    "package",
    "id",
    "title",
    "tier",
    "hard",
    "weight",
    "statement",
    "amount",
    "good",
    "bad",
    "source",
    "parameters",
}


def test_version() -> None:
    """A report of a fault could not name the version."""
    assert run("--version").stdout == f"safeschedule {__version__}\n"


def test_help_names_every_command() -> None:
    """Somebody would not find a command."""
    done = run("--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)
    assert "Exit status" in done.stdout


@pytest.mark.parametrize("command", [*COMMANDS, "import ehr-csv", "rules show"])
def test_help_of_a_command_fits_eighty_columns(command: str) -> None:
    """A command would be without help, or options would be cut short."""
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [("plan",), ("--nonsense",), ("rules", "hide"), ("rules", "preset", "circus"), ("schema", "week")],
)
def test_bad_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    """A script would take a mistyped command for done."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_rules_lists_each() -> None:
    """A rule would be missing from the list."""
    done = run("rules")
    assert done.returncode == 0
    assert all(f"\n{name} " in done.stdout for name in rules())
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_rules_as_json() -> None:
    """A program would not get the catalogue whole."""
    listed = json.loads(run("rules", "--json").stdout)
    assert {rule["id"] for rule in listed} == set(rules())
    assert all(set(rule) == RULE_KEYS for rule in listed)
    parameters = [parameter for rule in listed for parameter in rule["parameters"]]
    # Only numbers have bounds.
    assert all(PARAMETER_KEYS <= set(entry) <= PARAMETER_KEYS | {"least", "most"} for entry in parameters)


def test_rules_show() -> None:
    """Somebody could not read what a rule says."""
    done = run("rules", "show", "recovery_buffer")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("safety tier, hard", "Good: ", "Bad: ", "minutes = 15"))
    one = json.loads(run("rules", "show", "recovery_buffer", "--json").stdout)
    assert one["id"] == "recovery_buffer"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_printed_as_a_rulebook(name: str) -> None:
    """A team could not start from a preset."""
    assert name in run("rules", "preset").stdout.splitlines()
    assert Rulebook.model_validate_json(run("rules", "preset", name).stdout) == PRESETS[name]


def test_an_unknown_rule_is_bad_use() -> None:
    """A mistyped rule would pass for a rule that says nothing."""
    done = run("rules", "show", "siesta")
    assert (done.returncode, done.stdout) == (2, "")
    assert "recovery_buffer" in done.stderr


def test_schema() -> None:
    """A program could not check its files before it sends them."""
    schema = json.loads(run("schema", "result").stdout)
    assert schema["type"] == "object"
    assert schema["properties"]


def test_every_schema_is_made_without_the_solver() -> None:
    """A look at a format would wait for an engine that it does not need, or fail where there is none."""
    program = (
        "import json, sys\n"
        "sys.modules['ortools'] = None\n"
        "from safeschedule.cli.schema import Document, schema_of\n"
        "print(json.dumps({form: schema_of(form) for form in Document}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment())
    assert done.stderr == ""
    schemas = json.loads(done.stdout)
    assert list(schemas) == [form.value for form in Document]
    for form, schema in schemas.items():
        assert schema["$schema"], form
        if form != Document.CHANGES:
            assert (schema["type"], bool(schema["properties"])) == ("object", True), form


def test_generate_makes_the_same_week_from_the_same_seed(tmp_path: Path) -> None:
    """A week could not be made again by its seed."""
    arguments = ("generate", "--clinicians", "4", "--seed", "7", "--profile", "trauma")
    done = run(*arguments, "-o", "week.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "4 clinicians" in done.stdout
    text = (tmp_path / "week.json").read_text(encoding="utf-8")
    assert len(Problem.model_validate_json(text).clinicians) == 4
    assert run(*arguments, "-o", "-").stdout == text


def test_generate_takes_features_by_name() -> None:
    """A team with nights or a public holiday could not be made from the command line."""
    done = run("generate", "--clinicians", "4", "--with", "nights", "--with", "closures", "-o", "-")
    problem = Problem.model_validate_json(done.stdout)
    assert problem.closures
    assert any(period.start == 21 * 60 for person in problem.clinicians for period in person.working)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--clinicians", "0"),
        ("--profile", "circus"),
        ("--with", "circus"),
        ("--week", "2026-10-06"),
        ("--seed", "-1"),
    ],
)
def test_generate_refuses_what_it_cannot_make(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A team would be made that is not the one asked for."""
    done = run("generate", *arguments, "-o", tmp_path / "week.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_import_writes_the_problem_and_the_bookings(tmp_path: Path) -> None:
    """A team's records could not become a problem."""
    done = run(
        "import",
        "ehr-csv",
        EXPORT,
        "--week",
        "2026-06-10",
        "-o",
        "p.json",
        "--bookings",
        "b.json",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert "Written: p.json\nWritten: b.json\n" in done.stdout
    problem = Problem.model_validate_json((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert (str(problem.week_start), len(problem.requests)) == ("2026-06-08", 3)
    assert run("verify", "p.json", "b.json", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (EXPORT, "--week", "2031-06-10"),
        ("nowhere", "--week", "2026-06-10"),
        (EXPORT, "--week", "2026-06-10", "--mapping", "none.toml"),
        (EXPORT, "--week", "2026-06-10", "--bookings", "p.json"),
        (EXPORT, "--week", "tomorrow"),
    ],
)
def test_import_refuses_what_it_cannot_read(arguments: tuple[str | Path, ...], tmp_path: Path) -> None:
    """Half of an export would become a problem."""
    done = run("import", "ehr-csv", *arguments, "-o", "p.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """``safeschedule rules | head`` would end with a traceback."""
    command = [*COMMAND, "rules", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment(), stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
