"""Codes of every sort that a problem takes, for tests of what becomes of them."""

from __future__ import annotations

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from safeschedule.problem import (
    Client,
    Clinician,
    Equipment,
    Group,
    Meeting,
    Problem,
    Request,
    Room,
    Rulebook,
    SessionType,
    Site,
    WorkingPeriod,
)
from safeschedule.problem.entity import Code

_CODE = TypeAdapter[str](Code)


def allowed(text: str) -> bool:
    """Return whether a text is a code."""
    try:
        _CODE.validate_python(text)
    except ValidationError:
        return False
    return True


signs = st.one_of(st.characters(min_codepoint=32, max_codepoint=126), st.sampled_from("éÄßøИ中٣¨’\u0489€"))
codes = st.text(signs, min_size=1, max_size=22).filter(allowed)


def problem_of(clinician: str, client: str, kind: str, site: str, skill: str) -> Problem:
    """Return a problem in which codes stand wherever a code can, some as those of several lists."""
    period = WorkingPeriod(day="mon", start="21:00", end="24:00", site=site)
    return Problem(
        week_start="2026-10-05",
        name=f" {skill}\n",
        clinicians=(
            Clinician(id=clinician, role=skill, skills=(skill, site), working=(period,), is_supervisor=True),
        ),
        clients=(
            Client(id="first", clinician=clinician),
            Client(id=f"{client}1"[:80], waiting_since="2026-09-01"),
            Client(id=f"{client}2"[:80], clinician=clinician),
        ),
        session_types=(SessionType(id=kind, minutes=60, largest=2, skills=(skill,)),),
        requests=(Request(id=client, client=f"{client}1"[:80], session_type=kind, skills=(skill, site)),),
        sites=(Site(id=site),),
        rooms=(Room(id=site, site=site, kind=kind, also=(skill,)),),
        equipment=(Equipment(id=site, kind=skill, site=site),),
        groups=(Group(id=client, session_type=kind, members=(f"{client}1"[:80], f"{client}2"[:80])),),
        meetings=(Meeting(id=skill, start="2026-10-05T21:00", minutes=15, clinicians=(clinician,)),),
        rulebook=Rulebook(name="=1+1", version="json:1e3"),
    )
