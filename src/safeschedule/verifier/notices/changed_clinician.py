"""Notices of clients who are seen by somebody else than their own clinician."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.stand_ins import Absent, due_for
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield each client with own clinician who has a session, not of a group, without that clinician.

    A session with the clinician whom its request names was asked for so, and is left out.
    """
    for code, client in week.clients.items():
        own = client.clinician
        changed = [
            session
            for session in week.seen(code)
            if own is not None
            and session.group is None
            and session.clinicians
            and own not in session.clinicians
            and (session.request is None or session.request.clinician not in session.clinicians)
        ]
        if changed:
            instead = sorted({clinician for session in changed for clinician in session.clinicians})
            when = wording.listing([week.at(session) for session in changed])
            why = "".join(dict.fromkeys(_why(week, session) for session in changed))
            yield WeekNotice(
                "changed_clinician",
                False,
                f"{code}, whose own clinician is {own}, sees {wording.listing(instead)} on {when}{why}.",
                (str(own), *instead),
                (code,),
                tuple(dict.fromkeys(s.request.id for s in changed if s.request is not None)),
                {"sessions": len(changed)},
            )


def _why(week: Week, session: Session) -> str:
    """Return the reason that the rule ``continuity`` knows for a session with somebody else."""
    if session.request is None:
        return ""
    due = due_for(week, session.request, session.type)
    if due is None:
        return "; the session needs a skill that the own clinician lacks"
    absent = Absent(week, week.settings["continuity"], session.request, due)
    if not absent.away:
        return ""
    cover = absent.cover
    if cover is not None and cover.id in session.clinicians:
        return f"; {due.id} is away, and {cover.id} is the named cover"
    return f"; {due.id} is away"
