"""What keeps attendants from a session that lacks them: when they work on its date, and what they attend."""

from __future__ import annotations

from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.attending import at_work, needed
from safeschedule.verifier.week import Week

_NAMED = 3


def of_request(week: Week, request: str, sentence: str) -> str:
    """Return what is found against a request's session, with what keeps those who could attend it.

    Parameters
    ----------
    week
        The week that the session is in.
    request
        Its code.
    sentence
        What the check finds; it names the session's time.
    """
    for session in week.sessions:
        if any(asked.id == request for asked in session.requests) and week.at(session) in sentence:
            told = [_of_attendant(week, session, code) for code in _able(week, session)[:_NAMED]]
            return f"{sentence.rstrip('.')}. {' '.join(told)}".rstrip() if told else sentence
    return sentence


def _able(week: Week, session: Session) -> list[str]:
    """Return who has a skill that the session needs, and does not attend it."""
    skills = set(needed(week, session))
    return [c for c, p in week.attendants.items() if skills & set(p.skills) and c not in session.attendants]


def _of_attendant(week: Week, session: Session, code: str) -> str:
    """Return when an attendant works on a session's date, and what the attendant attends in the week."""
    person, midnight = week.attendants[code], session.day * 1440
    spans = [(max(a, midnight), min(b, midnight + 1440)) for a, b in at_work(week, person, session)]
    hours = [wording.span(a, b) for a, b in spans if a < b]
    if not hours:
        return f"{code} does not work on that date where it is held."
    held = [other for other in week.sessions if code in other.attendants]
    there = [
        f"{other.short} {wording.span(other.start, other.end)}" for other in held if other.day == session.day
    ]
    attends = f" and attends {wording.listing(there)}" if there else ""
    minutes = sum(other.minutes for other in held)
    limit = person.weekly_minutes
    full = limit is not None and minutes + session.minutes > limit
    more = f"; {minutes} of at most {limit} minutes in the week are taken" if full else ""
    return f"{code} works {wording.listing(hours)} on that date{attends}{more}."
