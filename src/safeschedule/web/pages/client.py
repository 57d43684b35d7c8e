"""One client: who they are in a code, what they ask for, what they have, and what is due."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule import Problem, due_contacts, due_reviews
from safeschedule.problem import Window
from safeschedule.problem.clock import format_clock
from safeschedule.reports.unplaced import unplaced
from safeschedule.schedule.serving import served
from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.live.acting import is_pinned
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.told import not_found
from safeschedule.web.weeks import all_weeks, published

router = APIRouter(include_in_schema=False)

_OTHER_WEEKS = 12


@router.get("/weeks/{code}/client")
def client(actor: Worker, store: Kept, code: str, client: str = "") -> Response:
    """All that a week says of one client, or a list to choose from."""
    look = look_at(store, code)
    problem = look.problem
    codes = [each.id for each in problem.clients]
    chosen = client.strip()
    values: dict[str, Any] = {}
    if chosen:
        person = problem.by_code.clients.get(chosen)
        if person is None:
            raise not_found("client in this week")
        have = served(problem, look.schedule)
        asked = [each for each in problem.requests if chosen in (each.client, *each.with_clients)]
        left = {line.entry.request: line for line in unplaced(problem, look.schedule)}
        own = [a for a in look.schedule.appointments if chosen in a.clients]
        values = {
            "person": person,
            "windows": ", ".join(map(_shown, person.windows)),
            "requests": [(each, have[each.id], left.get(each.id)) for each in asked],
            "sessions": [(a, is_pinned(problem, a)) for a in sorted(own, key=lambda a: a.start)],
            "contacts": [due for due in due_contacts(problem) if due.client == chosen],
            "reviews": [due for due in due_reviews(problem) if due.client == chosen],
            "before": _before(problem, chosen),
            "others": _others(store, code, chosen),
        }
    return page(
        "client",
        actor,
        week=look.week,
        here="week",
        codes=codes,
        chosen=chosen,
        changes=may(actor, "change"),
        **values,
    )


def _shown(window: Window) -> str:
    return f"{window.day.value} {format_clock(window.start)}–{format_clock(window.end)}"


def _before(problem: Problem, code: str) -> list[Any]:
    past = [each for each in problem.history.appointments if each.client == code]
    return sorted(past, key=lambda each: each.start, reverse=True)


def _others(store: Kept, week: str, code: str) -> list[tuple[str, list[Any]]]:
    """Return the client's sessions in other weeks that were given out."""
    found: list[tuple[str, list[Any]]] = []
    with store.reading() as connection:
        for other in all_weeks(connection)[:_OTHER_WEEKS]:
            given = published(connection, other.code) if other.code != week else None
            own = [] if given is None else [a for a in given.schedule.appointments if code in a.clients]
            if own:
                found.append((other.week_start, sorted(own, key=lambda a: a.start)))
    return found
