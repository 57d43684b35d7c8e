"""Encoder of ``client_spacing``: sessions of a client a day, and free days between."""

from __future__ import annotations

from collections import defaultdict

from safeschedule.model.build import Build, Var
from safeschedule.model.rows import groups
from safeschedule.problem import Setting


def post(build: Build, setting: Setting) -> None:
    """Post the daily limit and the distance between dates of each client."""
    plan, index = build.plan, build.index
    exempt = setting.names("exempt")
    counted = plan.of_sessions(~index.of_kind(*exempt))
    dates: dict[int, dict[int, Var | None]] = defaultdict(dict)
    for past in index.problem.history.appointments:
        if past.kind not in exempt and past.client in index.client_number:
            day = (past.start.date() - index.problem.week_start).days
            dates[index.client_number[past.client]][day] = None
    for (client, day), members in groups(build.plan_client, build.plan_day, where=counted):
        variables = [build.plan_vars[m] for m in members]
        build.limit(setting, variables, setting.whole("day"))
        dates[client][day] = build.any_of(variables)
    for client, literals in dates.items():
        _post_distances(build, setting, client, literals)


def _post_distances(build: Build, setting: Setting, client: int, dates: dict[int, Var | None]) -> None:
    own = build.index.clients[client].days_between
    between = setting.whole("days") if own is None else own
    days = sorted(dates)
    for position, early in enumerate(days):
        for late in days[position + 1 :]:
            pair = [v for v in (dates[early], dates[late]) if v is not None]
            if late - early <= between and pair:
                # A date of the history is certain: then the other one alone is too near.
                build.limit(setting, pair, len(pair) - 1)
