"""Check of the rule ``attendants``: whoever has to attend a session is there, free and qualified."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.attending import gap_due, is_there, needed, ways
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.matching import most_served
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each place that nobody fills, and each attendant who is not there, or not free."""
    attended: dict[str, list[Session]] = {}
    for session in week.sessions:
        yield from _missing(week, setting, session)
        for code in session.attendants:
            attended.setdefault(code, []).append(session)
            if not is_there(week, week.attendants[code], session):
                yield _absent(week, setting, code, session)
    stated = ways(week)
    for code, sessions in sorted(attended.items()):
        # Few enough to look at each pair: one person's week.
        for one, other in combinations(sessions, 2):
            yield from _clash(week, setting, code, one, other, stated)
        yield from _too_much(week, setting, code, sessions)


def _missing(week: Week, setting: Setting, session: Session) -> Iterator[Finding]:
    needs = needed(week, session)
    wanted = [skill for skill, count in needs.items() for _ in range(count)]
    if not wanted:
        return  # nearly always
    able = [frozenset(c for c in session.attendants if s in week.attendants[c].skills) for s in wanted]
    served = most_served(able)
    for number, skill in enumerate(wanted):
        if number in served:
            continue
        named = wording.listing(session.attendants) if session.attendants else "nobody"
        limit = wording.count(needs[skill], "attendant")
        verb = "attends" if len(session.attendants) < 2 else "attend"
        sentence = (
            f"For {session.short} on {week.at(session)}, an attendant with the skill {skill} is missing: "
            f"{named} {verb}, and {_others(week, session, skill)}."
        )
        who = (*session.clinicians, *session.clients)
        yield report(setting, who, week.moment(session.start), named, limit, sentence)


def _others(week: Week, session: Session, skill: str) -> str:
    """Return who else has a skill, and whether they work then; what else they attend is not looked at."""
    able = [p for p in week.attendants.values() if skill in p.skills and p.id not in session.attendants]
    there = [person.id for person in able if is_there(week, person, session)]
    if there:
        return f"{wording.listing(there)} {'works' if len(there) == 1 else 'work'} then"
    if able:
        verb = "is" if len(able) == 1 else "are"
        return f"{wording.listing([person.id for person in able])} {verb} not there then"
    return "nobody else has it"


def _absent(week: Week, setting: Setting, code: str, session: Session) -> Finding:
    where = "by telehealth" if session.mode == "telehealth" else "in person"
    at = f" at {session.site}" if session.mode == "in_person" and session.site is not None else ""
    sentence = (
        f"{code} attends {session.short} on {week.at(session)}, and is not there then {where}{at}: "
        "the attendant does not work in all of that time, is away, or is not there in that way."
    )
    who = (code, *session.clients)
    return report(setting, who, week.moment(session.start), "not there", "there for all of it", sentence)


def _clash(
    week: Week, setting: Setting, code: str, one: Session, other: Session, stated: dict[tuple[str, str], int]
) -> Iterator[Finding]:
    """Yield two sessions, in the order of their starts, that one attendant cannot attend both."""
    clients = tuple(dict.fromkeys((*one.clients, *other.clients)))
    if other.start < one.end:
        sentence = (
            f"{code} attends {one.short} on {week.at(one)} and {other.short} on {week.at(other)}, at once."
        )
        who, when = (code, *clients), week.moment(other.start)
        yield report(setting, who, when, "2 appointments", "1 at a time", sentence)
        return
    way = gap_due(one, other, stated)
    if other.start - one.end < way:
        gap = other.start - one.end
        sentence = (
            f"{code} attends {one.short} at {one.site} until {week.moment(one.end):%H:%M} and {other.short} "
            f"at {other.site} on {week.at(other)}; the way takes {way} minutes, and there are {gap}."
        )
        who, when = (code, *clients), week.moment(other.start)
        yield report(setting, who, when, f"{gap} minutes", f"{way} minutes", sentence)


def _too_much(week: Week, setting: Setting, code: str, sessions: list[Session]) -> Iterator[Finding]:
    most, minutes = week.attendants[code].weekly_minutes, sum(session.minutes for session in sessions)
    if most is not None and minutes > most:
        sentence = f"{code} attends {minutes} minutes of appointments in the week, and may attend {most}."
        yield report(setting, (code,), None, f"{minutes} minutes", f"{most} minutes", sentence)
