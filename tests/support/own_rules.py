"""A rule of one's own, tiny: no telehealth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from safeschedule import CustomRule
from safeschedule.catalogue import Rule, Tier
from safeschedule.model.rows import MODES
from safeschedule.problem import Mode
from safeschedule.verifier.report import report

TELEHEALTH = MODES.index(Mode.TELEHEALTH)
STATEMENT = Rule(
    id="no_calls",
    title="No telehealth",
    tier=Tier.CONTRACT,
    hard=True,
    weight=1,
    statement="No session is by telehealth.",
    amount="one for each session that is",
    good="In person.",
    bad="By telehealth.",
    source="the tests",
)


def check(week: Any, setting: Any) -> Iterator[Any]:
    """Yield each session by telehealth."""
    for session in week.sessions:
        if session.mode == "telehealth":
            yield report(
                setting, session.clients, week.moment(session.start), "call", "none", "It is a call."
            )


def amounts(index: Any, setting: Any, rows: Any) -> Any:
    """Return for each row whether it is one."""
    del index, setting
    return (rows.is_appointment & (rows.mode == TELEHEALTH)).astype(np.int64)


def of_heads(build: Any, setting: Any) -> None:
    """Take one row of each plan entry for all of them, which is wrong."""
    heads = np.array([members[0] for members in build.plan_rows], dtype=np.int64)
    calls = build.rows.is_appointment[heads] & (build.rows.mode[heads] == TELEHEALTH)
    for entry in np.flatnonzero(calls):
        build.limit(setting, [build.plan_vars[entry]], 0)


def of_last(build: Any, setting: Any) -> None:
    """Do the same with another row of each."""
    last = np.array([members[-1] for members in build.plan_rows], dtype=np.int64)
    calls = build.rows.is_appointment[last] & (build.rows.mode[last] == TELEHEALTH)
    for entry in np.flatnonzero(calls):
        build.limit(setting, [build.plan_vars[entry]], 0)


def rule(**hooks: Callable[..., Any]) -> CustomRule:
    """Return the rule with these hooks; without any, with none."""
    return CustomRule(STATEMENT, check, SimpleNamespace(**hooks) if hooks else None)
