"""Why an attendant who works then cannot come: what else the attendant is in."""

from __future__ import annotations

from safeschedule.verifier.activity import Session
from safeschedule.verifier.attending import gap_due, is_there, needed, ways
from safeschedule.verifier.week import Week


def engaged(week: Week, session: Session) -> str:
    """Return in sentences what keeps those with the skills that a session needs, who work then; or nothing.

    Parameters
    ----------
    week
        The week that the session is in, or would be in.
    session
        One that lacks attendants.
    """
    skills, told = needed(week, session), []
    for code, person in week.attendants.items():
        able = any(skill in person.skills for skill in skills)
        if not able or code in session.attendants or not is_there(week, person, session):
            continue
        held = [other for other in week.sessions if code in other.attendants]
        near = [other for other in held if not _apart(week, session, other)]
        minutes = sum(other.minutes for other in held) + session.minutes
        if near:
            told.append(f"{code} attends {near[0].short} on {week.at(near[0])}")
        elif person.weekly_minutes is not None and minutes > person.weekly_minutes:
            told.append(f"{code} attends at most {person.weekly_minutes} minutes in the week")
    return "; ".join(told)


def of_request(week: Week, request: str, sentence: str) -> str:
    """Return what is found against a request's session, with what keeps its attendants."""
    for session in week.sessions:
        if any(asked.id == request for asked in session.requests) and week.at(session) in sentence:
            more = engaged(week, session)
            return f"{sentence.rstrip('.')}; {more}." if more else sentence
    return sentence


def _apart(week: Week, one: Session, other: Session) -> bool:
    first, second = sorted((one, other), key=lambda session: session.start)
    return second.start - first.end >= gap_due(first, second, ways(week))
