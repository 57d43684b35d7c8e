"""When the people of a small problem can be pinned: in their hours, and free of all that is fixed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from safeschedule.testing.strategies.drawing import Entry, Scene

Interval = tuple[datetime, datetime]


@dataclass
class Busy:
    """When people cannot be pinned any more."""

    scene: Scene
    working: dict[str, list[Interval]] = field(default_factory=dict)
    seeing: dict[str, list[Interval]] = field(default_factory=dict)
    taken: dict[str, list[Interval]] = field(default_factory=dict)

    def take(self, who: list[str], start: datetime, minutes: int) -> None:
        """Remember that these people are busy from now on."""
        for code in who:
            self.taken.setdefault(code, []).append((start, start + timedelta(minutes=minutes)))

    def places(self, who: list[str], minutes: int, *, in_person: bool = False) -> list[datetime]:
        """Return all starts on the grid at which everybody is free for so long, and may see clients."""
        grid, length = self.scene.grid, timedelta(minutes=minutes)
        last = min(1440, self.scene.opens + 480) - minutes
        first = self.scene.on_grid(self.scene.opens)
        starts = [self.scene.at(day, m) for day in self.scene.days for m in range(first, last + 1, grid)]
        hours = self.seeing if in_person else self.working
        return [s for s in starts if all(self._fits(code, (s, s + length), hours) for code in who)]

    def _fits(self, code: str, span: Interval, hours: dict[str, list[Interval]]) -> bool:
        inside = code not in hours or any(a <= span[0] and span[1] <= b for a, b in hours[code])
        return inside and all(b <= span[0] or span[1] <= a for a, b in self.taken.get(code, []))


def busy_at_first(scene: Scene, given: Entry) -> Busy:
    """Return what hours, leave and meetings leave free."""
    busy = Busy(scene)
    closed = {entry["date"] for entry in given["closures"]}
    for entry in given["clinicians"]:
        spans = [
            (
                scene.when(p["day"], p["start"]),
                scene.when(p["day"], p["end"]),
                p.get("telehealth_only", False),
            )
            for p in entry["working"]
        ]
        open_ = [(start, end, remote) for start, end, remote in spans if start.date() not in closed]
        busy.working[entry["id"]] = [(start, end) for start, end, _ in open_]
        busy.seeing[entry["id"]] = [(start, end) for start, end, remote in open_ if not remote]
        busy.taken[entry["id"]] = [(leave["start"], leave["end"]) for leave in entry["leave"]]
    for meeting in given["meetings"]:
        busy.take(meeting["clinicians"], meeting["start"], meeting["minutes"])
    return busy
