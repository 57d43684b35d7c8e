"""Groups, and requests and pins for them, that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import View
from safeschedule.problem.showing import show

_DECIDED = (
    "with_clients",
    "with_clinicians",
    "clinician",
    "skills",
    "site",
    "standing",
    "daily_sessions",
    "days_between",
    "same_time",
    "needs_attendants",
)


def group_type(view: View) -> Iterator[Fault]:
    """Find requests for a group whose session type is another than the group's."""
    for i, request in enumerate(view.problem.requests):
        group = view.groups.get(request.group or "")
        if group is not None and request.session_type != group.session_type:
            expected = f"{group.session_type}, the session type of its group"
            yield Fault("group_type", f"requests[{i}].session_type", show(request.session_type), expected)


def group_decides(view: View) -> Iterator[Fault]:
    """Find requests for a group that ask for what the group decides."""
    for i, request in enumerate(view.problem.requests):
        for field in _DECIDED if request.group is not None else ():
            if value := getattr(request, field):
                expected = "nothing: the group decides who leads it, when and where"
                yield Fault("group_decides", f"requests[{i}].{field}", show(str(value)), expected)


def not_a_member(view: View) -> Iterator[Fault]:
    """Find requests for a closed group by clients who do not belong to it."""
    for i, request in enumerate(view.problem.requests):
        group = view.groups.get(request.group or "")
        if group is not None and not group.open and request.client not in group.members:
            expected = f"a member of the group {show(group.id)[1:-1]}, or an open group"
            yield Fault("not_a_member", f"requests[{i}].client", show(request.client), expected)


def asked_twice(view: View) -> Iterator[Fault]:
    """Find second requests of a client for one group."""
    first: dict[tuple[str, str], int] = {}
    for i, request in enumerate(view.problem.requests):
        if request.group is not None:
            earlier = first.setdefault((request.client, request.group), i)
            if earlier != i:
                expected = f"one request of a client for a group; requests[{earlier}] has a count"
                yield Fault("asked_twice", f"requests[{i}].group", show(request.group), expected)


def pin_of_group(view: View) -> Iterator[Fault]:
    """Find pinned appointments of requests for a group, and pinned clients who have not asked for it."""
    for i, pin in enumerate(view.problem.pinned_appointments):
        request = view.requests.get(pin.request)
        if request is not None and request.group is not None:
            expected = "a request of one client alone; sessions of groups stand in pinned_groups"
            yield Fault("pin_of_group", f"pinned_appointments[{i}].request", show(pin.request), expected)
    asking = {(request.group, request.client) for request in view.problem.requests}
    for i, session in enumerate(view.problem.pinned_groups):
        for j, client in enumerate(session.clients):
            if (session.group, client) not in asking:
                place = f"pinned_groups[{i}].clients[{j}]"
                yield Fault("pin_of_group", place, show(client), "a client with a request for the group")


def joint(view: View) -> Iterator[Fault]:
    """Find joint requests that nobody could ever meet."""
    asking = view.problem.asking
    for i, request in enumerate(view.problem.requests):
        for code, field, found, expected in asking.faults(request) if asking.is_joint(request) else ():
            yield Fault(code, f"requests[{i}].{field}", show(found), expected)


CHECKS = (joint, group_type, group_decides, not_a_member, asked_twice, pin_of_group)
