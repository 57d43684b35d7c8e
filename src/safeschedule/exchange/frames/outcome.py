"""What came of a week as the columns of its frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from safeschedule.caseload.urgency import urgent_requests
from safeschedule.exchange.frames.declared import ACCOUNT, SOLVE, WEEK
from safeschedule.exchange.frames.flattening import Columns, laid_out
from safeschedule.exchange.frames.layout import FrameTable
from safeschedule.problem import Problem
from safeschedule.reports.compliance import rule_lines
from safeschedule.reports.load import load
from safeschedule.result import Result
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.schedule.identity import identified
from safeschedule.verifier.finding import Verification
from safeschedule.verifier.intensity import high_of

_SAID = {"request", "group", "session_type", "mode", "site", "room"}
"""Fields of an appointment that are columns as they are."""

Row = dict[str, Any]
Rows = Mapping[str, Iterable[Row]]


def week_columns(problem: Problem, schedule: Schedule) -> dict[str, Columns]:
    """Return the columns of the frames of a schedule."""
    week = identified(schedule)
    high, types = high_of(problem), problem.by_code.session_types
    sessions = [
        {
            "appointment": item.id,
            **item.model_dump(
                mode="json", include={"request", "group", "session_type", "mode", "site", "room"}
            ),
            "kind": str(types[item.session_type].kind) if item.session_type in types else None,
            "high_intensity": high(item),
            "client": item.clients[0] if len(item.clients) == 1 else None,
            "clients_count": len(item.clients),
            **_when(item),
        }
        for item in week.appointments
    ]
    blocks = [
        {
            "block": item.id,
            "kind": str(item.kind),
            "supervisor": item.supervisor,
            "site": item.site,
            **_when(item),
        }
        for item in week.blocks
    ]
    rows: Rows = {
        "appointments": sessions,
        "blocks": blocks,
        "participation": _participation(week),
        "left_out": _left_out(problem, week),
        "left_out.rules": [{"request": e.request, "rule": rule} for e in week.left_out for rule in e.rules],
        **_load(problem, week),
    }
    return _columns(WEEK, rows)


def _columns(tables: Iterable[FrameTable], rows: Rows) -> dict[str, Columns]:
    return {table.name: laid_out(table, iter(rows.get(table.name, ()))) for table in tables}


def _when(item: Appointment | Block) -> Row:
    people = item.clinicians
    return {
        **_span(item),
        "clinician": people[0] if len(people) == 1 else None,
        "clinicians_count": len(people),
    }


def _span(item: Appointment | Block) -> Row:
    end = item.start + timedelta(minutes=item.minutes)
    return {"start": _text(item.start), "end": _text(end), "minutes": item.minutes}


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")


def _participation(week: Schedule) -> Iterator[Row]:
    for session in week.appointments:
        row = {"what": "appointment", "item": session.id, "kind": session.session_type, **_span(session)}
        people = (
            ("clinician", session.clinicians),
            ("client", session.clients),
            ("attendant", session.attendants),
        )
        yield from ({**row, "role": role, "person": code} for role, codes in people for code in codes)
    for block in week.blocks:
        row = {"what": "block", "item": block.id, "kind": str(block.kind), **_span(block)}
        yield from ({**row, "role": "clinician", "person": code} for code in block.clinicians)
        if block.supervisor is not None:
            yield {**row, "role": "supervisor", "person": block.supervisor}


def _left_out(problem: Problem, week: Schedule) -> Iterator[Row]:
    urgent, requests = urgent_requests(problem), problem.by_code.requests
    for entry in week.left_out:
        asked = requests.get(entry.request)
        said = asked.model_dump(include={"client", "session_type", "priority"}) if asked else {}
        told = entry.model_dump(mode="json", include={"request", "sessions", "kind"})
        yield {**said, **told, "urgent": entry.request in urgent, "reason": entry.reason or None}


def _load(problem: Problem, week: Schedule) -> Rows:
    lines = load(problem, week)
    rows = [
        {
            **{name: getattr(line, name) for name in ("clinician", "role", "sessions", "high_sessions")},
            **{name: getattr(line, name) for name in ("client_minutes", "high_minutes", "protected_minutes")},
            "fte": line.fte,
            "target_sessions": line.target,
            "working_minutes": line.working_minutes,
            "utilisation_share": line.utilisation,
            "caseload_points": line.points,
            "caseload_cap_points": line.cap,
        }
        for line in lines
    ]
    protected = [
        {"clinician": line.clinician, "kind": str(kind), "minutes": minutes}
        for line in lines
        for kind, minutes in line.protected.items()
    ]
    return {"load": rows, "load.protected": protected}


def account_columns(problem: Problem, account: Verification) -> dict[str, Columns]:
    """Return the columns of the frames of a verifier's account."""
    names = ("rule", "tier", "hard", "measured", "limit", "amount", "sentence")
    findings = [
        {"number": number, **{name: getattr(found, name) for name in names}, "start": _text(found.when)}
        for number, found in enumerate(account.findings)
    ]
    rules = [
        {
            **{name: getattr(line, name) for name in ("title", "tier", "hard", "state", "amount", "penalty")},
            "rule": line.name,
            "measure": line.unit or None,
            "findings_count": len(line.findings),
        }
        for line in rule_lines(problem, account)
    ]
    concerned = [
        {"finding": n, "code": code} for n, found in enumerate(account.findings) for code in found.who
    ]
    rows = {"findings": findings, "findings.concerned": concerned, "rules": rules, **_notices(account)}
    return _columns(ACCOUNT, rows)


