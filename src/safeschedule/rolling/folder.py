"""The folder of a roll, from which it can be resumed.

::

    roll.json              whose roll it is: the first week's problem, and the settings
    week-01/problem.json   what was planned, with the history of the weeks before
    week-01/result.json    how it was found
    week-01/schedule.json  the schedule; written last, so that a week that has one is whole
    summary.csv, summary.json
    actuals/2026-10-05.json  with a waitlist or a ledger: what the weeks say of ways in and out
    ledger.jsonl           the same: the ledger, with what the weeks would be in it at its end

Nothing else is kept: what waits and what comes again follows from the first problem and the schedules.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from safeschedule.arguments import Arguments
from safeschedule.errors import Fault, InputError
from safeschedule.exchange.json_text import as_text
from safeschedule.exchange.writing import Files
from safeschedule.ledger import OverrideInForce, overrides_in_force
from safeschedule.ledger.chain import continued
from safeschedule.ledger.reading import as_lines
from safeschedule.problem import Problem, problem_hash, read_problem
from safeschedule.problem.showing import show
from safeschedule.rolling.caseload import RollCaseload, look_at
from safeschedule.rolling.course import PlannedWeek
from safeschedule.rolling.engine import TIME_LIMIT, Roll, roll
from safeschedule.rolling.kept import Kept
from safeschedule.rolling.records import as_json, figures, hash_of, mark, read_json, record_of, told
from safeschedule.rolling.table import as_csv
from safeschedule.schedule.reading import read_schedule
from safeschedule.solving.progress import Progress
from safeschedule.verifier import verify

FORMAT = "1"

MOST_WEEKS = 99
"""So many folders have names that sort as the weeks do."""


def roll_into(
    folder: str | Path,
    problem: Problem,
    weeks: int,
    *,
    time_limit: float | None = TIME_LIMIT,
    seed: int = 0,
    workers: int = 8,
    deterministic_limit: float | None = None,
    solver: str = "auto",
    caseload: RollCaseload | None = None,
    change: Callable[[Problem, int], Problem] | None = None,
    on_week: Callable[[PlannedWeek], None] | None = None,
    on_progress: Callable[[int, Progress], None] | None = None,
    on_note: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
) -> Roll:
    """Plan weeks one after the other into a folder, or go on with those that are there.

    A week that is there is taken over when its problem is what it would be now, and the verifier accepts
    its schedule; it may have been changed by hand. The first that is not is planned, and all after it.

    Parameters
    ----------
    folder
        Where they go; made when missing.
    on_note
        Called with a plain sentence about each week that is there and cannot be taken over, and why: which of
        its files is damaged, for one. Its schedule stays beside the new one, as ``schedule.json.bak1``.
    change
        As for `roll`; to go on with a folder it has to make the same changes again.
    caseload
        As for `roll`; rules, expected changes, scores and bands have to be those with which the folder was
        begun. Its ledger may have grown since: weeks for which that matters are planned again.
    problem, weeks, time_limit, seed, workers, deterministic_limit, solver, on_week, on_progress, stop
        As for `roll`. All but the weeks have to be those with which the folder was begun.

    Raises
    ------
    ArgumentError
        An argument makes no sense; `weeks` are 1 to 99.
    InputError
        The folder is of another problem or of other settings, or has more weeks; or the first week's
        problem has faults. Nothing in the folder is changed then.
    OSError
        A file cannot be written.

    Examples
    --------
    >>> from safeschedule import roll_into
    >>> done = roll_into(folder / "quarter", problem, 1, deterministic_limit=0.3, workers=1)
    >>> (folder / "quarter" / "summary.csv").exists()
    True
    """
    looked = (
        Arguments("roll_into")
        .kind("folder", folder, (str, Path), "a path")
        .problem(problem)
        .whole("weeks", weeks, 1, MOST_WEEKS)
    )
    look_at(looked, caseload)
    looked.done()
    folder = Path(folder)
    settings = {
        "time_limit": time_limit,
        "deterministic_limit": deterministic_limit,
        "seed": seed,
        "workers": workers,
        "solver": solver,
    }
    place = _Folder(Path(folder), problem, settings, caseload, on_note or (lambda _: None))
    place.check(weeks)

    def keep(week: PlannedWeek) -> None:
        place.keep(week)
        if on_week is not None:
            on_week(week)

    done = roll(
        problem,
        weeks,
        **settings,  # type: ignore[arg-type]
        caseload=caseload,
        change=change,
        on_week=keep,
        on_progress=on_progress,
        kept=place.kept,
        stop=stop,
    )
    place.finish(done)
    return done


class _Folder:
    """The files of one roll."""

    def __init__(
        self,
        path: Path,
        problem: Problem,
        settings: dict[str, Any],
        caseload: RollCaseload | None,
        note: Callable[[str], None],
    ) -> None:
        self.path, self.note, self.caseload = path, note, caseload
        self.settings = settings if caseload is None else settings | {"caseload": mark(caseload)}
        self.own = {"format": FORMAT, "problem": problem_hash(problem), "settings": self.settings}

    # Before anything is planned.

    def check(self, weeks: int) -> None:
        """Make sure that the folder is free, or of this roll; creates nothing.

        Raises
        ------
        InputError
            It is not.
        """
        if self.path.exists() and not self.path.is_dir():
            raise self._refusal(Fault("not_a_folder", str(self.path), "a file", "a folder"))
        marker = self.path / "roll.json"
        if marker.exists():
            faults = [*self._differences(marker), *self._too_many(weeks)]
        else:
            faults = list(self._in_the_way())
        if faults:
            raise self._refusal(*faults)

    def _refusal(self, *faults: Fault) -> InputError:
        return InputError(f"folder {self.path}", faults)

    def _in_the_way(self) -> Iterator[Fault]:
        for path in (*self._weeks(), self.path / "summary.csv", self.path / "summary.json"):
            if path.exists():
                yield Fault("in_the_way", str(path), "", "a folder that is new, empty, or a roll's")

    def _differences(self, marker: Path) -> Iterator[Fault]:
        try:
            there = read_json(marker)
            found = {name: there[name] for name in self.own}
            settings = dict(found["settings"])
        except (InputError, ValueError, KeyError, TypeError):
            yield Fault("not_a_roll", str(marker), "", "the file that a roll has written")
            return
        if found["format"] != FORMAT:
            yield Fault("other_roll", f"{marker} format", show(found["format"]), show(FORMAT))
        if found["problem"] != self.own["problem"]:
            hashes = [str(each["problem"])[:16] for each in (found, self.own)]
            expected = f"{hashes[1]}, the hash of this problem: another problem needs another folder"
            yield Fault("other_roll", f"{marker} problem", hashes[0], expected)
        # A roll that goes by nothing beside the first week says nothing of a caseload.
        for name in dict.fromkeys([*self.settings, *(["caseload"] if "caseload" in settings else [])]):
            value = self.settings.get(name)
            if settings.get(name) != value:
                expected = f"{show(value)}, as asked for now: other settings need another folder"
                yield Fault("other_roll", f"{marker} {name}", show(settings.get(name)), expected)

    def _too_many(self, weeks: int) -> Iterator[Fault]:
        there = sum((path / "schedule.json").exists() for path in self._weeks())
        if there > weeks:
            yield Fault("too_few_weeks", str(self.path), f"{there} weeks", f"at most {weeks}, as asked for")

    # Week by week.

    def kept(self, number: int, problem: Problem) -> Kept | None:
        """Return a week that is there, if its problem is this one and its schedule stands."""
        folder = self._week(number)
        if not (folder / "schedule.json").exists():
            return None
        try:
            there = read_problem(folder / "problem.json")
            schedule = read_schedule(folder / "schedule.json")
        except InputError as error:
            self._refused(number, f"a file is damaged: {error.what}: {error.faults[0]}")
            return None
        record = record_of(folder)
        own = problem_hash(there)
        # Whoever was routed into the week stands in its problem, and not in the one that was asked for.
        routed = record.get("problem") == own and record.get("asked", own) != own
        if problem_hash(problem) != (record.get("asked") if routed else own):
            self._refused(number, "problem.json is not what follows from the weeks before")
            return None
        verification = verify(there, schedule, overrides=self._overrides(problem))
        if not verification.compliant:
            broken = next(finding for finding in verification.findings if finding.hard)
            self._refused(number, f"schedule.json breaks the rule {broken.rule}: {broken.sentence}")
            return None
        return Kept(schedule, verification, **figures(folder, record), problem=there if routed else None)

    def _overrides(self, problem: Problem) -> tuple[OverrideInForce, ...]:
        """Return the overrides in force at the beginning of a week: a week changed by hand may need them."""
        return () if self.caseload is None else overrides_in_force(self.caseload.ledger, problem.week_start)

    def _refused(self, number: int, why: str) -> None:
        self.note(f"{self._week(number).name} is planned again, and all after it: {why}")

    def keep(self, week: PlannedWeek) -> None:
        """Write a week that was planned; one that was taken over is there."""
        if week.result is None:
            return
        self._begin()
        folder = self._week(week.number)
        schedule = as_text(week.schedule).encode()
        for later in self._weeks():
            # From here on the weeks that are there no longer follow from this one.
            if later.name >= folder.name and (later / "schedule.json").exists():
                with Files(keep_old=True) as files:
                    files.set_aside(later / "schedule.json")
        with Files() as files:
            files.folder(folder)
            files.write(folder / "problem.json", as_text(week.problem).encode())
            files.write(folder / "result.json", as_json(told(week, hash_of(schedule))))
            files.write(folder / "schedule.json", schedule)

    def _begin(self) -> None:
        marker = self.path / "roll.json"
        if not marker.exists():
            with Files() as files:
                files.folder(self.path)
                files.write(marker, as_json(self.own | {"safeschedule": version("safeschedule")}))

    def finish(self, done: Roll) -> None:
        """Write the summary, and what the weeks are in the forms of a ledger and of records."""
        if not done.weeks:
            return
        summary = done.summary
        with Files() as files:
            files.write(self.path / "summary.csv", as_csv(summary).encode())
            files.write(self.path / "summary.json", as_json(summary.to_dict(brief=True)))
            if self.caseload is not None:
                files.folder(self.path / "actuals")
                for week in done.weeks:
                    if week.caseload is not None:
                        name = f"{week.problem.week_start}.json"
                        files.write(self.path / "actuals" / name, as_text(week.caseload.actuals).encode())
                lines = as_lines(continued(self.caseload.ledger, done.decisions))
                files.write(self.path / "ledger.jsonl", lines.encode())

    def _week(self, number: int) -> Path:
        return self.path / f"week-{number:02d}"

    def _weeks(self) -> list[Path]:
        return sorted(self.path.glob("week-[0-9][0-9]"))
