from __future__ import annotations

import re
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from safeschedule.problem import (
    BlockKind,
    Client,
    Clinician,
    Flag,
    Mode,
    Problem,
    Request,
    Room,
    Rulebook,
    RuleSetting,
    SessionType,
    Weekday,
    WorkingPeriod,
)
from safeschedule.problem.clock import Span, Window
from safeschedule.reports.clients import client_lines
from safeschedule.reports.grid import columns, room_columns
from safeschedule.reports.html import rota_html, write_html
from safeschedule.reports.kinds import LOOKS
from safeschedule.reports.unplaced import unplaced
from safeschedule.samples import generate
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from safeschedule.verifier import Finding, Verification, verify
from tests.exchange.support import packed
from tests.support.codes import codes

Week = tuple[Problem, Schedule, Verification]


class Tags(HTMLParser):
    """Every tag and attribute of a page, and whether each opened tag was closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "link", "input", "wbr", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tiny(code: str) -> tuple[Problem, Schedule]:
    problem = Problem(
        name=code,
        week_start=date(2026, 10, 5),
        clinicians=(Clinician(id=code, working=(WorkingPeriod(day=Weekday.MON, start=540, end=1020),)),),
        clients=(Client(id=code),),
        session_types=(SessionType(id=code, minutes=60),),
        requests=(Request(id=code, client=code, session_type=code, count=2),),
    )
    start = datetime(2026, 10, 5, 9)
    schedule = Schedule(
        problem=code,
        week_start=date(2026, 10, 5),
        appointments=(
            Appointment(
                request=code,
                session_type=code,
                clients=(code,),
                clinicians=(code,),
                start=start,
                minutes=60,
                room=code,
            ),
        ),
        left_out=(LeftOut(request=code, reason=code, rules=(code,)),),
    )
    return problem, schedule


@settings(max_examples=50)
@given(codes)
def test_no_code_becomes_markup(code: str) -> None:
    """Otherwise a code could put script or links into a page that a whole team opens."""
    problem, schedule = tiny(code)
    finding = Finding("no_overlap", (code,), None, code, code, code)
    account = Verification((finding,), {"no_overlap": 1}, {})
    harmless = Finding("no_overlap", ("x",), None, "x", "x", "x")
    plain = Tags(rota_html(*tiny("x"), Verification((harmless,), {"no_overlap": 1}, {})))
    page = Tags(rota_html(problem, schedule, account))
    assert [tag for tag in page.tags if tag != "wbr"] == [tag for tag in plain.tags if tag != "wbr"]


@pytest.mark.parametrize(
    "code", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "{{ 7*7 }}"]
)
def test_attacks_show_as_the_text_they_are(code: str) -> None:
    """Otherwise a page would run what somebody typed into a record system."""
    page = rota_html(*tiny(code), Verification((), {}, {}))
    assert code not in page.replace("{{ 7*7 }}", "") or code == "{{ 7*7 }}"
    assert "49" not in page or code != "{{ 7*7 }}"
    assert not any(name.startswith("on") for name, _ in Tags(page).attributes)


def test_page_is_self_contained_and_says_so_to_the_browser(week: Week) -> None:
    """Otherwise opening the page would tell a server that somebody reads it."""
    page = rota_html(*week)
    attributes = Tags(page).attributes
    targets = [
        value or "" for name, value in attributes if name in {"src", "href", "action", "srcset", "data"}
    ]
    assert all(target.startswith("#") or target == "data:," for target in targets)
    assert page.count("url(") == page.count('url("data:')
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_page_is_well_formed_and_has_landmarks(week: Week) -> None:
    """Otherwise screen readers would lose their way."""
    page = Tags(rota_html(*week))
    assert page.open == []
    assert {"header", "nav", "main", "footer", "h1", "h2", "h3", "h4", "caption"} <= set(page.tags)
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    links = {value for name, value in page.attributes if name == "href" and (value or "").startswith("#")}
    assert {str(link)[1:] for link in links} <= set(ids)
    assert ("lang", "en") in page.attributes


def test_everything_of_the_week_is_on_the_page_twice(week: Week) -> None:
    """Otherwise a session would be missing by clinician or by day."""
    problem, schedule, account = week
    page = rota_html(problem, schedule, account)
    sessions = len(re.findall(r'<li class="session', page))
    blocks = len(re.findall(r'<li class="block', page))
    rooms = sum(item.room is not None and item.mode is Mode.IN_PERSON for item in schedule.appointments)
    assert sessions == 2 * sum(len(item.clinicians) for item in schedule.appointments) + rooms
    assert blocks == 2 * sum(len({*b.clinicians, b.supervisor} - {None}) for b in schedule.blocks)


def test_each_finding_and_each_enabled_rule_is_told(week: Week) -> None:
    """Otherwise the page would keep quiet about a broken rule."""
    problem, schedule, account = week
    page = rota_html(problem, schedule, account)
    for name, setting in problem.rulebook.settings().items():
        assert f"<small>{name}</small>" in page
        assert setting.rule.title.replace("'", "&#39;") in page
    for finding in account.findings:
        assert finding.sentence.replace("'", "&#39;") in page
    assert "Not compliant" in page


def words_of(problem: Problem, schedule: Schedule, *findings: Finding) -> str:
    """Return the state and the words of the verdict."""
    loose = verify(problem, Schedule(week_start=problem.week_start)).unchecked
    page = rota_html(problem, schedule, Verification(findings, {}, {}, unchecked=loose))
    start = page.index('<div class="verdict')
    return page[start : page.index("</div>", start)]


def test_verdict_follows_the_verifier() -> None:
    """Otherwise an unsafe week would hang on the wall as a safe one."""
    week = tiny("x")
    soft = Finding("fair_load", (), None, "1", "0", "Uneven.", hard=False)
    assert re.search(r'"verdict ok".* Compliant</h2>', words_of(*week, soft), re.DOTALL)
    hard = Finding("no_overlap", (), None, "1", "0", "Twice.")
    assert re.search(r'"verdict bad".* Not compliant</h2>', words_of(*week, hard), re.DOTALL)


def test_green_never_stands_above_urgent_clients_who_are_not_seen() -> None:
    """Otherwise a lead would sign a week in which a client in crisis waits, because it looks well."""
    problem, schedule = tiny("x")
    urgent = tuple(entry.model_copy(update={"priority": 5}) for entry in problem.requests)
    words = words_of(problem.model_copy(update={"requests": urgent}), schedule)
    assert '"verdict look"' in words
    assert "Compliant" not in words
    assert "1 session of urgent or high-acuity clients left out." in words
    assert "1 session left out, none of them urgent." in words_of(problem, schedule)


@pytest.mark.parametrize("setting", [RuleSetting(enabled=False), RuleSetting(hard=False, weight=0)])
def test_green_never_stands_above_a_week_whose_safety_rules_are_not_enforced(setting: RuleSetting) -> None:
    """Otherwise a rulebook that switches breaks off would give the same green as one that keeps them."""
    problem, schedule = tiny("x")
    loose = problem.model_copy(update={"rulebook": Rulebook(rules={"breaks": setting})})
    words = words_of(loose, schedule)
    assert "Compliant" not in words
    assert "Not enforced by this rulebook: Meal breaks" in words
    soft = problem.model_copy(update={"rulebook": Rulebook(rules={"preferences": setting})})
    assert '"verdict ok"' in words_of(soft, schedule)


def test_rota_comes_before_everything_but_the_verdict(week: Week) -> None:
    """Otherwise whoever wants to know who is where would scroll past rules first."""
    page = rota_html(*week)
    parts = ["verdict", "people", "days", "rooms", "clients", "unplaced", "rules", "load", "origin"]
    at = [page.index(f'<section id="{part}"') for part in parts]
    assert at == sorted(at)


def test_each_broken_rule_is_marked_where_it_happens(week: Week) -> None:
    """Otherwise a lead would have to find a breach in the grid by reading sentences."""
    problem, schedule, account = week
    page = rota_html(problem, schedule, account)
    people = {clinician.id for clinician in problem.clinicians}
    numbers = set(re.findall(r'class="broken" href="#f(\d+)"', page))
    told = dict(re.findall(r'<li id="f(\d+)">([^<]*)', page))
    hard = [finding for finding in account.findings if finding.hard]
    assert len(told) == len(hard)
    by_sentence = {finding.sentence.replace("'", "&#39;"): finding for finding in hard}
    named = {number for number, words in told.items() if people & set(by_sentence[words.strip()].who)}
    assert named
    assert named <= numbers


def test_left_out_requests_stand_by_harm() -> None:
    """Otherwise the client in most danger could be the last line of a long table."""
    clients = (
        Client(id="low", band="low", last_contact=date(2026, 6, 1)),
        Client(id="high", band="high", last_contact=date(2026, 10, 1)),
        Client(id="longest", band="moderate", last_contact=date(2026, 8, 1)),
        Client(id="long", band="moderate", waiting_since=date(2026, 8, 1)),
        Client(id="short", band="moderate", waiting_since=date(2026, 10, 1)),
        Client(id="crisis", band="low", flags=(Flag.CRISIS_RISK,)),
    )
    problem = Problem(
        week_start=date(2026, 10, 5),
        clinicians=(Clinician(id="C1", working=()),),
        clients=clients,
        session_types=(SessionType(id="t", minutes=60),),
        requests=tuple(Request(id=f"R-{c.id}", client=c.id, session_type="t") for c in clients),
    )
    schedule = Schedule(
        week_start=date(2026, 10, 5), left_out=tuple(LeftOut(request=r.id) for r in problem.requests)
    )
    lines = unplaced(problem, schedule)
    assert [line.client for line in lines] == ["high", "crisis", "longest", "long", "short", "low"]
    assert lines[2].since == "overdue by 51 days"
    assert lines[3].since == "waiting for 65 days"
    assert [line.urgent for line in lines] == [True, True, False, False, False, False]
    assert all(line.next_step for line in lines)


def test_urgent_request_names_a_slot_that_its_client_can_come_to() -> None:
    """Otherwise the next step would send a client to a time at which nobody is there."""
    problem, _ = tiny("x")
    urgent = problem.requests[0].model_copy(
        update={"priority": 5, "windows": (Window(day=Weekday.TUE, start=540, end=720),)}
    )
    slots = tuple(
        Block(kind=BlockKind.URGENT_SLOT, clinicians=("x",), start=datetime(2026, 10, day, 10), minutes=60)
        for day in (5, 6)
    )
    schedule = Schedule(
        week_start=date(2026, 10, 5), left_out=(LeftOut(request="x", sessions=2),), blocks=slots
    )
    line = unplaced(problem.model_copy(update={"requests": (urgent,)}), schedule)[0]
    assert line.next_step == "Ask whether an urgent slot can serve: Tue 6 Oct 10:00 with x."
    short = tuple(slot.model_copy(update={"minutes": 45}) for slot in slots)
    problem = problem.model_copy(update={"requests": (urgent,)})
    line = unplaced(problem, schedule.model_copy(update={"blocks": short}))[0]
    assert line.next_step.startswith("No urgent slot can serve")


def test_client_whom_nobody_sees_comes_before_one_who_misses_a_second_session() -> None:
    """Otherwise a client of the same urgency who is not seen at all could be further down."""
    problem, schedule = tiny("x")
    other = problem.requests[0].model_copy(update={"id": "R2", "client": "y", "priority": 1})
    both = problem.model_copy(
        update={"clients": (*problem.clients, Client(id="y")), "requests": (*problem.requests, other)}
    )
    left = (LeftOut(request="x"), LeftOut(request="R2"))
    lines = unplaced(both, schedule.model_copy(update={"left_out": left}))
    assert [line.client for line in lines] == ["y", "x"]
    assert lines[1].since == "seen Mon 5 Oct 09:00"


def test_client_who_is_seen_by_somebody_else_is_marked() -> None:
    """Otherwise a change of clinician would pass without anybody seeing it."""
    problem, schedule = tiny("x")
    own = problem.clients[0].model_copy(update={"clinician": "y"})
    lines = client_lines(problem.model_copy(update={"clients": (own,)}), schedule)
    assert [(line.changed, line.left_out) for line in lines] == [(True, 1)]
    own = own.model_copy(update={"clinician": "x"})
    assert not client_lines(problem.model_copy(update={"clients": (own,)}), schedule)[0].changed


def test_room_shows_its_sessions_and_when_it_is_shut() -> None:
    """Otherwise the front desk could not tell from the page which room is free."""
    problem, schedule = tiny("x")
    shut = Span(start=datetime(2026, 10, 5, 12), end=datetime(2026, 10, 5, 13))
    rooms = (Room(id="x", unavailable=(shut,)),)
    table = room_columns(problem.model_copy(update={"rooms": rooms}), schedule)
    monday = table["x", date(2026, 10, 5)]
    assert [(item.begins, item.others) for item in monday.items] == [("09:00", "with x")]
    assert monday.off == [(720, 60)]
    assert table["x", date(2026, 10, 6)].items == ()


def test_every_kind_of_block_has_a_look_of_its_own() -> None:
    """Otherwise a new kind would end the report, or two kinds would share an abbreviation."""
    assert set(LOOKS) == set(BlockKind)
    assert len({look.short for look in LOOKS.values()}) == len(LOOKS)


def test_overlapping_items_stand_side_by_side(week: Week) -> None:
    """Otherwise a double booking would hide behind the session that it clashes with."""
    problem, schedule, _ = week
    for column in columns(problem, schedule).values():
        for one in column.items:
            for other in column.items:
                overlap = one.start < other.start + other.minutes and other.start < one.start + one.minutes
                if one is not other and overlap:
                    assert one.lane != other.lane
                    assert one.lanes == other.lanes


def test_items_outside_the_hours_widen_the_axis() -> None:
    """Otherwise a booking at night or on a Saturday would not be seen."""
    problem, schedule = tiny("x")
    late = schedule.appointments[0].model_copy(update={"start": datetime(2026, 10, 10, 23, 30)})
    page = rota_html(problem, schedule.model_copy(update={"appointments": (late,)}), Verification((), {}, {}))
    assert "Saturday" in page
    assert 'style="--span:900"' in page  # 09:00 to midnight


def test_who_works_by_day_has_a_grid_of_the_day_beside_those_of_the_night() -> None:
    """Otherwise one night worker makes everybody's week a long empty column."""
    problem, schedule = tiny("x")
    night = {"day": "mon", "start": "21:00", "end": "07:00"}
    people = [c.model_dump(mode="json") for c in problem.clinicians]
    people.append({"id": "N", "working": [night], "is_supervisor": True})
    content = problem.model_dump(mode="json") | {"clinicians": people}
    team = Problem.model_validate(content)
    page = rota_html(team, schedule, Verification((), {}, {}))
    spans = [int(span) for span in re.findall(r'<details class="person" style="--span:(\d+)"', page)]
    assert max(spans) == 24 * 60
    assert min(spans) <= 10 * 60