def _notices(account: Verification) -> Rows:
    told = list(enumerate(account.notices))
    rows = [{"number": n, "code": e.code, "pressing": e.pressing, "text": e.text} for n, e in told]
    concerned = [
        {"notice": n, "role": role, "code": code}
        for n, e in told
        for role in ("clinician", "client", "request")
        for code in getattr(e, f"{role}s")
    ]
    figures = [{"notice": n, "name": name, "value": v} for n, e in told for name, v in e.numbers.items()]
    return {"notices": rows, "notices.concerned": concerned, "notices.figures": figures}


def result_columns(problem: Problem, result: Result) -> dict[str, Columns]:
    """Return the columns of the frames of a result; without a schedule those of the week have no rows."""
    schedule, account = result.schedule, result.verification
    tiers = [
        {"tier": each.tier, "objective": each.objective, "bound": each.bound, "gap": each.gap}
        for each in result.tiers
    ]
    parts = [
        {"tier": each.tier, "rule": rule, "objective": part}
        for each in result.tiers
        for rule, part in each.rules.items()
    ]
    return {
        **(_columns(WEEK, {}) if schedule is None else week_columns(problem, schedule)),
        **(_columns(ACCOUNT, {}) if account is None else account_columns(problem, account)),
        **_columns(SOLVE, {"solve": [_solve(problem, result)], "tiers": tiers, "tiers.rules": parts}),
    }


def _solve(problem: Problem, result: Result) -> Row:
    made = result.provenance
    return {
        "status": str(result.status),
        "verified": result.verified,
        "qualified": result.verification.qualified if result.verification else None,
        **{name: getattr(result, name) for name in ("objective", "bound", "gap", "most_sessions")},
        "placed_sessions": result.placed,
        "left_out_sessions": sum(entry.sessions for entry in result.left_out),
        "total_seconds": result.seconds.get("total"),
        "ended": None if result.ended is None else str(result.ended),
        "week_start": problem.week_start.isoformat(),
        **{name: getattr(made, name) for name in ("solver", "safeschedule", "problem_hash", "rulebook_hash")},
        "seed": made.seed,
        "workers_count": made.workers,
        "time_limit_seconds": made.time_limit,
        "deterministic_limit": made.deterministic_limit,
    }
