"""Groups of small problems, their session types, and the requests of those who come."""

from __future__ import annotations

from safeschedule.problem import Intensity, Kind, Mode
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of, whole
from safeschedule.testing.strategies.work import draw_dates, session_type


def draw_group_types(draw: Draw, scene: Scene, longest: int) -> list[Entry]:
    """Return no session type made for several most of the time, else one or two."""
    if not chance(draw, 45):
        return []
    return [_group_type(draw, scene, f"G{n}", longest) for n in range(1, one_of(draw, 1, 1, 2) + 1)]


def _group_type(draw: Draw, scene: Scene, code: str, longest: int) -> Entry:
    smallest = one_of(draw, 1, 2, 2, 3)
    made_for = {
        "kind": one_of(draw, Kind.GROUP, Kind.GROUP, Kind.GROUP, Kind.FAMILY, Kind.REVIEW),
        "intensity": one_of(draw, Intensity.MODERATE, Intensity.HIGH),
        "smallest": smallest,
        "largest": smallest + one_of(draw, 2, 1, 0, 6),
        "facilitators": one_of(draw, 1, 1, 2),
    }
    return session_type(draw, scene, code, longest) | made_for


def draw_joint(
    draw: Draw, scene: Scene, clients: list[Entry], types: list[Entry], clinicians: list[Entry]
) -> list[Entry]:
    """Return a request of several clients for one session now and then, if there is a type for them."""
    fitting = [kind for kind in types if kind["smallest"] <= len(clients)]
    if not fitting or not chance(draw, 25):
        return []
    kind = one_of(draw, *fitting)
    size = whole(draw, kind["smallest"], min(kind["largest"], len(clients)))
    first, *others = [client["id"] for client in clients][:size]
    people = [clinician["id"] for clinician in clinicians]
    if len(people) < kind["facilitators"] or (not others and len(people) < 2):
        return []
    entry: Entry = {
        "id": "J1",
        "client": first,
        "with_clients": others,
        "session_type": kind["id"],
        "mode": one_of(draw, Mode.IN_PERSON, Mode.TELEHEALTH),
        "windows": scene.windows(draw, 20),
    }
    # Of one client, it is a joint session because of those who give it.
    named = not others or chance(draw, 60)
    return [entry | ({"clinician": people[0], "with_clinicians": people[1:]} if named else {})]


def draw_groups(
    draw: Draw, scene: Scene, clients: list[Entry], types: list[Entry], clinicians: list[Entry], visits: int
) -> tuple[list[Entry], list[Entry]]:
    """Return one or two groups if there are session types for them, and requests for at most so many visits.

    Only members ask for a closed group: anybody else who does is a fault.
    """
    found: list[Entry] = []
    requests: list[Entry] = []
    for number in range(1, (one_of(draw, 1, 1, 2) if types else 0) + 1):
        group = _group(draw, scene, f"group-{number}", types, clinicians)
        codes = [str(client["id"]) for client in clients]
        asking = codes if chance(draw, 60) else some_of(draw, codes, len(codes)) or codes[:1]
        for client in asking[:visits]:
            count = min(visits, one_of(draw, *range(1, group["sessions"] + 1)))
            visits -= count
            if count:
                request = _request(draw, scene, f"V{len(requests) + 1}", client, group)
                requests.append(request | {"count": count})
        members = some_of(draw, asking, 1) if group["open"] else asking
        group["members"] = [*members, *some_of(draw, [code for code in codes if code not in asking], 1)]
        found.append(group)
    return found, requests


def _group(draw: Draw, scene: Scene, code: str, types: list[Entry], clinicians: list[Entry]) -> Entry:
    entry: Entry = {
        "id": code,
        "session_type": one_of(draw, *types)["id"],
        "open": chance(draw, 40),
        "sessions": one_of(draw, 1, 1, 2, 3),
        "slots": [scene.slot(draw) for _ in range(one_of(draw, 1, 2))] if chance(draw, 40) else [],
    }
    if chance(draw, 45):
        entry["facilitators"] = some_of(draw, [person["id"] for person in clinicians], len(clinicians))
    if chance(draw, 20):
        entry["mode"] = Mode.TELEHEALTH
    else:
        entry["site"] = one_of(draw, None, None, *scene.sites)
    return entry


def _request(draw: Draw, scene: Scene, code: str, client: str, group: Entry) -> Entry:
    """Return a request for a group, which decides about clinicians, mode, site and times."""
    entry: Entry = {
        "id": code,
        "client": client,
        "session_type": group["session_type"],
        "group": group["id"],
    }
    if chance(draw, 30):
        entry["priority"] = whole(draw, 1, 5)
        entry["windows"] = scene.windows(draw, 40)
    return entry | draw_dates(draw, scene)