def test_a_hundred_clinicians_make_a_page_of_a_few_megabytes() -> None:
    """Otherwise a large service could not open its page."""
    problem = generate(100, 1)
    schedule = packed(problem)
    page = rota_html(problem, schedule, verify(problem, schedule))
    # Thousands of broken rules, each told once and marked in three views.
    assert len(page.encode()) < 4_500_000
    assert not re.search(r'<details class="person"[^>]* open>', page)


def test_an_empty_week_is_a_page_too() -> None:
    """Otherwise a week without working time would end in a traceback."""
    problem = Problem(week_start=date(2026, 10, 5), clinicians=(Clinician(id="C1", working=()),))
    schedule = Schedule(week_start=date(2026, 10, 5))
    assert "Not working" in rota_html(problem, schedule, verify(problem, schedule))


def test_file_is_the_page(week: Week, tmp_path: Path) -> None:
    """Otherwise the file would differ from what was checked."""
    write_html(*week, tmp_path / "rota.html")
    assert (tmp_path / "rota.html").read_text(encoding="utf-8") == rota_html(*week)


def test_hundreds_of_sessions_at_one_time_make_no_huge_page() -> None:
    """A page would take minutes and hundreds of megabytes: each session with a mark for each pair of them."""
    problem, schedule = tiny("C1")
    crowd = schedule.model_copy(update={"appointments": schedule.appointments[:1] * 150})
    one = len(rota_html(problem, schedule, verify(problem, schedule)))
    many = len(rota_html(problem, crowd, verify(problem, crowd)))
    assert many < one + 150 * 10_000
