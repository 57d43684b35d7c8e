"""The files around the package agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from safeschedule import __version__

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
LOCK_FILES = (
    *("requirements.lock", "requirements-all.lock", "requirements-dev.lock", "requirements-docs.lock"),
    "requirements-verifier.lock",
)


def requirements(lock_file: str) -> set[tuple[str, str]]:
    """Give the names and versions that a lock file pins."""
    text = (ROOT / lock_file).read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))


def names(lock_file: str) -> set[str]:
    return {name for name, _ in requirements(lock_file)}


def test_the_citation_names_the_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (__version__, PROJECT["license"])
    assert f"## [{__version__}] - {citation['date-released']}" in CHANGELOG


def test_the_version_has_one_home() -> None:
    """Two places would say two versions after a release."""
    for folder, home in ((".", ""), ("verify", "../")):
        text = (ROOT / folder / "pyproject.toml").read_text(encoding="utf-8")
        project = tomllib.loads(text)
        assert project["project"]["dynamic"] == ["version"]
        assert project["tool"]["hatch"]["version"]["path"] == f"{home}src/safeschedule/__init__.py"


def test_the_changelog_has_a_place_for_rules() -> None:
    assert "## [Unreleased]" in CHANGELOG
    assert "### Rules" in CHANGELOG


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_a_lock_file_pins_by_hash_and_names_no_server(lock_file: str) -> None:
    text = (ROOT / lock_file).read_text(encoding="utf-8")
    pinned = re.findall(r"^\S+==.*(?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)+$", text, flags=re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[^\s#]", text, flags=re.MULTILINE))
    assert not re.search(r"://|index|find-links", text)


@pytest.mark.parametrize("lock_file", LOCK_FILES)
def test_lock_files_agree_on_versions(lock_file: str) -> None:
    known = requirements("requirements-dev.lock")
    shared = {name for name, _ in known}
    assert {(name, version) for name, version in requirements(lock_file) if name in shared} <= known


def test_what_tests_do_without_is_in_no_other_lock() -> None:
    """Whoever checks weeks, or runs the library, would install the tools of a site."""
    site = names("requirements-docs.lock") - names("requirements-dev.lock")
    assert "sphinx" in site
    assert not site & (names("requirements.lock") | names("requirements-verifier.lock"))


def test_every_dependency_is_locked() -> None:
    wanted = {re.split(r"[<>=!~ ;\[]", dependency)[0] for dependency in PROJECT["dependencies"]}
    assert wanted <= names("requirements.lock")
    assert wanted - {"highspy", "ortools"} <= names("requirements-verifier.lock")


def test_what_every_extra_needs_is_locked() -> None:
    """An installation without network would end at a wheel that is not in the folder."""
    extras = PROJECT["optional-dependencies"].values()
    wanted = {
        re.split(r"[<>=!~ ;\[]", line)[0].replace(".", "-").lower() for extra in extras for line in extra
    }
    assert wanted - {"safeschedule"} <= names("requirements-all.lock")


def test_what_a_release_needs_can_be_made() -> None:
    """The workflow would ask for a target that is gone."""
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    asked = {word for line in re.findall(r"run: make (.+)", workflow) for word in line.split()}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"dist", "docs", "licences", "offline", "sbom"} <= asked
    assert [name for name in asked if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
    tested = set(re.findall(r'"(3\.\d+)"', workflow))
    prefix = "Programming Language :: Python :: 3."
    assert tested == {line.split(" :: ")[-1] for line in PROJECT["classifiers"] if line.startswith(prefix)}


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("long", [False, True])
def test_every_test_is_run_by_one_make_target(slow: bool, long: bool) -> None:
    """A test would be marked so that nobody runs it, or run twice."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = re.findall(r'\$\(PYTEST\) -m (?:"([^"]+)"|(\w+)) \$\(ARGS\)', makefile)
    assert len(asked) == 3
    assert sum(eval(quoted or word, {"slow": slow, "long": long}) for quoted, word in asked) == 1


def test_what_must_pass_can_be_made() -> None:
    """A change would land without a step that everybody believes in."""
    steps = re.search(r"^for step in (.+); do$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert steps is not None
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"test", "test-slow", "test-verifier-alone"} <= set(steps[1].split())
    assert all(re.search(rf"^{re.escape(step)}:", makefile, re.MULTILINE) for step in steps[1].split())


def test_the_verifier_is_tested_without_the_solver() -> None:
    assert "ortools" not in names("requirements-verifier.lock")
