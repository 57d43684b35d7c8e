"""The search: blocks first, then sessions, then local search until the time is over."""

from __future__ import annotations

import time
from importlib.resources import files
from threading import Thread
from typing import Any

from safeschedule.model.extract import extract
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.outcome import Phase
from safeschedule.solving.progress import Progress
from safeschedule_timefold import engine
from safeschedule_timefold.figures import LEVELS
from safeschedule_timefold.tidy import tidy
from safeschedule_timefold.week import Week

MOVES_PER_UNIT = 100_000
"""Moves scored for one unit of a deterministic limit; about a second of one core."""

_BLOCKS_SHARE = 0.3
_LEAVE_SECONDS = 0.3
_LOOK_SECONDS = 0.05
_IDLE_SECONDS = 20.0
"""Without any limit: how long nothing has to improve until the search gives up."""


class Search:
    """One solve: three runs of Timefold, one after the other, on the same week.

    Parameters
    ----------
    week
        What is to be planned.
    limits
        Of the whole solve.
    began
        When it began, by the monotonic clock.
    """

    def __init__(self, week: Week, limits: Limits, began: float) -> None:
        self.week, self.limits, self.began = week, limits, began
        self.java = engine.start()
        self.given = week.to_java(self.java)
        self.phases = [Phase("model", time.monotonic() - began)]
        self.moves = None
        if limits.deterministic_limit is not None:
            self.moves = round(limits.deterministic_limit * MOVES_PER_UNIT)

    def found(self) -> Found:
        """Run all phases and return the schedule."""
        facts = self.given.facts()
        facts.eager = True
        blocks = self._run("blocks", self.given.first(self.week.blocks), _BLOCKS_SHARE)
        facts.eager = False
        if blocks is not None:
            self.given.take(blocks)
        for name in ("sessions", "improve"):
            better = self._run(name, self.given, 1.0)
            if better is not None:
                self.given = better
        chosen = list(self.given.chosen())
        score = self._score()
        if score[0] < 0:
            text = f"Timefold found no schedule that keeps every hard rule (its hard score is {score[0]})."
            return Found(None, phases=tuple(self.phases), explanation=(text,))
        rows = tidy(self.week, chosen, self._score_of)
        return Found(extract(self.week.index, rows), phases=tuple(self.phases))

    def _score(self) -> list[int]:
        return levels_of(self.java.WeekScore.of(self.given))

    def _score_of(self, chosen: list[int]) -> list[int]:
        self.given.choose(chosen)
        return self._score()

    def _run(self, phase: str, given: Any, share: float) -> Any:
        """Run one phase until it ends by itself or has to; then note where it ended."""
        began = time.monotonic()
        xml = configuration(phase)
        moves = -1 if self.moves is None or phase == "sessions" else max(1, round(share * self.moves))
        run = self.java.Run(given, xml, self.limits.seed, moves, False)
        thread = Thread(target=run.run, daemon=True)
        thread.start()
        until = self._until(began, share)
        best, since = None, began
        while thread.is_alive():
            thread.join(_LOOK_SECONDS)
            now, before, best = time.monotonic(), best, run.best()
            best = None if best is None else tuple(best)
            since = since if best == before else now
            idle = self._unlimited and now - since > _IDLE_SECONDS
            if self.limits.stop.is_set() or now > until or idle:
                run.stop()
            self._tell(phase, best)
        if run.failure() is not None:
            raise RuntimeError(f"Timefold failed: {run.failure()}")
        reached = None if phase == "blocks" else _value(run.best())
        self.phases.append(Phase(phase, time.monotonic() - began, reached))
        return run.found()

    @property
    def _unlimited(self) -> bool:
        return self.limits.time_limit is None and self.moves is None

    def _until(self, began: float, share: float) -> float:
        """Return when a phase has used its share of what is left of the time."""
        if self.limits.time_limit is None or self.moves is not None:
            return float("inf")
        return began + share * (self.began + self.limits.time_limit - _LEAVE_SECONDS - began)

    def _tell(self, phase: str, best: Any) -> None:
        if self.limits.on_progress is not None:
            value = None if phase == "blocks" else _value(best)
            self.limits.on_progress(Progress(phase, time.monotonic() - self.began, value))


def _value(best: Any) -> float | None:
    """Return the objective of a score by level, ``None`` while hard rules are broken."""
    return None if best is None or best[0] < 0 else float(sum(best[1:]))


def levels_of(score: Any) -> list[int]:
    """Return a score of Timefold by level, the hard one first."""
    return [int(score.hardScore(0)), *(int(value) for value in score.softScores())]


def configuration(phase: str) -> str:
    """Return Timefold's configuration of a phase, with as many levels as there are."""
    text = files(__package__).joinpath(f"{phase}.xml").read_text(encoding="utf-8")
    return text.replace("NOTHING_LOST", f"[0]hard/[{'/'.join('0' * (LEVELS - 1))}]soft")
