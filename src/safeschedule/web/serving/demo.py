"""A story to try things on: the bundled team, planned, and an account for each role."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from threading import Event

from safeschedule import solve
from safeschedule.samples import sample
from safeschedule.web.auth.accounts import add_account, nobody_yet
from safeschedule.web.storage import Store
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.changing import begin

_SECONDS = 20.0
_PEOPLE = (
    ("demo-admin", "admin"),
    ("demo-scheduler", "scheduler"),
    ("demo-lead", "lead"),
    ("demo-auditor", "auditor"),
    ("demo-viewer", "viewer"),
)


def fill(store: Store, stop: Event | None = None) -> Iterator[str]:
    """Fill an empty database, and yield what is to be told: codes and passwords, once.

    Parameters
    ----------
    stop
        When it is set, planning ends soon, with what was found.
    """
    with store.writing() as connection:
        if not nobody_yet(connection):
            yield "There are accounts already: nothing was added for the demonstration."
            return
    problem = sample()
    yield f"Planning the week of {problem.name}, a made-up team ({_SECONDS:.0f} seconds) ..."
    found = solve(problem, time_limit=_SECONDS, workers=2, stop=stop)
    with store.deciding() as connection:
        begin(
            connection,
            Actor("demo-scheduler", "scheduler"),
            problem,
            found.schedule,
            "A made-up team, planned",
        )
    yield "Sign in with one of these; the passwords are new, and are not shown again:"
    person = problem.clinicians[0].id
    for code, role, clinician in (
        *((c, r, None) for c, r in _PEOPLE),
        (f"demo-{person}", "clinician", person),
    ):
        password = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}-{secrets.token_hex(3)}"
        with store.writing() as connection:
            add_account(connection, code, role, "demo", clinician=clinician, password=password)
        yield f"  {role:<10} {code:<15} {password}"
