"""Pinned appointments and blocks of small problems, where their people are free."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from safeschedule.problem import AllowedMode, BlockKind, Mode
from safeschedule.problem.clock import parse_clock
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of

Interval = tuple[datetime, datetime]


@dataclass
class _Busy:
    """When people cannot be pinned any more."""

    scene: Scene
    working: dict[str, list[Interval]] = field(default_factory=dict)
    taken: dict[str, list[Interval]] = field(default_factory=dict)

    def take(self, who: list[str], span: Interval) -> None:
        for code in who:
            self.taken.setdefault(code, []).append(span)

    def fits(self, code: str, span: Interval) -> bool:
        inside = code not in self.working or any(a <= span[0] and span[1] <= b for a, b in self.working[code])
        return inside and all(b <= span[0] or span[1] <= a for a, b in self.taken.get(code, []))

    def places(self, who: list[str], minutes: int) -> list[datetime]:
        """Return all starts on the grid at which everybody is free for so long."""
        grid, length = self.scene.grid, timedelta(minutes=minutes)
        last = min(1440, self.scene.opens + 480) - minutes
        first = self.scene.opens // grid * grid
        starts = [self.scene.at(day, m) for day in self.scene.days for m in range(first, last + 1, grid)]
        return [start for start in starts if all(self.fits(code, (start, start + length)) for code in who)]


def draw_pins(draw: Draw, scene: Scene, given: Entry) -> tuple[list[Entry], list[Entry]]:
    """Return at most two pinned appointments and blocks together."""
    appointments: list[Entry] = []
    blocks: list[Entry] = []
    if not chance(draw, 35):
        return appointments, blocks
    busy = _busy(scene, given)
    left = {entry["id"]: entry["count"] for entry in given["requests"]}
    for _ in range(draw(st.integers(1, 2))):
        open_requests = [entry for entry in given["requests"] if left[entry["id"]]]
        if open_requests and chance(draw, 60):
            request = one_of(draw, *open_requests)
            pin = _appointment(draw, busy, given, request)
            if pin:
                appointments.append(pin)
                left[request["id"]] -= 1
        else:
            blocks += _block(draw, busy, given)
    return appointments, blocks


def _busy(scene: Scene, given: Entry) -> _Busy:
    busy = _Busy(scene)
    days = {scene.weekday(day): day for day in range(7)}
    for entry in given["clinicians"]:
        busy.working[entry["id"]] = [
            (
                scene.at(days[p["day"]], parse_clock(p["start"])),
                scene.at(days[p["day"]], parse_clock(p["end"])),
            )
            for p in entry["working"]
        ]
        for leave in entry["leave"]:
            busy.take([entry["id"]], (leave["start"], leave["end"]))
    for meeting in given["meetings"]:
        end = meeting["start"] + timedelta(minutes=meeting["minutes"])
        busy.take(meeting["clinicians"], (meeting["start"], end))
    return busy


def _appointment(draw: Draw, busy: _Busy, given: Entry, request: Entry) -> Entry | None:
    clinician = one_of(draw, *given["clinicians"])["id"]
    kind = next(t for t in given["session_types"] if t["id"] == request["session_type"])
    minutes = kind["minutes"]
    places = busy.places([clinician, request["client"]], minutes)
    if not places:
        return None
    start = one_of(draw, *places)
    busy.take([clinician, request["client"]], (start, start + timedelta(minutes=minutes)))
    allowed = [mode for mode in Mode if request["mode"] in (AllowedMode.EITHER, mode.value)]
    mode = one_of(draw, None, *allowed)
    remote = Mode.TELEHEALTH in (mode, *(allowed if len(allowed) == 1 else ()))
    fit = [] if remote else [room["id"] for room in given["rooms"] if room["kind"] == kind["room_kind"]]
    return {
        "request": request["id"],
        "clinician": clinician,
        "start": start,
        "mode": mode,
        "room": one_of(draw, *[None] * 3, *fit),
    }


def _block(draw: Draw, busy: _Busy, given: Entry) -> list[Entry]:
    kinds = (BlockKind.DOCUMENTATION, BlockKind.BREAK, BlockKind.CONSULTATION, BlockKind.COORDINATION)
    kind = one_of(draw, *kinds, BlockKind.SUPERVISION, BlockKind.URGENT_SLOT, BlockKind.CASE_REVIEW)
    clinician = one_of(draw, *given["clinicians"])["id"]
    leads = [e["id"] for e in given["clinicians"] if e["is_supervisor"] and e["id"] != clinician]
    joint = kind in (BlockKind.CONSULTATION, BlockKind.SUPERVISION)
    supervisor = one_of(draw, *leads) if joint and leads else None
    who = [clinician, supervisor] if supervisor else [clinician]
    minutes = busy.scene.steps(draw, busy.scene.grid, 60)
    places = busy.places(who, minutes)
    if not places:
        return []
    start = one_of(draw, *places)
    busy.take(who, (start, start + timedelta(minutes=minutes)))
    return [
        {
            "kind": kind,
            "clinicians": [clinician],
            "start": start,
            "minutes": minutes,
            "supervisor": supervisor,
        }
    ]
