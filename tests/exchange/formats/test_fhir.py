from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.exchange.formats import problem_importer, schedule_reader
from safeschedule.exchange.formats.fhir import FORMAT
from safeschedule.exchange.formats.format import Export, ProblemExport
from safeschedule.exchange.formats.opening import opened
from safeschedule.exchange.problem_file import read_problem_file
from safeschedule.exchange.writing import Files
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
from safeschedule.samples import PROFILES, generate
from safeschedule.schedule import Schedule, identified
from safeschedule.suggesting import FreeSlots, free_slots
from safeschedule.testing.strategies import schedules, sound_problems
from tests.exchange.support import packed
from tests.support.codes import codes

pytest.importorskip("fhir.resources")

from safeschedule.exchange.fhir import (
    fhir_problem,
    fhir_schedule,
    fhir_slots,
    import_fhir,
    read_fhir_schedule,
)

drawn = sound_problems(max_clinicians=4, max_sessions=6, max_days=6)


def again(problem: Problem) -> Problem:
    """Return a problem as it comes back from its Bundle, in which nothing had to be interpreted."""
    found = import_fhir(fhir_problem(problem))
    assert found.notes == ()
    assert found.schedule is None
    return found.problem


def same(one: Schedule, other: Schedule) -> bool:
    """Say whether two schedules are equal, ids and revisions too."""
    return one.to_dict() == other.to_dict()


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Problem, Schedule]:
    problem = draw(drawn)
    schedule = draw(schedules(problem))
    return problem, identified(schedule) if draw(st.booleans()) else schedule


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise what `export fhir` writes would be another week, or another problem, when it is read."""
    problem = generate(3, seed=1, features=("all",))
    schedule = packed(problem)
    assert FORMAT.writes
    with Files() as files:
        assert FORMAT.writes.alone
        FORMAT.writes.alone(ProblemExport(problem, tmp_path / "problem.json", files))
        FORMAT.writes.write(Export(problem, schedule, tmp_path / "week.json", None, files))
    assert problem_importer(opened(tmp_path / "problem.json", "problem")) is FORMAT.imports
    assert read_problem_file(tmp_path / "problem.json") == (problem, ())
    given_week = opened(tmp_path / "week.json", "schedule")
    reader = schedule_reader(given_week)
    assert reader is FORMAT.reads
    assert reader
    assert reader.changes
    assert same(reader.read(problem, given_week), schedule)
    assert reader.changes(problem, given_week) == []
    assert FORMAT.imports
    both = FORMAT.imports.read(tmp_path)
    assert both.problem == problem
    assert both.schedule == schedule


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(drawn)
def test_drawn_problems_come_back(problem: Problem) -> None:
    """Otherwise an application that keeps a problem as FHIR would plan another week than it was given."""
    assert again(problem) == problem


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(weeks())
def test_drawn_schedules_come_back(week: tuple[Problem, Schedule]) -> None:
    """Otherwise what an application shows would not be what the verifier has judged."""
    problem, schedule = week
    assert same(read_fhir_schedule(problem, fhir_schedule(problem, schedule)), schedule)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(codes, codes, codes, codes, codes)
def test_codes_of_every_sort_come_back(clinician: str, client: str, kind: str, site: str, skill: str) -> None:
    """Otherwise a code that FHIR takes for no id or no code would come back as another one."""
    period = WorkingPeriod(day="mon", start="21:00", end="24:00", site=site)
    problem = Problem(
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
    assert again(problem) == problem


def test_free_slots_say_what_may_be_booked() -> None:
    """Otherwise a booking page would offer other times, or ways of meeting, than the verifier let in."""
    problem = generate(3, seed=1)
    week = packed(problem)
    found = free_slots(problem, week, problem.session_types[0].id)
    assert found.slots
    due = [
        {
            "with": slot.appointment.clinicians[0],
            "start": slot.appointment.start,
            "minutes": slot.appointment.minutes,
            "mode": slot.appointment.mode,
            "site": slot.appointment.site,
            "room": slot.appointment.room,
            "excludes": found.excluded_by(number),
        }
        for number, slot in enumerate(found.slots)
    ]
    beside = fhir_schedule(problem, week, [found])
    assert list(_offered(problem, found, fhir_slots(problem, [found]))) == due
    assert list(_offered(problem, found, beside)) == due
    # They are not of the week: what is booked comes back without them.
    assert same(read_fhir_schedule(problem, beside), week)


def _offered(problem: Problem, found: FreeSlots, bundle: Any) -> Iterator[dict[str, Any]]:
    """Yield what another program reads of the free Slots of a Bundle, by R4's elements and our extensions."""
    zone = ZoneInfo(problem.time_zone)
    resources = [entry["resource"] for entry in bundle["entry"]]
    people = {each["id"] for each in resources if each["resourceType"] == "Schedule"}
    free = [each for each in resources if each["resourceType"] == "Slot" and each["status"] == "free"]
    numbers = {each["id"]: number for number, each in enumerate(free)}
    for each in free:
        assert each["serviceType"][0]["coding"][0]["code"] == found.session_type
        start, end = (datetime.fromisoformat(each[edge]).astimezone(zone) for edge in ("start", "end"))
        who = each["schedule"]["reference"].removeprefix("Schedule/")
        assert who in people
        said = {one["url"].rpartition(".")[2]: one for one in each["extension"]}
        text = {name: one["valueString"] for name, one in said.items() if "valueString" in one}
        excluded = said.get("excludes", {}).get("extension", ())
        yield {
            "with": who,
            "start": start.replace(tzinfo=None),
            "minutes": (end - start).seconds // 60,
            "mode": text["mode"],
            "site": text.get("site"),
            "room": text.get("room"),
            "excludes": tuple(numbers[one["valueString"]] for one in excluded),
        }


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_generated_team_comes_back(profile: str) -> None:
    """Otherwise something that drawn problems do not have, such as nights, would be lost."""
    problem = generate(3, seed=3, profile=profile, features=("all",))
    assert again(problem) == problem


def test_the_same_week_gives_the_same_bytes(tmp_path: Path) -> None:
    """Otherwise a Bundle under version control would change although nothing did."""
    problem = generate(2, seed=1)
    assert FORMAT.writes
    for name in ("one.json", "two.json"):
        with Files() as files:
            FORMAT.writes.write(Export(problem, packed(problem), tmp_path / name, None, files))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
