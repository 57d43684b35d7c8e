"""The documentation's share of the benchmark: tables between two marks of a page, and plots beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import anytime, best, manifest, records
from benchmarks.compare import report as comparison
from benchmarks.instances import ChoiceError
from benchmarks.machine import ROOT
from benchmarks.records import Record
from benchmarks.solvers import OWN
from benchmarks.tables import markdown

RESULTS = Path(__file__).with_name("results")
PAGE = "index.md"
BEGIN, END = "<!-- made by: python -m benchmarks report -->", "<!-- end of what the report makes -->"


def write(files: Sequence[Path] | None, output: Path | None, *, update_best: bool) -> list[str]:
    """Write tables and plots, perhaps the manifest; return what to tell.

    Parameters
    ----------
    files
        JSON lines; ``None``: all of results/.
    output
        The folder of the page; ``None``: docs/benchmarks.

    Raises
    ------
    ChoiceError
        Files are missing, or records contradict each other.
    """
    paths = sorted(RESULTS.glob("*.jsonl")) if not files else list(files)
    if missing := [path for path in paths if not path.is_file()]:
        raise ChoiceError([f"There is no file {path}." for path in missing])
    folder = ROOT / "docs" / "benchmarks" if output is None else output
    folder.mkdir(parents=True, exist_ok=True)
    found = records.latest(records.read(paths))
    if wrong := best.contradictions(found):
        raise ChoiceError(wrong)
    told = [f"{len(found)} records of {len(paths)} files."]
    told += list(_plots(found, folder))
    _write_page(folder / PAGE, _section(found, folder))
    told.append(f"Written: {folder / PAGE}")
    if update_best:
        told += _update(found)
    return told


def _plots(found: Sequence[Record], folder: Path) -> Iterator[str]:
    try:
        from benchmarks import plots
    except ImportError as error:
        yield f"No plots: {error.name} is not installed (dependency group `benchmarks`)."
        return
    for path in plots.draw(found, folder):
        yield f"Written: {path}"


def _section(found: Sequence[Record], folder: Path) -> str:
    if not found:
        return "No results are stored yet."
    parts = ["## Results", markdown(found), "## On the way", anytime.markdown(found)]
    if any(record["solver"] != OWN for record in found):
        parts += ["## Instance by instance", comparison(found)]
    for name, title in (
        ("gap-over-time.svg", "Gap over time"),
        ("time-over-size.svg", "Time over size"),
        ("memory-over-size.svg", "Memory over size"),
    ):
        if (folder / name).exists():
            parts.append(f"![{title}]({name})")
    return "\n\n".join([*parts, _made_on(found)])


def _made_on(found: Sequence[Record]) -> str:
    """Return a sentence about machines, versions and commits."""

    def listed(values: set[str]) -> str:
        return ", ".join(sorted(values))

    machines = listed({f"{r['machine']} with {r['cores']} cores" for r in found})
    versions = listed(
        {f"Python {r['versions']['python']}, OR-Tools {r['versions']['ortools']}" for r in found}
    )
    return f"Made on {machines}; {versions}; commits {listed({r['commit'] for r in found})}."


def _write_page(path: Path, section: str) -> None:
    """Put the section between its marks; the rest of the page is written by hand."""
    from safeschedule.exchange.writing import write_atomically

    text = path.read_text(encoding="utf-8") if path.exists() else f"# Benchmarks\n\n{BEGIN}\n{END}\n"
    if BEGIN not in text or END not in text.split(BEGIN, 1)[1]:
        text = f"{text.rstrip()}\n\n{BEGIN}\n{END}\n"
    head, rest = text.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    write_atomically(path, f"{head}{BEGIN}\n\n{section}\n\n{END}{tail}".encode())


def _update(found: Sequence[Record]) -> list[str]:
    """Write what is better than before into the manifest; records of other weeks of the name say nothing."""
    entries, changed = manifest.read(), []
    for name, entry in entries.items():
        own = [r for r in found if r["instance"] == name and r.get("problem_hash") == entry["hash"]]
        known = best.improved(entry["best"], own)
        if known != entry["best"]:
            entry["best"] = known
            changed.append(name)
    if changed:
        manifest.write(entries)
    return [f"Better than before: {', '.join(changed)}." if changed else "Nothing is better than before."]
