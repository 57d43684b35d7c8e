"""Session types and requests that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.times import week_expected
from safeschedule.problem.faults.view import View
from safeschedule.problem.rulebook import RuleSetting
from safeschedule.problem.showing import show
from safeschedule.problem.work import Kind


def session_too_long(view: View) -> Iterator[Fault]:
    """Find session types longer than any working period of anybody."""
    if not view.problem.clinicians:
        return
    lengths = (end - start for periods in view.regular.values() for start, end in periods)
    longest = max(lengths, default=0)
    for i, kind in enumerate(view.problem.session_types):
        if kind.minutes > longest:
            expected = f"at most {longest}, the longest working period of any clinician"
            yield Fault("session_too_long", f"session_types[{i}].minutes", str(kind.minutes), expected)


def largest_below_smallest(view: View) -> Iterator[Fault]:
    """Find session types whose largest size is below their smallest."""
    for i, kind in enumerate(view.problem.session_types):
        if kind.largest < kind.smallest:
            expected = f"at least the smallest, {kind.smallest}"
            yield Fault("largest_below_smallest", f"session_types[{i}].largest", str(kind.largest), expected)


def prepared_crisis(view: View) -> Iterator[Fault]:
    """Find crisis sessions that are to be prepared: before them there is a reset."""
    for i, kind in enumerate(view.problem.session_types):
        if kind.kind is Kind.CRISIS and kind.preparation_minutes:
            place = f"session_types[{i}].preparation_minutes"
            expected = "none for the kind crisis, which has its reset (how long: the rule crisis_reset)"
            yield Fault("prepared_crisis", place, str(kind.preparation_minutes), expected)


def several_without_group(view: View) -> Iterator[Fault]:
    """Find requests of one client for a session type that is made for several."""
    sizes = view.problem.rulebook.rules.get("group_size", RuleSetting())
    if not sizes.enabled or sizes.hard is False:
        return  # then such a session may have one client, or one clinician
    asking = view.problem.asking
    for i, request in enumerate(view.problem.requests):
        kind = view.session_types.get(request.session_type)
        if kind is None or request.group is not None or asking.is_joint(request):
            continue  # a joint request has checks of its own
        if kind.smallest > 1 or kind.facilitators > 1:
            who = f"{kind.smallest} clients" if kind.smallest > 1 else f"{kind.facilitators} clinicians"
            expected = (
                f"a group for this type, which needs {who}: others who come, too (field with_clients); or an "
                "entry in groups with this session type and its members, and a request of each of them that "
                "names it (field group)"
            )
            yield Fault("needs_group", f"requests[{i}].session_type", show(kind.id), expected)


def standing_needs_one(view: View) -> Iterator[Fault]:
    """Find standing times of requests for several sessions."""
    for i, request in enumerate(view.problem.requests):
        if request.standing is not None and request.count != 1:
            expected = "1 for a request with a standing time; ask for the others in requests of their own"
            yield Fault("standing_needs_one", f"requests[{i}].count", str(request.count), expected)


def impossible_dates(view: View) -> Iterator[Fault]:
    """Find requests whose dates leave none of the week's."""
    for i, request in enumerate(view.problem.requests):
        earliest, latest = request.earliest, request.latest
        if earliest is not None and latest is not None and latest < earliest:
            expected = f"a date not before earliest, {earliest}"
            yield Fault("latest_before_earliest", f"requests[{i}].latest", str(latest), expected)
        if earliest is not None and view.day(earliest) > 6:
            expected = f"{week_expected(view)}; requests of later weeks are for upcoming"
            yield Fault("outside_week", f"requests[{i}].earliest", str(earliest), expected)
        if latest is not None and view.day(latest) < 0:
            yield Fault("outside_week", f"requests[{i}].latest", str(latest), week_expected(view))


def programme_limits(view: View) -> Iterator[Fault]:
    """Find clients who should have more sessions on a date than they may."""
    for i, client in enumerate(view.problem.clients):
        least, most = client.daily_least or 0, client.daily_sessions
        if most is not None and least > most:
            expected = f"at most {most}, the client's daily_sessions"
            yield Fault("least_above_most", f"clients[{i}].daily_least", str(least), expected)


CHECKS = (
    programme_limits,
    session_too_long,
    largest_below_smallest,
    prepared_crisis,
    several_without_group,
    standing_needs_one,
    impossible_dates,
)
