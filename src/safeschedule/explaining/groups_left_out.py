"""Why a client has no place in a group's sessions."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.problem import Group, Problem, Request, SessionType
from safeschedule.schedule import Appointment, Schedule
from safeschedule.verifier.finding import Verification

Reason = tuple[tuple[str, ...], str]
Check = Callable[[Problem, Schedule], Verification]


def why_without_group(problem: Problem, schedule: Schedule, request: Request, check: Check) -> Reason:
    """Return the rules that stand against a place in the group, and one plain sentence."""
    group = next(g for g in problem.groups if g.id == request.group)
    kind = next(t for t in problem.session_types if t.id == group.session_type)
    held = [a for a in schedule.appointments if a.group == group.id and request.client not in a.clients]
    if not held:
        return _not_held(problem, group, kind)
    reasons = [_joining(problem, schedule, request, session, kind, check) for session in held]
    rules = dict.fromkeys(rule for found, _ in reasons for rule in found)
    return tuple(rules), " ".join(sentence for _, sentence in reasons)


def _not_held(problem: Problem, group: Group, kind: SessionType) -> Reason:
    asking = sum(request.group == group.id for request in problem.requests)
    if asking < kind.smallest:
        return ("group_size",), (
            f"The group {group.id} needs {kind.smallest} clients, and {asking} ask for it this week."
        )
    named = ", ".join(group.facilitators)
    leading = f"its facilitators ({named})" if named else "who could lead it"
    return ("group_size",), (
        f"The group {group.id} has no session this week at which the client could be: none was found that "
        f"suits at least {kind.smallest} of its {asking} clients, {leading} and a room, and is worth it."
    )


def _joining(
    problem: Problem,
    schedule: Schedule,
    request: Request,
    session: Appointment,
    kind: SessionType,
    check: Check,
) -> Reason:
    at = f"{session.start:%A at %H:%M}"
    if len(session.clients) >= kind.largest:
        return ("group_size",), f"The session of the group {session.group} on {at} is full."
    joined = session.model_copy(update={"clients": (*session.clients, request.client)})
    others = tuple(a for a in schedule.appointments if a is not session)
    # The schedule is compliant, so that what is found now is the joining's.
    after = check(problem, schedule.model_copy(update={"appointments": (*others, joined)}))
    against = [f for f in after.findings if f.hard]
    if not against:
        return (), f"The search ended before it was placed; it may join the group {session.group} on {at}."
    rules = tuple(dict.fromkeys(finding.rule for finding in against))
    return rules, f"Joining the group {session.group} on {at} would break a rule: {against[0].sentence}"
