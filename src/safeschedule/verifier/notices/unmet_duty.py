"""Notices of duties that a week cannot ask of a clinician: that person's matter, which blocks nobody."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.verifier import wording
from safeschedule.verifier.duties import APART, NO_PARTNER, NO_TIME, WaivedDuty
from safeschedule.verifier.incidents import due_this_week
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.reviews import acute_teams
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield each duty of somebody with time left in the week that is due and has no place."""
    for duty in week.duties.left_out():
        yield WeekNotice(
            f"no_{duty.rule}",
            True,
            f"{duty.clinician} goes without {duty.rule} this week: {_why(week, duty)}",
            (duty.clinician,),
            numbers={"minutes": duty.minutes},
        )
    yield from _no_debrief(week)
    yield from _no_review(week)


def _no_debrief(week: Week) -> Iterator[WeekNotice]:
    setting = week.settings["debrief"]
    for due in due_this_week(week, setting) if setting.enabled else ():
        if not due.possible:
            text = (
                f"{due.clinician} goes without the {due.name} of {wording.count(due.minutes, 'minute')} that "
                f"is due by {week.day_name(due.last)}: no supervisor is free with {due.clinician} "
                "then. Hold it at another time, or have somebody from elsewhere hold it."
            )
            yield WeekNotice("no_debrief", True, text, (due.clinician,), numbers={"minutes": due.minutes})


def _no_review(week: Week) -> Iterator[WeekNotice]:
    setting = week.settings["case_review"]
    for team in acute_teams(week, setting) if setting.enabled else ():
        if not team.possible:
            text = (
                f"The team {team.name} goes without case review this week: a supervisor and {team.quorum} of "
                f"its {len(team.at_work)} members at work are never free together. "
                "Let more of them share a time, or set a lower quorum."
            )
            people = tuple(sorted(team.at_work))
            yield WeekNotice("no_case_review", True, text, people, numbers={"quorum": team.quorum})


def _why(week: Week, duty: WaivedDuty) -> str:
    minutes = wording.count(duty.minutes, "minute")
    partner = _partner(week, duty)
    if duty.why == NO_TIME:
        found = f"there is no time for {minutes} free of leave and meetings"
        return f"{found}. Lengthen a working period, or move what stands in it."
    if duty.why == NO_PARTNER:
        return f"there is nobody for it. Name {partner}."
    if duty.why == APART:
        found = f"{partner} is never there for {minutes} at the same time"
        return f"{found}. Let the two share a time, or name somebody who is there."
    return (
        f"{minutes} for it, at a time shared with {partner}, have no place beside other duties. "
        "Lengthen a working period or the contract."
        if duty.rule != "coordination"
        else f"{minutes} have no place beside other duties. Lengthen a working period or the contract."
    )


def _partner(week: Week, duty: WaivedDuty) -> str:
    person = week.clinicians[duty.clinician]
    if duty.rule == "supervision":
        return person.supervisor or "a supervisor"
    return "a colleague" if person.is_supervisor else "a supervisor"
