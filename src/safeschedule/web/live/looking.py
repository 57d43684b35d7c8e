"""A week with everything that questions about it need, as of the version that somebody sees."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule import OverrideInForce, Problem, Schedule
from safeschedule.web.live.desks import SharedDesk, desk_of
from safeschedule.web.storage import Store
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import KeptWeek, find, version_of
from safeschedule.web.weeks.changing import stale
from safeschedule.web.weeks.deciding import overrides


@dataclass(frozen=True)
class SeenWeek:
    """A week that is looked at.

    Parameters
    ----------
    week
        The version.
    problem, schedule
        Its content.
    overrides
        Those in force today.
    """

    week: KeptWeek
    problem: Problem
    schedule: Schedule
    overrides: tuple[OverrideInForce, ...]

    def desk(self) -> SharedDesk:
        """Return what answers questions about it."""
        keys = self.week.problem_key, self.week.schedule_key
        return desk_of(keys, self.problem, self.schedule, self.overrides)


def look_at(store: Store, code: str, seen: int | None = None) -> SeenWeek:
    """Return a week as it is now.

    Parameters
    ----------
    seen
        The version that whoever asks has before their eyes; ``None``: any.

    Raises
    ------
    RefusalError
        There is no such week, or it is another version meanwhile: with what is different.
    """
    with store.reading() as connection:
        week = find(connection, code)
        if seen is not None and seen != week.version:
            raise stale(connection, version_of(connection, code, seen))
        return SeenWeek(
            week, week.problem(connection), week.schedule(connection), overrides(store, connection)
        )


def version_in(tag: str | None) -> int:
    """Return the version of an ``If-Match`` header.

    Raises
    ------
    RefusalError
        There is none, or it is no version.
    """
    text = (tag or "").strip().removeprefix("W/").strip('"')
    if not text.isdigit() or len(text) > 9:
        raise RefusalError(428, "which_version", "Say by If-Match which version of the week you have seen.")
    return int(text)
