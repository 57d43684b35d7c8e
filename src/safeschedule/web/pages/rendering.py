"""Templates and what all of them see."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from safeschedule.web.auth import GRANTED, Permission
from safeschedule.web.board.grid import lanes_css
from safeschedule.web.live.verdict import title
from safeschedule.web.told import TITLES, RefusalError
from safeschedule.web.weeks import Actor, KeptWeek

_STATIC = Path(__file__).parent.parent / "static"

NAVIGATION = (
    ("week", "Week", "", Permission.WORK),
    ("today", "Today", "/today", Permission.CHANGE),
    ("phone", "Phone", "/phone", Permission.CHANGE),
    ("panels", "Panel", "/panels", Permission.WORK),
    ("intake", "Intake", "/intake", Permission.WORK),
    ("huddle", "Huddle", "/huddle", Permission.WORK),
    ("measures", "Measures", "/measures", Permission.WORK),
    ("safe", "Safe?", "/safe", Permission.WORK),
    ("rules", "Rules", "/rules", Permission.WORK),
    ("out", "Out", "/out", Permission.WORK),
    ("history", "History", "/history", Permission.AUDIT),
)
"""Screens of a week: a word, the text, the end of the address, and who sees it."""


@cache
def environment() -> Environment:
    """Return the templates; what anybody wrote is escaped wherever it lands."""
    found = Environment(
        loader=PackageLoader("safeschedule.web.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"navigation": NAVIGATION, "may": may, "rule_title": title}
    found.filters["spaced"] = lambda text: str(text).replace("_", " ")
    found.filters["moment"] = lambda text: f"{text[:10]} {text[11:16]} UTC"
    return found


def may(actor: Actor | None, permission: str) -> bool:
    """Return whether somebody has a permission."""
    return actor is not None and permission in GRANTED[actor.role]


def page(
    name: str,
    actor: Actor | None,
    *,
    week: KeptWeek | None = None,
    here: str = "",
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Return a page.

    Parameters
    ----------
    name
        Of the template, without its ending.
    actor
        Who sees it.
    week
        The week that it is about, for the navigation.
    here
        The word of the screen.
    values
        What the template shows.
    """
    template = environment().get_template(f"{name}.html.j2")
    text = template.render(actor=actor, week=week, here=here, **values)
    return HTMLResponse(text, status)


def part(name: str, **values: Any) -> Markup:
    """Return a part of a page that is the same for whoever sees it, to be put into pages as it is."""
    return Markup(environment().get_template(f"{name}.html.j2").render(**values))


def refusal(request: Request, error: RefusalError) -> Response:
    """Return a page that says what was refused, and the way back."""
    faults = error.more.get("faults", ())
    told = [
        *(f"{f.get('place', '')}: {f.get('value', '')} {f.get('expected', '')}".strip() for f in faults),
        *error.more.get("different", ()),
        *error.more.get("findings", ()),
    ]
    back = request.url.path if request.method == "GET" else request.headers.get("referer", "/")
    here = f"{request.url.scheme}://{request.url.netloc}"
    back = back.removeprefix(here) if back.startswith((here, "/")) and not back.startswith("//") else "/"
    return page(
        "refusal",
        None,
        status=error.status,
        title=TITLES.get(error.status, "Not done"),
        detail=error.detail,
        told=told,
        back="/" if error.status == 404 else back,
    )


class Assets(StaticFiles):
    """The scripts and the style sheet of the package, and the one that is worked out."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return one of them; it is asked for again each time, and sent only if it is another one."""
        if path == "lanes.css":
            found: Response = Response(lanes_css(), media_type="text/css")
        else:
            try:
                found = await super().get_response(path, scope)
            except HTTPException:
                return Response(status_code=404)
        found.headers["Cache-Control"] = "no-cache"
        return found


def assets() -> Assets:
    """Return what serves the package's own files; there are no others."""
    return Assets(directory=_STATIC)
