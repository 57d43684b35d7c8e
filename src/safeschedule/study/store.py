"""A folder of runs: one file in Parquet for each key, so that nothing is solved twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.writing import Files
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import read_text
from safeschedule.problem.showing import show
from safeschedule.study.declared import STORED
from safeschedule.study.figures import FIGURES
from safeschedule.study.kept import REST, KeptFiles, Rows
from safeschedule.study.runs import StudyRun

PLAN = "study.json"
"""The file that says which runs belong to the study."""

RUNS = "runs"
"""The folder with a file for each key."""


class RunStore:
    """Where the runs of studies are kept; several studies may share it.

    Parameters
    ----------
    folder
        The folder; it is made when something is kept.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._files = KeptFiles(self.folder / RUNS, STORED, ("run", "solved"))
        self.notes = self._files.notes
        """What was found damaged, in words."""

    def run(self, key: str) -> StudyRun | None:
        """Return what is kept under a key; a file that is damaged counts as none."""
        return self._files.get(key, _read)

    def keep(self, run: StudyRun) -> None:
        """Write a run down, whole or not at all."""
        self._files.keep(run.key, [_row(run)])

    def keep_plan(self, plan: dict[str, Any]) -> None:
        """Write down which runs belong to the study."""
        text = json.dumps(plan, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        with Files() as files:
            files.folder(self.folder)
            files.write(self.folder / PLAN, text.encode())

    def plan(self) -> dict[str, Any]:
        """Return which runs belong to the study.

        Raises
        ------
        InputError
            Nothing says so, or nothing that can be read.
        """
        path = self.folder / PLAN
        if not path.is_file():
            expected = f"a folder with {PLAN}, as a study writes it"
            raise InputError("study", [Fault("no_study", show(str(self.folder)), "", expected)])
        data = parse_json(read_text(path, PLAN), PLAN)
        if not isinstance(data, dict) or not isinstance(data.get("runs"), list):
            raise InputError("study", [Fault("no_study", PLAN, show(data), "what a study has written")])
        return data


def _row(run: StudyRun) -> dict[str, Any]:
    """Return the row of a run's file: a column for each figure, and one with all the rest."""
    plain = run.to_dict()
    figures = plain.pop("figures")
    row = {name: figures.get(name) for name in FIGURES}
    row |= {name: plain.pop(name) for name in ("key", "problem_hash", "status", "ended", "seconds")}
    # Names are of the study, not of what was solved: two studies may share a run.
    for name in ("schema_version", "problem", "scenario", "notes" if run.solved else "", "relaxes"):
        plain.pop(name, None)
    row["seed"] = plain.pop("seed")
    row[REST] = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return row


def _read(rows: Rows) -> StudyRun:
    row = rows[0]
    figures = {name: _figure(name, row.get(name)) for name in FIGURES if row.get(name) is not None}
    head = {name: row.get(name) for name in ("key", "problem_hash", "status", "seed", "ended", "seconds")}
    rest = json.loads(row[REST])
    run = StudyRun.from_dict({**rest, **head, "problem": "", "scenario": "", "figures": figures})
    if _row(run)[REST] != row[REST]:
        # Half of a run has the form of one, with nothing where its schedule was.
        raise ValueError("what was kept is not what would be")
    return run


def _figure(name: str, value: Any) -> int | float:
    return int(value) if FIGURES[name].whole else float(value)


def keys_in(folder: Path) -> Iterable[str]:
    """Return the keys of all runs in a folder."""
    return sorted(path.stem for path in (folder / RUNS).glob("*.parquet"))
