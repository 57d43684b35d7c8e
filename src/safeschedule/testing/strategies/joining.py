"""Joint blocks of a nearly good schedule: consultation, supervision, case reviews and debriefs."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.problem import BlockKind, Incident
from safeschedule.testing.strategies.choosing import block_minutes
from safeschedule.testing.strategies.drawing import chance, one_of
from safeschedule.testing.strategies.week import DrawnWeek


def join(week: DrawnWeek) -> None:
    """Place some of the consultations, supervision, reviews of teams and debriefs of incidents."""
    for code in week.codes:
        _meet(week, BlockKind.CONSULTATION, [code, *_others(week, code)], percent=55)
        _meet(week, BlockKind.SUPERVISION, [code], percent=55)
        _meet(week, BlockKind.SUPERVISION, [code], percent=40 if week.people[code].new_in_post else 5)
    teams = dict.fromkeys(team for person in week.people.values() for team in person.teams)
    for team in teams:
        _review(week, [code for code, person in week.people.items() if team in person.teams])
    for incident in week.problem.incidents:
        _debrief(week, incident)


def _others(week: DrawnWeek, code: str) -> list[str]:
    return [other for other in week.codes if other != code]


def _review(week: DrawnWeek, members: Sequence[str]) -> None:
    """Place the review of a team of several, supervised by a member most of the time."""
    leads = [code for code in members if code in week.leads]
    host = one_of(week.draw, *leads) if leads and chance(week.draw, 75) else None
    there = [code for code in members if code != host]
    if len(members) > 1:
        _meet(week, BlockKind.CASE_REVIEW, there, percent=75, host=host)


def _debrief(week: DrawnWeek, incident: Incident) -> None:
    """Place a debrief for those whom an incident affects, and a follow-up now and then."""
    happened = max(0, week.minute(incident.happened))
    for percent in (75, 35):
        _meet(week, BlockKind.DEBRIEF, incident.clinicians, percent=percent, after=happened)
    for code in incident.clinicians[1:]:
        _meet(week, BlockKind.DEBRIEF, [code], percent=25, after=happened)


def _meet(
    week: DrawnWeek,
    kind: BlockKind,
    who: Sequence[str],
    *,
    percent: int,
    host: str | None = None,
    after: int = 0,
) -> None:
    """Place a block for the first of these and most of the others, so often, when all of them are free."""
    if kind not in week.lengths or not week.periods[who[0]] or not chance(week.draw, percent):
        return
    lead = host or _host(week, who)
    if lead is None:
        return
    minutes = block_minutes(week, kind)
    starts = week.common(list(dict.fromkeys([*who, lead])), minutes) or week.common([who[0], lead], minutes)
    starts = [start for start in starts if start >= after] or starts
    if starts:
        start = one_of(week.draw, *starts)
        free = [code for code in who[1:] if code != lead and week.free(code, start, minutes)]
        guests = [code for code in free if chance(week.draw, 75)]
        week.add_block(kind, [who[0], *guests], start, minutes, lead)


def _host(week: DrawnWeek, who: Sequence[str]) -> str | None:
    """Return a supervisor beside these if there is one, mostly the first's; rarely somebody who is none."""
    others = _others(week, who[0])
    if others and chance(week.draw, 6):
        return one_of(week.draw, *others)
    leads = [lead for lead in others if lead in week.leads]
    pool = [lead for lead in leads if lead not in who] or leads
    named = week.people[who[0]].supervisor
    if named in pool and chance(week.draw, 70):
        return named
    return one_of(week.draw, *pool) if pool else None
