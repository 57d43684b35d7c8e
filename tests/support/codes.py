"""Codes of every sort that a problem takes, for tests of what becomes of them."""

from __future__ import annotations

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from safeschedule.problem import (
    Client,
    Clinician,
    Group,
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


def _coded(clinician: str, client: str, kind: str, site: str, skill: str) -> Problem:
    period = WorkingPeriod(day="mon", start="21:00", end="24:00", site=site)
    return Problem(
        week_start="2026-10-05",
        name=f" {skill}\n",
        clinicians=(
            Clinician(
                id=clinician, skills=(skill, site), working=(period,), teams=(kind,), is_supervisor=True
            ),
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
        groups=(Group(id=client, session_type=kind, members=(f"{client}1"[:80], f"{client}2"[:80])),),
        rulebook=Rulebook(name="=1+1", version="1e3"),
    )


coded_problems = st.builds(_coded, codes, codes, codes, codes, codes)
"""Problems in which everything is called by codes of every sort."""
