"""The week as one self-contained page: no network, no fonts, and no script is needed to read it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from safeschedule.exchange.writing import write_atomically
from safeschedule.problem import Problem
from safeschedule.problem.clock import format_clock
from safeschedule.problem.kinds import require_kind
from safeschedule.reports.view import view
from safeschedule.reports.words import count, hours, long_date, spaced, weekday
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.schedule.fitting import require_fitting
from safeschedule.verifier.finding import Verification


def rota_html(
    problem: Problem, schedule: Schedule, verification: Verification, result: Result | None = None
) -> str:
    """Return the page.

    Parameters
    ----------
    problem, schedule, verification
        The week, its schedule, and the verifier's account of it.
    result
        For objective and proven bound, where the schedule comes from the optimiser.

    Raises
    ------
    ArgumentError
        An argument is of another kind.
    InputError
        The schedule is of another week, time zone or team than the problem.
    """
    require_fitting(problem, schedule)
    require_kind("rota_html", "verification", verification, Verification)
    if result is not None:
        require_kind("rota_html", "result", result, Result, "a Result, or None")
    style, script = asset("rota.css"), asset("rota.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = environment().get_template("rota.html.j2")
    return page.render(
        view(problem, schedule, verification, result), style=style, script=script, script_hash=digest
    )


def write_html(
    problem: Problem,
    schedule: Schedule,
    verification: Verification,
    path: str | Path,
    result: Result | None = None,
) -> None:
    """Write the page of `rota_html` to `path`, whole or not at all; its folder has to exist.

    Examples
    --------
    >>> from safeschedule import verify, write_html
    >>> write_html(problem, schedule, verify(problem, schedule), folder / "rota.html")
    >>> (folder / "rota.html").exists()
    True
    """
    write_atomically(path, rota_html(problem, schedule, verification, result).encode())


def asset(name: str) -> str:
    """Return the text of a file beside the templates."""
    return files("safeschedule.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Return what renders every page, escaped."""
    # Codes, reasons and names are other people's text: everything is escaped.
    environment = Environment(
        loader=PackageLoader("safeschedule.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clock": format_clock,
        "hours": hours,
        "long_date": long_date,
        "spaced": spaced,
        "weekday": weekday,
    }
    environment.globals["count"] = count
    return environment
