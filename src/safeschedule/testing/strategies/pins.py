"""Pinned appointments, group sessions and blocks of small problems, where their people are free."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.problem import AllowedMode, BlockKind, Mode
from safeschedule.problem.fixed import JOINT
from safeschedule.testing.strategies.busy import Busy, busy_at_first
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of

_KINDS = (
    BlockKind.DOCUMENTATION,
    BlockKind.BREAK,
    BlockKind.CONSULTATION,
    BlockKind.COORDINATION,
    BlockKind.SUPERVISION,
    BlockKind.URGENT_SLOT,
    BlockKind.CASE_REVIEW,
    BlockKind.DEBRIEF,
)
_Draws = Callable[[Draw, Busy, Entry, dict[str, int]], list[Entry]]


def draw_pins(draw: Draw, scene: Scene, given: Entry) -> dict[str, list[Entry]]:
    """Return at most two pinned appointments, group sessions and blocks together, by their lists."""
    found: dict[str, list[Entry]] = {}
    if not chance(draw, 35):
        return found
    busy = busy_at_first(scene, given)
    left = {entry["id"]: entry["sessions"] for entry in given["groups"]}
    # A joint request is a group of its own, and has no session for itself that could be pinned.
    alone = [e for e in given["requests"] if not e.keys() & {"group", "with_clients", "with_clinicians"}]
    left |= {entry["id"]: entry.get("count", 1) for entry in alone}
    ways: dict[str, _Draws] = {"pinned_appointments": _appointment, "pinned_blocks": _block}
    ways |= {"pinned_groups": _group_session} if given["groups"] else {}
    for _ in range(one_of(draw, 1, 2)):
        name = one_of(draw, *ways)
        found.setdefault(name, []).extend(ways[name](draw, busy, given, left))
    return found


def _appointment(draw: Draw, busy: Busy, given: Entry, left: dict[str, int]) -> list[Entry]:
    unpinned = [entry for entry in given["requests"] if left.get(entry["id"])]
    if not unpinned:
        return []
    request, clinician = one_of(draw, *unpinned), one_of(draw, *given["clinicians"])["id"]
    kind = _type(given, request)
    allowed = [mode for mode in Mode if request["mode"] in (AllowedMode.EITHER, mode.value)]
    mode = one_of(draw, None, *allowed)
    remote = Mode.TELEHEALTH in (mode, *(allowed if len(allowed) == 1 else ()))
    places = busy.places([clinician, request["client"]], kind["minutes"], in_person=not remote)
    if not places:
        return []
    start = one_of(draw, *places)
    busy.take([clinician, request["client"]], start, kind["minutes"])
    left[request["id"]] -= 1
    room = one_of(draw, None, *([] if remote else _rooms(given, kind)))
    return [{"request": request["id"], "clinician": clinician, "start": start, "mode": mode, "room": room}]


def _type(given: Entry, asked: Entry) -> Entry:
    found: Entry = next(entry for entry in given["session_types"] if entry["id"] == asked["session_type"])
    return found


def _rooms(given: Entry, kind: Entry) -> list[str]:
    """Return the rooms that fit a session type."""
    people = kind.get("largest", 1) + kind.get("facilitators", 1)
    there = (room for room in given["rooms"] if not room["unavailable"] and room["seats"] >= people)
    return [room["id"] for room in there if kind["room_kind"] in (room["kind"], *room["also"])]


def _group_session(draw: Draw, busy: Busy, given: Entry, left: dict[str, int]) -> list[Entry]:
    """Return a session of a group with some of those who ask for it, at one of its slots if it has any."""
    group = one_of(draw, *given["groups"])
    kind = _type(given, group)
    asking = [entry["client"] for entry in given["requests"] if entry.get("group") == group["id"]]
    able = group.get("facilitators") or [entry["id"] for entry in given["clinicians"]]
    leading, clients = some_of(draw, able) or able[:1], some_of(draw, asking, len(asking))
    slots = [busy.scene.when(slot["day"], slot["start"]) for slot in group["slots"]]
    places = busy.places([*leading, *clients], kind["minutes"], in_person=True)
    places = [start for start in places if not slots or start in slots]
    if not (asking and places and left[group["id"]]):
        return []
    start = one_of(draw, *places)
    busy.take([*leading, *clients], start, kind["minutes"])
    left[group["id"]] -= 1
    return [{"group": group["id"], "clinicians": leading, "start": start, "clients": clients}]


def _block(draw: Draw, busy: Busy, given: Entry, left: dict[str, int]) -> list[Entry]:
    del left
    travel = [BlockKind.TRAVEL] * 3 if len(busy.scene.sites) > 1 else []
    kind = one_of(draw, *_KINDS, *travel)
    clinician = one_of(draw, *given["clinicians"])["id"]
    leads = [e["id"] for e in given["clinicians"] if e["is_supervisor"] and e["id"] != clinician]
    supervisor = one_of(draw, *leads) if kind in JOINT and leads else None
    who = [clinician, supervisor] if supervisor else [clinician]
    minutes = busy.scene.steps(draw, busy.scene.grid, 60)
    places = busy.places(who, minutes)
    if not places:
        return []
    start = one_of(draw, *places)
    busy.take(who, start, minutes)
    return [
        {
            "kind": kind,
            "clinicians": [clinician],
            "start": start,
            "minutes": minutes,
            "supervisor": supervisor,
            "site": one_of(draw, *busy.scene.sites) if kind is BlockKind.TRAVEL else None,
        }
    ]
