"""The source archive: all that is needed to build, test and document it, and nothing that a run leaves."""

import sys
import tarfile
from pathlib import Path

import pytest

from safeschedule import __version__
from tests.packaging.conftest import ROOT, Run

# One worker: building writes beside the sources.
pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.slow]

TOP = {
    *(".ci", ".github", "benchmarks", "docs", "solvers", "src", "tests", "verify"),
    *("CHANGELOG.md", "CITATION.cff", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
    # Which files git ignores; hatchling takes it along, so that wheels built from the archive are the same.
    ".gitignore",
    "PKG-INFO",
}
LEFT_BEHIND = (
    *("__pycache__", ".pyc", ".venv", "_cache", ".jupyter", ".hypothesis", "/build/", "/dist/", "/wheels/"),
    *(".sqlite", ".db", ".log", ".env", ".pem", ".key", ".DS_Store", "demo-out"),
)
MOST = 12 * 2**20


@pytest.fixture(scope="module")
def names(run: Run, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build the archive and give what is in it, without the folder that holds everything."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.tar.gz")
    assert built.name == f"safeschedule-{__version__}.tar.gz"
    assert built.stat().st_size < MOST
    with tarfile.open(built) as archive:
        return {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}


def test_it_has_what_is_needed(names: set[str]) -> None:
    """Whoever builds from it would miss a part."""
    top = {name.partition("/")[0] for name in names}
    locks = {path.name for path in ROOT.glob("requirements*.lock")}
    assert top == TOP | locks
    source = {path.relative_to(ROOT).as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert source <= names
    assert "src/safeschedule/py.typed" in names


def test_nothing_is_left_behind_in_it(names: set[str]) -> None:
    """Caches, environments, databases and keys of whoever builds it would be given to everybody."""
    assert [name for name in sorted(names) if any(part in f"/{name}" for part in LEFT_BEHIND)] == []


def test_the_wheel_of_the_archive_is_that_of_the_checkout(names: set[str]) -> None:
    """A file of the package would be in one and not in the other."""
    package = {Path(name).relative_to("src").as_posix() for name in names if name.startswith("src/")}
    here = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package == here
