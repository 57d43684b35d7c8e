"""What notebooks show of problems, schedules, accounts and results: no script, no style for anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from safeschedule.problem import Problem
from safeschedule.problem.clock import DAY
from safeschedule.reports.bar_picture import BarPicture
from safeschedule.reports.html import environment
from safeschedule.reports.kinds import LOOKS
from safeschedule.reports.week_picture import Mark, WeekPicture, picture
from safeschedule.reports.words import count, week_title
from safeschedule.result import Result
from safeschedule.schedule import LeftOut, Schedule
from safeschedule.verifier.finding import Verification

MOST_ROWS = 15
"""Rows of a table; that there are more is said."""


def problem_html(problem: Problem) -> str:
    """Return what a notebook shows of a problem: what is asked for, and when people work."""
    asked = Counter[str]()
    for request in problem.requests:
        asked[request.session_type] += request.count
    facts = [
        f"{problem.name}, {week_title(problem.week_start)}",
        f"{count(len(problem.clinicians), 'clinician')}, {count(len(problem.clients), 'client')}",
        f"{count(asked.total(), 'session')} asked for in {count(len(problem.requests), 'request')}",
    ]
    codes = [person.id for person in problem.clinicians]
    drawn = picture(codes, _given(problem), ("work",), "Working hours, meetings and leave of the week")
    types = [(name, str(number)) for name, number in asked.most_common()]
    return page(facts, drawn, [("Asked for", ("session type", "sessions"), types)])


def _given(problem: Problem) -> Iterator[Mark]:
    """Yield when people work, meet and are away."""
    first = datetime.combine(problem.week_start, time())
    last = first + timedelta(days=7)
    for person in problem.clinicians:
        for period in person.working:
            day = (period.day.number - problem.week_start.weekday()) % 7
            if day not in problem.closed_days:
                start = first + timedelta(minutes=day * DAY + period.start)
                yield Mark(person.id, start, period.end - period.start, "work", period.site or "at work")
        for leave in person.leave:
            start, end = max(leave.start, first), min(leave.end, last)
            yield Mark(person.id, start, int((end - start).total_seconds() // 60), "leave", leave.kind)
    for meeting in problem.meetings:
        if first <= meeting.start < last:
            for who in meeting.clinicians:
                yield Mark(who, meeting.start, meeting.minutes, "meeting", meeting.id)


def schedule_html(schedule: Schedule) -> str:
    """Return what a notebook shows of a schedule: the week, what each carries, and what is left out."""
    facts = [
        f"{schedule.problem}, {week_title(schedule.week_start)}",
        f"{count(len(schedule.appointments), 'session')}, {count(len(schedule.blocks), 'block')}",
    ]
    return page(facts, week_of(schedule), [_left_out(schedule.left_out)])


def week_of(schedule: Schedule) -> WeekPicture:
    """Return the picture of a schedule."""
    marks = list(_booked(schedule))
    counted = [
        look for look in ("session", "write", "meet", "rest", "open") if any(m.look == look for m in marks)
    ]
    return picture(sorted({mark.who for mark in marks}), marks, counted, "Sessions and blocks of the week")


def _booked(schedule: Schedule) -> Iterator[Mark]:
    for session in schedule.appointments:
        told = f"{session.session_type} of {', '.join(session.clients)}"
        for who in session.clinicians:
            yield Mark(who, session.start, session.minutes, "session", told)
    for block in schedule.blocks:
        look = LOOKS[block.kind]
        for who in dict.fromkeys((*block.clinicians, *filter(None, (block.supervisor,)))):
            yield Mark(who, block.start, block.minutes, look.pattern, look.label)


def _left_out(entries: Sequence[LeftOut]) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
    rows: list[tuple[str, ...]] = [
        (entry.request, str(entry.sessions), entry.reason or ", ".join(entry.rules)) for entry in entries
    ]
    return ("Left out", ("request", "sessions", "why"), rows)


def account_html(account: Verification) -> str:
    """Return what a notebook shows of a verifier's account: the verdict, findings and notices."""
    head, *_ = str(account).splitlines()
    facts = [f"{head[:1].upper()}{head[1:]}.", *filter(None, (account.qualification,))]
    findings: list[tuple[str, ...]] = [
        (
            found.rule,
            "hard" if found.hard else "soft",
            f"{found.when:%a %H:%M}" if found.when else "",
            str(found.amount),
            found.sentence,
        )
        for found in account.findings
    ]
    notices: list[tuple[str, ...]] = [(note.code, note.text) for note in account.notices]
    tables = [
        ("Findings", ("rule", "", "when", "amount", "what"), findings),
        ("Notices", ("kind", "what"), notices),
    ]
    return page(facts, None, tables)


def result_html(result: Result) -> str:
    """Return what a notebook shows of a result: its text, the week, and what is left out."""
    drawn = week_of(result.schedule) if result.schedule is not None else None
    return page([], drawn, [_left_out(result.left_out)], text=str(result))


def page(
    facts: Sequence[str],
    drawn: WeekPicture | None,
    tables: Sequence[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]],
    text: str = "",
    bars: BarPicture | None = None,
) -> str:
    """Return what a notebook shows.

    Parameters
    ----------
    facts
        Lines, of which the first is the heading.
    drawn
        A week as a picture.
    tables
        Title, heads and rows of each.
    text
        Words as they are, above everything else.
    bars
        Figures as a picture.
    """
    parts = [
        (title, heads, rows[:MOST_ROWS], len(rows), max(0, len(rows) - MOST_ROWS))
        for title, heads, rows in tables
        if rows
    ]
    template = environment().get_template("notebook.html.j2")
    return template.render(facts=facts, picture=drawn, bars=bars, tables=parts, text=text)
