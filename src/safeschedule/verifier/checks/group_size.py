"""Check of the rule ``group_size``: sizes, people and times of groups."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import SessionType, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import weekday_number
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR

_Fault = tuple[str, str, str, int]
"""What was found, what is due, the end of a sentence, and how much."""


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield what is wrong with each session that is made for several people."""
    for session in week.sessions:
        faults: list[_Fault] = []
        if session.type is not None and (
            session.group or session.type.largest > 1 or session.type.facilitators > 1
        ):
            faults += _clients(session, session.type)
            faults += _clinicians(session, session.type, setting.whole("high"))
        if session.group is not None:
            faults += _strangers(week, session, session.group)
            faults += _outside_slots(week, session, session.group)
        name = f"The session of the group {session.group}" if session.group else f"T{session.short[1:]}"
        for found, due, ending, amount in faults:
            who = tuple(code for code in (session.group, *session.clinicians, *session.clients) if code)
            sentence = f"{name} on {week.at(session)} {ending}."
            yield report(setting, who, week.moment(session.start), found, due, sentence, amount)


def _clients(session: Session, kind: SessionType) -> Iterator[_Fault]:
    found = len(session.clients)
    if found < kind.smallest:
        rest = f"has {wording.count(found, 'client')}; its type {kind.id} needs at least {kind.smallest}"
        yield str(found), str(kind.smallest), rest, kind.smallest - found
    if found > kind.largest:
        rest = f"has {wording.count(found, 'client')}; its type {kind.id} takes at most {kind.largest}"
        yield str(found), str(kind.largest), rest, found - kind.largest


def _clinicians(session: Session, kind: SessionType, high: int) -> Iterator[_Fault]:
    intense = kind.kind.value == "group" and kind.intensity.value == "high"
    due, found = max(kind.facilitators, high if intense else 0), len(session.clinicians)
    if found != due:
        rest = f"has {wording.count(found, 'clinician')}; {due} {'is' if due == 1 else 'are'} due"
        yield str(found), str(due), rest, abs(found - due)


def _strangers(week: Week, session: Session, code: str) -> Iterator[_Fault]:
    group = week.groups[code]
    for clinician in session.clinicians:
        if group.facilitators and clinician not in group.facilitators:
            yield (
                clinician,
                "a facilitator of the group",
                f"is led by {clinician}, who does not lead this group",
                1,
            )
    for client in session.clients:
        if not group.open and client not in group.members:
            yield client, "a member of the group", f"has {client}, who is not a member", 1


def _outside_slots(week: Week, session: Session, code: str) -> Iterator[_Fault]:
    slots = {(weekday_number(slot.day), slot.start) for slot in week.groups[code].slots}
    if slots and (week.dates[session.day].weekday(), session.start % 1440) not in slots:
        yield (
            wording.clock(session.start % 1440),
            "one of the group's slots",
            "is outside the group's slots",
            1,
        )
