"""Check of the rule ``qualification``: the clinician can do what the request needs."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Group, Request, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each missing skill, and each unfit mode or site, of an appointment."""
    for session in week.sessions:
        found = [("missing", skill, f"{_people(session)} {skill}") for skill in _missing(week, session)]
        if unfit := _unfit_mode(week, session):
            found.append((wording.words(session.mode), "another mode", unfit))
        if unfit := _unfit_site(week, session):
            found.append((session.site or "no site", "another site", unfit))
        for measured, limit, reason in found:
            who, when = (*session.clinicians, *session.clients), week.moment(session.start)
            sentence = f"{reason} for {session.short} on {week.at(session)}."
            yield report(setting, who, when, measured, limit, sentence)


def _people(session: Session) -> str:
    verb = "does" if len(session.clinicians) == 1 else "do"
    return f"{wording.listing(session.clinicians)} {verb} not have the skill"


def _missing(week: Week, session: Session) -> list[str]:
    needed = {
        *(() if session.type is None else session.type.skills),
        *(() if session.request is None else session.request.skills),
    }
    return sorted({s for s in needed for c in session.clinicians if s not in week.clinicians[c].skills})


def _asking(week: Week, session: Session) -> Request | Group | None:
    """Return what decides about mode and site."""
    return session.request if session.group is None else week.groups[session.group]


def _unfit_mode(week: Week, session: Session) -> str:
    asking = _asking(week, session)
    allowed = "either" if asking is None else asking.mode.value
    if allowed not in ("either", session.mode):
        return f"The request allows only {_mode(allowed)}, not {_mode(session.mode)},"
    if session.mode == "telehealth":
        for clinician in session.clinicians:
            if not week.clinicians[clinician].telehealth:
                return f"{clinician} does not work by telehealth, which is planned"
    return ""


def _unfit_site(week: Week, session: Session) -> str:
    if session.mode != "in_person":
        return ""
    planned = "no site" if session.site is None else f"the site {session.site}"
    asking = _asking(week, session)
    asked = None if asking is None else asking.site
    if asked is not None and session.site != asked:
        return f"The request asks for the site {asked}, but {planned} is planned"
    for clinician in session.clinicians:
        if unfit := _unfit_for(week, clinician, session):
            return f"{clinician} {unfit}, but {planned} is planned"
    return ""


def _unfit_for(week: Week, clinician: str, session: Session) -> str:
    periods = week.hours[clinician].periods(week.working_day(clinician, session.start))
    period = next((p for p in periods if p.start <= session.start < p.end), None)
    if period is None:
        return ""
    if period.site is not None:
        return "" if session.site == period.site else f"works at the site {period.site} then"
    sites = week.clinicians[clinician].sites
    if not sites or session.site is None or session.site in sites:
        return ""
    return f"works only at {wording.listing(sites)}"


def _mode(code: str) -> str:
    return {"in_person": "sessions in person", "telehealth": "telehealth"}[code]
