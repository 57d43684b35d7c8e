"""What each change makes of a week, one by one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from safeschedule import ArgumentError, InputError, Scenario, read_scenarios
from safeschedule.problem import AllowedMode, Problem, faults
from safeschedule.samples import generate, sample
from safeschedule.scenarios.hours import other_hours
from safeschedule.scenarios.panels import Panels

TEAM = sample()


def made(seed: int = 0, problem: Problem = TEAM, **changes: Any) -> Problem:
    return Scenario("one", **changes).apply(problem, seed)


def clients_of(problem: Problem, code: str | None) -> set[str]:
    return {client.id for client in problem.clients if client.clinician == code}


def asked(problem: Problem) -> int:
    return sum(request.count for request in problem.requests)


def test_a_panel_is_spread_so_that_nobody_is_fullest_by_far() -> None:
    """One colleague would carry all that somebody leaves behind."""
    theirs = clients_of(TEAM, "C03")
    after = made(remove=["C03"])
    assert not {c for c in theirs if after.by_code.clients[c].clinician is None}
    before, now = Panels(TEAM), Panels(after)
    risen = {code: now.fullness(code) - before.fullness(code) for code in now.team}
    # Whoever is fullest afterwards has hardly got any.
    fullest = max(now.team, key=now.fullness)
    assert risen[fullest] == min(risen.values()) or risen[fullest] < max(risen.values())
    assert asked(after) == asked(TEAM)


def test_clients_go_to_who_has_the_skills() -> None:
    """A client who needs EMDR would be given to somebody who cannot give it, and be left out."""
    for problem in (TEAM, generate(10, seed=4)):
        for leaving in [person.id for person in problem.clinicians if not person.is_supervisor][:4]:
            theirs, after = clients_of(problem, leaving), made(problem=problem, remove=[leaving])
            panels = Panels(after)
            for client in theirs:
                able = panels.able(client, panels.team)
                assert not able or after.by_code.clients[client].clinician in able


def test_a_panel_can_be_moved_or_wait() -> None:
    """A planner could only ask for one way of going on."""
    theirs = clients_of(TEAM, "C03")
    moved = made(remove={"clinicians": ["C03"], "panel": "moved", "to": "C05"})
    assert theirs <= clients_of(moved, "C05")
    waiting = made(remove={"clinicians": ["C03"], "panel": "waitlisted"})
    assert theirs <= clients_of(waiting, None)
    assert all(waiting.by_code.clients[code].waiting_since is not None for code in theirs)
    with pytest.raises(InputError, match="missing_field"):
        made(remove={"clinicians": ["C03"], "panel": "moved"})


def test_who_supervises_instead_is_asked_for_where_nobody_else_does() -> None:
    """A team without a supervisor would be planned as if there were one, or refused with 46 faults."""
    leads = [person.id for person in TEAM.clinicians if person.is_supervisor]
    with pytest.raises(InputError) as caught:
        made(remove=leads)
    assert [fault.code for fault in caught.value.faults] == ["no_supervisor"]
    after = made(remove={"clinicians": leads, "supervisor": "C05"})
    assert after.by_code.clinicians["C05"].is_supervisor
    with pytest.raises(InputError, match="empty_team"):
        made(remove=[person.id for person in TEAM.clinicians])


def test_somebody_more_relieves_the_fullest() -> None:
    """Another colleague would sit there without clients, and help nobody."""
    after = made(add={"like": "C03", "count": 2})
    new = [person for person in after.clinicians if person.id not in TEAM.by_code.clinicians]
    assert [person.id for person in new] == ["C03+1", "C03+2"]
    assert not new[0].leave
    assert all(clients_of(after, person.id) for person in new)
    panels, before = Panels(after), Panels(TEAM)
    assert max(map(panels.fullness, panels.team)) <= max(map(before.fullness, before.team))
    alone = made(add={"like": "C03", "panel": "none", "fte": 0.5, "code": "N1"})
    assert clients_of(alone, "N1") == set()
    assert alone.by_code.clinicians["N1"].fte == Decimal("0.5")
    with pytest.raises(InputError, match="duplicate_id"):
        made(add={"like": "C03", "code": "C01"})


@pytest.mark.parametrize("shape", ["fewer_days", "shorter_days"])
@pytest.mark.parametrize(("fte", "share"), [(0.5, 0.5), (0.25, 0.25), (1.0, 1.0)])
def test_hours_follow_the_fte(fte: float, share: float, shape: str) -> None:
    """Somebody would have half the caseload and a whole week for it."""
    full = next(person for person in TEAM.clinicians if person.fte == 1)
    after = made(fte={"clinicians": [full.id], "fte": fte, "shape": shape}).by_code.clinicians[full.id]
    minutes = [sum(p.end - p.start for p in person.working) for person in (full, after)]
    assert 0 <= minutes[0] * share - minutes[1] < 2 * TEAM.grid
    back = made(
        problem=made(fte={"clinicians": [full.id], "fte": fte}), fte={"clinicians": [full.id], "fte": 1.0}
    )
    again = sum(p.end - p.start for p in back.by_code.clinicians[full.id].working)
    assert abs(again - minutes[0]) <= 2 * TEAM.grid


def test_hours_have_an_end() -> None:
    """A day would last past midnight."""
    periods = made(
        hours={"clinicians": ["C03"], "working": [{"day": "mon", "start": "09:00", "end": "17:00"}]}
    )
    (period,) = periods.by_code.clinicians["C03"].working
    longer = other_hours([period], 60 * 60, 15, "shorter_days")
    assert [(p.day.value, p.start, p.end) for p in longer] == [("mon", 540, 1320)]
    more = other_hours([period], 20 * 60, 15, "fewer_days")
    assert [(p.day.value, p.end - p.start) for p in more] == [("mon", 480), ("tue", 480), ("wed", 240)]


def test_what_hours_leave_without_a_place_is_told() -> None:
    """Sessions would vanish from what is asked for, and a scenario look as if it served everybody."""
    short = [{"day": "mon", "start": "09:00", "end": "09:45"}]
    everybody = [person.id for person in TEAM.clinicians]
    found = Scenario("short", hours={"clinicians": everybody, "working": short}).applied(TEAM)
    assert found.lost > 0
    assert asked(found.problem) + found.lost == asked(TEAM)
    assert "no working period is as long as their sessions" in " ".join(found.notes)


def test_caps_and_points_are_scaled_in_every_place() -> None:
    """A clinician with an own cap would keep it, and the scenario be of half the team."""
    own = TEAM.with_changes(
        clinicians=[
            person.model_copy(update={"caseload_cap": Decimal(30)}) if person.id == "C03" else person
            for person in TEAM.clinicians
        ]
    )
    after = made(problem=own, caps=0.9)
    assert after.by_code.clinicians["C03"].caseload_cap == Decimal(27)
    table = own.rulebook.setting("caseload_cap").values["points"]
    assert isinstance(table, dict)
    lower = after.rulebook.setting("caseload_cap").by_role("points", "default")
    assert lower == Decimal(str(table["default"])) * Decimal("0.9")
    named = made(caps={"points": {"nurse": 44}}).rulebook.setting("caseload_cap")
    assert named.by_role("points", "nurse") == 44
    assert named.by_role("points", "therapist") == Decimal(str(table["default"]))
    weighed = made(points={"bands": {"low": 1.5}, "scale": 2})
    assert weighed.by_code.bands["low"].points == 3
    assert weighed.by_code.bands["moderate"].points == 2 * TEAM.by_code.bands["moderate"].points
    with pytest.raises(InputError, match="unknown_reference"):
        made(points={"bands": {"lowest": 1}})


def test_rules_are_off_hard_soft_or_have_other_figures() -> None:
    """A scenario would be about another rule than it says, or lose what else the rulebook says of it."""
    book = made(parameters={"session_limits": {"day": 5}}, rules_off=["session_limits"]).rulebook
    assert (book.setting("session_limits").enabled, book.setting("session_limits").whole("day")) == (False, 5)
    book = made(rules_hard=["late_intake"], rules_soft={"rules": ["breaks"], "weight": 9}).rulebook
    assert book.setting("late_intake").hard
    assert (book.setting("breaks").hard, book.setting("breaks").weight) == (False, 9)
    table = made(parameters={"caseload_cap": {"points": {"nurse": 40}}}).rulebook.setting("caseload_cap")
    assert table.by_role("points", "nurse") == 40
    assert table.by_role("points", "therapist") == TEAM.rulebook.setting("caseload_cap").by_role(
        "points", "x"
    )
    assert made(preset="trauma").rulebook.name == "trauma"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"rules_off": ["no_overlap"]}, ["physical_rule"]),
        ({"rules_soft": ["working_hours", "brakes"]}, ["physical_rule", "unknown_rule"]),
        ({"parameters": {"breaks": {"meal": 9000, "meel": 3}}}, ["unknown_parameter", "out_of_range"]),
        ({"preset": "traum"}, ["unknown_value"]),
        ({"fte": {"fte": 0.5, "scale": 0.5}}, ["contradiction"]),
        ({"rooms": {}}, ["missing_field"]),
        ({"groups": {"end": ["none"]}}, ["unknown_reference"]),
        ({"mix": {"high": 0.9, "low": 0.9}}, ["out_of_range"]),
        ({"referrals": {"count": 1, "mix": {"hihg": 1}}}, ["unknown_reference"]),
        ({"site": {"close": "riverside", "to": "riverside"}}, ["out_of_range"]),
        ({"remove": ["C09"], "fte": {"clinicians": ["C10"], "fte": 1}}, ["unknown_reference"] * 2),
    ],
)
def test_what_cannot_be_meant_is_told_whole(changes: dict[str, Any], codes: list[str]) -> None:
    """A slip of the pen would be a scenario without any change."""
    with pytest.raises(InputError) as caught:
        made(**changes)
    assert [fault.code for fault in caught.value.faults] == codes


def test_more_is_asked_for_in_draws_that_contain_each_other() -> None:
    """A tenth more would be other people than a fifth more, and the difference be chance."""
    some, more = made(3, demand=1.1), made(3, demand=1.2)
    assert asked(some) == round(1.1 * asked(TEAM))
    assert set(some.requests) <= set(more.requests)
    assert set(made(4, demand=1.1).requests) != set(some.requests)
    fewer, fewest = made(3, demand=0.8), made(3, demand=0.6)
    assert asked(fewest) == round(0.6 * asked(TEAM))
    left = {request.id: request.count for request in fewer.requests}
    assert all(left.get(request.id, 0) >= request.count for request in fewest.requests)


def test_telehealth_grows_and_shrinks_to_its_share() -> None:
    """Half by telehealth would be another half each time."""

    def open_to(problem: Problem) -> set[str]:
        single = [request for request in problem.requests if request.group is None]
        return {request.id for request in single if request.mode is not AllowedMode.IN_PERSON}

    low, high = open_to(made(telehealth=0.2)), open_to(made(telehealth=0.8))
    assert len(low) == round(0.2 * len(TEAM.requests))
    assert len(high) == round(0.8 * len(TEAM.requests))
    assert low <= high | open_to(TEAM)
    assert open_to(TEAM) <= high


def test_the_mix_of_bands_is_the_one_asked_for_with_few_changes() -> None:
    """A harder caseload would be another caseload altogether."""
    after = made(mix={"high": 0.4, "very_high": 0.1})
    shares = [
        sum(c.band == band for c in after.clients) / len(after.clients) for band in ("high", "very_high")
    ]
    assert shares == pytest.approx([0.4, 0.1], abs=0.01)
    changed = sum(a.band != b.band for a, b in zip(TEAM.clients, after.clients, strict=True))
    due = {band.id: sum(c.band == band.id for c in after.clients) for band in TEAM.bands}
    now = {band.id: sum(c.band == band.id for c in TEAM.clients) for band in TEAM.bands}
    assert changed == sum(max(0, due[band] - now[band]) for band in due)


def test_referrals_wait_and_ask_for_an_intake() -> None:
    """More demand would be of people whom nobody can see, or of none."""
    after = made(referrals={"count": 4, "mix": {"low": 0.5, "high": 0.5}, "waited_days": 20})
    new = after.clients[len(TEAM.clients) :]
    assert [client.band for client in new] == ["low", "high", "low", "high"]
    assert {(after.week_start - client.waiting_since).days for client in new if client.waiting_since} == {20}
    kinds = {request.session_type for request in after.requests[len(TEAM.requests) :]}
    assert kinds == {"intake_60"}


def test_no_shows_are_halved_for_all_or_for_some_kinds() -> None:
    """Expected sessions would not follow what is asked."""
    after = made(problem=made(attendance=0.8), attendance={"scale": 0.5})
    assert {kind.attendance for kind in after.session_types} == {Decimal("0.9")}
    some = made(attendance={"share": 0.6, "kinds": ["intake"]})
    assert {k.attendance for k in some.session_types if k.kind == "intake"} == {Decimal("0.6")}
    assert {k.attendance for k in some.session_types if k.kind != "intake"} == {Decimal(1)}


def test_rooms_and_sites_come_and_go() -> None:
    """Something would be planned at a place that is not there any more."""
    assert len(made(rooms={"like": "room-01", "count": 3}).rooms) == len(TEAM.rooms) + 3
    assert "room-01" not in made(rooms={"remove": ["room-01"]}).by_code.rooms
    two = generate(30, seed=1)
    first, other, *_ = [site.id for site in two.sites]
    after = made(problem=two, site={"close": first, "to": other})
    assert first not in after.model_dump_json().replace(f'"{two.name}"', "")
    kept = made(problem=two, site={"close": first, "to": other, "rooms": True})
    assert len(kept.rooms) == len(two.rooms) > len(after.rooms)


def test_a_group_takes_the_place_of_single_sessions() -> None:
    """A group would come on top of what it is to replace."""
    programmes = generate(8, seed=3, profile="iop")
    group = next(kind for kind in programmes.session_types if kind.smallest > 1 or kind.largest > 3)
    single = max(
        (kind.id for kind in programmes.session_types if kind.largest == 1),
        key=lambda code: sum(r.session_type == code for r in programmes.requests),
    )
    after = made(
        problem=programmes,
        group_instead={"session_type": group.id, "instead_of": single, "clients": group.largest},
    )
    new = [g for g in after.groups if g.id not in programmes.by_code.groups]
    assert len(new) == 1
    assert len(new[0].members) == group.largest
    assert asked(after) == asked(programmes)
    ended = made(problem=programmes, groups={"end": [programmes.groups[0].id]})
    assert programmes.groups[0].id not in ended.by_code.groups
    assert asked(ended) < asked(programmes)


def test_scenarios_are_put_together_and_survive_their_file(tmp_path: Any) -> None:
    """A file would mean something else than the same in Python."""
    path = tmp_path / "scenarios.toml"
    path.write_text(
        '[scenarios.busier]\nabout = "more"\ndemand = 1.1\n[scenarios.both]\nfrom = ["busier"]\n'
        'remove = ["C03"]\nfte = [{clinicians = ["C01"], fte = 0.5}, {clinicians = ["C02"], fte = 0.5}]\n',
        encoding="utf-8",
    )
    busier, both = read_scenarios(path)
    assert busier == Scenario("busier", demand=1.1, about="more")
    expected = busier + Scenario(
        "rest", remove=["C03"], fte=[{"clinicians": [c], "fte": 0.5} for c in ("C01", "C02")]
    )
    assert both.changes == expected.changes
    assert Scenario.from_dict(both.to_dict()) == both
    assert both.apply(TEAM) == expected.apply(TEAM)
    assert faults.find(both.apply(TEAM)) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "[scenarios.a]\nfoo = 1\n[scenarios.b]\ndemand = -1\n",
            ["scenarios.a.foo", "scenarios.b.demand.scale"],
        ),
        ("[scenarios.a]\nabout = 3\nfrom = 2\n", ["scenarios.a.about", "scenarios.a.from"]),
        ("scenarios = 3\n", ["scenarios"]),
        ("[scenario.a]\n", ["scenario"]),
        (
            "[scenarios.a]\nhours.clinicians = ['C01']\n"
            "hours.working = [{day = 'mno', start = '9', end = '10:00'}]\n",
            ["scenarios.a.hours.working[0].day", "scenarios.a.hours.working[0].start"],
        ),
    ],
)
def test_faults_of_a_file_are_told_with_their_places(tmp_path: Any, text: str, places: list[str]) -> None:
    """Somebody would look for a slip of the pen in a hundred lines."""
    path = tmp_path / "scenarios.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenarios(path)
    assert [fault.place for fault in caught.value.faults] == places


@pytest.mark.parametrize(
    "arguments", [{"name": ""}, {"name": "a\nb"}, {"name": 3}, {"about": 3}, {"changes": ["x"]}]
)
def test_a_scenario_of_wrong_arguments_is_refused(arguments: dict[str, Any]) -> None:
    """A scenario without a name would be a row that nobody can tell from another."""
    with pytest.raises(ArgumentError):
        Scenario(**{"name": "a", **arguments})
