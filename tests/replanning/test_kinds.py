"""Each kind of change by example, on a small week written by hand."""

import threading
from datetime import timedelta

import pytest

from safeschedule import solve
from safeschedule.errors import InputError
from safeschedule.problem import BlockKind, Flag, Leave, PinnedAppointment, Problem
from safeschedule.replanning import (
    CancelledSession,
    ChangedHours,
    LostRoom,
    Outcome,
    Replan,
    RiskFlag,
    SickCall,
    apply_changes,
    changes_from_text,
    replan,
    urgent_requests,
)
from safeschedule.replanning.no_plan import Ending, why_no_plan
from safeschedule.schedule import Appointment, LeftOut, Schedule
from safeschedule.verifier import verify
from tests.replanning.test_properties import check
from tests.replanning.weeks import LIMIT, at, new_request, planned
from tests.solving.weeks import BARE, hours


def again(problem: Problem, schedule: Schedule, *changes: object, **given: object) -> Replan:
    """Plan again, hold the plan against the week before, and return it."""
    found = replan(problem, schedule, changes, deterministic_limit=LIMIT, **given)  # type: ignore[arg-type]
    assert found.schedule is not None, found.notes
    check(found, schedule, given.get("freeze_before"))
    return found


def pair(**changes: object) -> tuple[Problem, Schedule]:
    """Return two clinicians who share two mornings, each with one session on Monday."""
    given = {
        "week_start": "2026-10-05",
        "grid": 30,
        "clinicians": [{"id": c, "working": hours("mon", "tue")} for c in ("C1", "C2")],
        "clients": [{"id": "P1", "clinician": "C1"}, {"id": "P2", "clinician": "C2"}],
        "session_types": [{"id": "talk", "minutes": 60, "room_kind": "consulting"}],
        "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in (1, 2)],
        "rooms": [{"id": "room-1"}, {"id": "room-2"}],
        "rulebook": {"rules": BARE},
    }
    problem = Problem.model_validate(given | changes)
    sessions = tuple(
        Appointment(
            request=f"R{n}",
            session_type="talk",
            clients=(f"P{n}",),
            clinicians=(f"C{n}",),
            start=at(problem, 0, 9),
            minutes=60,
            room=f"room-{n}",
        )
        for n in (1, 2)
    )
    return problem, Schedule(week_start=problem.week_start, appointments=sessions)


def test_a_sick_call_moves_only_the_sick_clinicians_sessions() -> None:
    """Somebody would be disturbed though the session fits elsewhere."""
    problem, schedule = pair()
    found = again(problem, schedule, SickCall(clinician="C1", start=at(problem, 0, 0), end=at(problem, 1, 0)))
    assert found.outcome is Outcome.BEST
    (moved,) = found.diff.moved
    assert moved.after.start.date() == at(problem, 1, 0).date()
    assert found.disturbed == ()
    assert {notice.code for notice in found.tell} == {"C1", "P1"}


def test_the_cover_takes_what_is_urgent() -> None:
    """An urgent session would be dropped though a cover is named and free."""
    problem, schedule = pair(
        requests=[
            {"id": "R1", "client": "P1", "session_type": "talk", "priority": 5},
            {"id": "R2", "client": "P2", "session_type": "talk"},
        ]
    )
    call = SickCall(clinician="C1", start=at(problem, 0, 0), end=at(problem, 5, 0), cover="C2")
    found = again(problem, schedule, call)
    (moved,) = found.diff.moved
    assert moved.after.clinicians == ("C2",)
    assert any("C2 takes R1 as cover" in note for note in found.notes)
    routine, week = pair()
    assert again(routine, week, call).diff.moved == ()


def test_others_move_only_for_what_is_urgent() -> None:
    """Somebody's time would be changed for a routine request, or an urgent one left out to spare a move."""
    narrow = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    for priority, moves in ((5, 1), (3, 0)):
        problem, schedule = pair()
        asked = new_request(problem, windows=narrow, clinician="C2", priority=priority)
        found = again(problem, schedule, asked)
        assert len(found.diff.added) == moves
        assert [m.before.request for m in found.diff.moved] == ["R2"] * moves
        assert set(found.disturbed) == ({"C2", "P2"} if moves else set())
    blocked = again(problem, schedule, asked, budget=0)
    assert blocked.diff.added == ()


def test_no_budget_moves_nobody_else() -> None:
    """The limit on who is disturbed would not be kept."""
    problem, schedule = pair()
    narrow = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    found = again(problem, schedule, new_request(problem, windows=narrow, clinician="C2"), budget=0)
    assert found.diff.moved == ()
    assert [entry.request for entry in found.left_out] == ["R new-1"]
    assert found.left_out[0].reason


def test_a_cancelled_session_is_gone_or_comes_at_another_time() -> None:
    """A client who called off would still be expected, or not be asked in again."""
    problem, schedule = pair()
    gone = CancelledSession(request="R1", start=at(problem, 0, 9))
    found = again(problem, schedule, gone)
    assert [d.appointment.request for d in found.dropped] == ["R1"]
    assert "R1" not in {request.id for request in found.problem.requests}
    assert {notice.code for notice in found.tell} == {"C1"}
    other = again(problem, schedule, gone.model_copy(update={"rebook": True}))
    (moved,) = other.diff.moved
    assert moved.after.start != at(problem, 0, 9)


def test_what_was_called_off_comes_at_a_time_that_does_not_meet_the_old_one() -> None:
    """A client who cannot come at nine would be asked to come at half past nine, and would not be told."""
    problem, schedule = pair()
    call = CancelledSession(request="R1", start=at(problem, 0, 9), rebook=True)
    found = again(problem, schedule, call)
    (moved,) = found.diff.moved
    assert moved.after.start >= at(problem, 0, 10)
    assert "P1" in {notice.code for notice in found.tell}


def test_a_lost_room_sends_a_session_to_the_free_one_or_to_another_time() -> None:
    """Two sessions would be in one room, or one in a room that is lost."""
    problem, schedule = pair()
    lost = LostRoom(room="room-1", start=at(problem, 0, 8), end=at(problem, 0, 10))
    found = again(problem, schedule, lost)
    (moved,) = found.diff.moved
    assert moved.before.request == "R1"
    assert moved.after.start >= at(problem, 0, 10)
    one = schedule.model_copy(update={"appointments": schedule.appointments[:1]})
    alone = again(problem, one, lost)
    assert [(m.after.room, m.after.start) for m in alone.diff.moved] == [("room-2", at(problem, 0, 9))]


def test_a_risk_flag_and_a_band_bring_what_they_ask_for() -> None:
    """A flag would be noted, and the time that it asks for would not be there."""
    problem, schedule = planned()
    flag = RiskFlag(client="P5", flag=Flag.VOLATILE, band="high")
    found = again(problem, schedule, flag)
    assert next(c for c in found.problem.clients if c.id == "P5").flags == (Flag.VOLATILE,)
    assert found.diff.moved == found.diff.dropped == ()
    assert any(b.after is not None and b.after.kind.value == "reserve" for b in found.diff.blocks)
    assert "R5" in urgent_requests(found.problem)


def test_changed_hours_move_what_falls_outside() -> None:
    """A session would stay at a time at which its clinician does not work any more."""
    problem, schedule = pair()
    change = ChangedHours.model_validate({"clinician": "C1", "working": hours("tue")})
    (moved,) = again(problem, schedule, change).diff.moved
    assert moved.after.start.date() == at(problem, 1, 0).date()


def test_what_has_begun_stays_though_the_clinician_is_ill() -> None:
    """The past would be rewritten."""
    problem, schedule = pair()
    call = SickCall(clinician="C1", start=at(problem, 0, 8), end=at(problem, 1, 0))
    found = again(problem, schedule, call, freeze_before=at(problem, 0, 9) + timedelta(minutes=30))
    assert found.diff.moved == found.diff.dropped == ()
    assert any("stays as it was" in note for note in found.notes)


@pytest.mark.long
@pytest.mark.slow
def test_ill_for_the_rest_of_the_week_is_asked_for_nothing_more() -> None:
    """Blocks that are due in the week would be asked of somebody who is ill for what is left of it."""
    problem, schedule = planned(1)
    tuesday = at(problem, 1, 0)
    for person in [c.id for c in problem.clinicians if not c.is_supervisor][:1]:
        call = SickCall(clinician=person, start=tuesday, end=at(problem, 7, 0))
        found = again(problem, schedule, call, freeze_before=tuesday)
        assert found.schedule is not None
        late = [a for a in found.schedule.appointments if person in a.clinicians and a.start >= tuesday]
        assert late == []


@pytest.mark.slow
@pytest.mark.xdist_group("replanned")
def test_marks_of_passed_time_take_nothing_from_who_has_time_ahead() -> None:
    """A quarter of an hour marked as passed would switch off the week's protected time."""
    problem, schedule = planned(1)
    blocks = tuple(b for b in schedule.blocks if b.kind.value != "consultation")
    late = Leave(start=at(problem, 6, 23), end=at(problem, 7, 0), kind="passed")
    people = tuple(c.model_copy(update={"leave": (*c.leave, late)}) for c in problem.clinicians)
    marked = problem.model_copy(update={"clinicians": people})
    less = schedule.model_copy(update={"blocks": blocks})
    found = [f.rule for given in (problem, marked) for f in verify(given, less).findings if f.hard]
    assert found.count("consultation") == 2 * verify(problem, less).amounts["consultation"]


def test_pins_stay_but_for_those_that_nobody_can_keep() -> None:
    """A pin would be moved, or a sick call refused because of one."""
    pin = PinnedAppointment(request="R1", clinician="C1", start="2026-10-05T09:00")  # type: ignore[arg-type]
    problem, schedule = pair(pinned_appointments=[pin.model_dump()])
    narrow = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    kept = again(problem, schedule, new_request(problem, windows=narrow, clinician="C1"))
    assert kept.diff.moved == kept.diff.added == ()
    call = SickCall(clinician="C1", start=at(problem, 0, 0), end=at(problem, 1, 0))
    found = again(problem, schedule, call)
    assert found.problem.pinned_appointments == ()
    assert any("R1" in note for note in found.notes)


def test_a_week_without_a_plan_is_told_with_what_stands_open() -> None:
    """A schedule that breaks a safety rule would be given out, or nothing said."""
    problem, schedule = pair()
    flag = RiskFlag(client="P1", flag=Flag.VOLATILE)
    over = at(problem, 1, 12)
    found = replan(problem, schedule, [flag], freeze_before=over, deterministic_limit=LIMIT)
    assert found.outcome is Outcome.IMPOSSIBLE
    assert found.schedule is None
    assert found.notes[0].startswith("No schedule keeps all hard rules")
    assert any("reserve" in note for note in found.notes)
    assert "planned anew would keep them" in found.notes[-1]


def test_a_leader_who_is_away_is_told_with_who_can_stand_in() -> None:
    """Somebody would read that there is no plan, and not that one name is what it wants."""
    problem, schedule = pair()
    leaders = {"C1": ("C1", None), "C2": (None, "C1")}
    people = tuple(
        c.model_copy(update={"is_supervisor": lead is not None, "supervisor": whose})
        for c in problem.clinicians
        for lead, whose in [leaders[c.id]]
    )
    led = problem.model_copy(update={"clinicians": people})
    call = SickCall(clinician="C1", start=at(led, 0, 0), end=at(led, 2, 0))
    again = replan(led, schedule, [call], deterministic_limit=LIMIT)
    assert again.verification is not None
    absent = [w for w in again.verification.warnings if w.code == "supervisor_absent"]
    assert [w.place for w in absent] == ["clinicians[1].supervisor"]
    third = people[0].model_copy(update={"id": "C3"})
    wide = led.model_copy(update={"clinicians": (*people, third)})
    after = apply_changes(wide, [call.model_copy(update={"supervisor": "C3"})])
    assert [c.supervisor for c in after.clinicians] == [None, "C3", None]


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ({"most": 2}, ["No schedule was found", "C9 is open.", "C1 is away and supervises C2", "At most 2"]),
        ({"past": True}, ["What has begun already", "C9 is open.", "C1 is away and supervises C2"]),
        ({"stopped": True}, ["Stopped before", "C9 is open.", "C1 is away", "A longer time limit"]),
    ],
)
def test_without_a_plan_it_says_what_helps(ended: dict[str, object], said: list[str]) -> None:
    """Whoever has to mend the week at eight o'clock would be left with a bare no."""
    problem, _ = pair()
    one, two = problem.clinicians
    lead = one.model_copy(update={"is_supervisor": True})
    people = (lead, two.model_copy(update={"supervisor": "C1"}), lead.model_copy(update={"id": "C3"}))
    led = problem.model_copy(update={"clinicians": people})
    call = SickCall(clinician="C1", start=at(led, 0, 9), end=at(led, 0, 12))
    how = {"past": False, "proven": False, "stopped": False, "most": None, "frozen": False}
    ending = Ending(**how | {"left": None, "deterministic": None} | ended)  # type: ignore[arg-type]
    told = list(why_no_plan(led, [call], ending, ["C9 is open."], threading.Event()))
    assert all(sentence.startswith(head) for sentence, head in zip(told, said, strict=False))
    assert len(told) >= len(said)
    assert "C3" in told[2]
    named = call.model_copy(update={"supervisor": "C3"})
    assert not any("C1 is away" in s for s in why_no_plan(led, [named], ending, [], threading.Event()))


def test_a_stop_at_once_is_told_as_one() -> None:
    """Whoever stops a search that has hardly begun would be told of a fault inside."""
    problem, schedule = pair()
    call = SickCall(clinician="C1", start=at(problem, 0, 9), end=at(problem, 0, 12))
    stop = threading.Event()
    stop.set()
    found = replan(problem, schedule, [call], stop=stop)
    assert found.outcome is Outcome.UNKNOWN
    assert found.notes[0].startswith("Stopped before")


def test_what_is_still_left_out_is_told_apart_from_what_is_new() -> None:
    """A client who has waited since Monday would drop out of sight when somebody else falls ill."""
    requests = [{"id": f"R{n}", "client": f"P{min(n, 2)}", "session_type": "talk"} for n in (1, 2, 3)]
    problem, schedule = pair(requests=requests)
    old = LeftOut(request="R3", reason="Nobody had time.")
    found = again(
        problem,
        schedule.model_copy(update={"left_out": (old,)}),
        SickCall(clinician="C1", start=at(problem, 0, 9), end=at(problem, 0, 12)),
        new_request(problem),
    )
    assert [entry.request for entry in found.still_left_out] == ["R3"]
    assert "R3" not in {entry.request for entry in found.left_out}
    assert found.still == "1 session, as before: R3"
    assert "still 1 session" in str(found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{}", {"wrong_type"}),
        ('[{"change": "sick"}, {}, 3]', {"unknown_value", "missing_field", "wrong_type"}),
        ('[{"change": "sick_call", "clinician": "C1", "start": "monday", "until": 3}]', {"bad_value"}),
    ],
)
def test_files_of_another_shape_are_refused(text: str, codes: set[str]) -> None:
    """A file would be half understood."""
    with pytest.raises(InputError) as error:
        changes_from_text(text)
    assert codes <= {fault.code for fault in error.value.faults}


def test_all_faults_of_changes_are_told_at_once() -> None:
    """Somebody would mend one fault after the other."""
    problem, _ = pair()
    changes = [
        SickCall(clinician="C9", start=at(problem, 1, 0), end=at(problem, 0, 0)),
        SickCall(clinician="C1", start=at(problem, 9, 0), end=at(problem, 10, 0), cover="C1"),
        CancelledSession(start=at(problem, 0, 9)),
        ChangedHours(clinician="C1"),
        new_request(problem, "P1"),
        RiskFlag(client="P1", flag=Flag.VOLATILE, band="low"),
        RiskFlag(client="P1", flag=Flag.CRISIS_RISK, band="high"),
    ]
    with pytest.raises(InputError) as error:
        apply_changes(problem, changes)
    found = {(fault.code, fault.place) for fault in error.value.faults}
    assert found == {
        ("unknown_reference", "[0].clinician"),
        ("end_not_after_start", "[0].end"),
        ("outside_week", "[1].start"),
        ("own_cover", "[1].cover"),
        ("wrong_choice", "[2]"),
        ("nothing_changed", "[3]"),
        ("duplicate_id", "[4].client.id"),
        ("contradiction", "[6].band"),
    }


def test_a_session_that_is_not_there_or_past_cannot_be_cancelled() -> None:
    """A wrong time would be taken for done."""
    problem, schedule = pair()
    wrong = CancelledSession(request="R1", start=at(problem, 0, 10))
    past = CancelledSession(request="R2", start=at(problem, 0, 9))
    with pytest.raises(InputError) as error:
        replan(problem, schedule, [wrong, past], freeze_before=at(problem, 0, 12))
    assert [fault.code for fault in error.value.faults] == ["no_such_session", "already_past"]


def test_a_schedule_that_breaks_a_rule_is_refused() -> None:
    """What was broken before would be taken for a consequence of the changes."""
    problem, schedule = pair()
    twice = schedule.appointments[0].model_copy(update={"request": "R2"})
    with pytest.raises(InputError, match="not_compliant"):
        replan(problem, schedule.model_copy(update={"appointments": (twice, *schedule.appointments)}), [])


@pytest.mark.parametrize("day", [0, 1, 2])
def test_stand_in_supervises_whoever_now_has_them(day: int) -> None:
    """Nobody would plan the supervision with the stand-in, and the verifier would refuse the plan."""
    problem, schedule = planned()
    call = SickCall(clinician="S1", start=at(problem, day, 9), end=at(problem, day, 16), supervisor="S2")
    found = replan(problem, schedule, [call], deterministic_limit=LIMIT)
    if found.schedule is None:
        assert found.notes
        return
    check(found, schedule, None)
    supervised = {
        b.supervisor for b in found.schedule.blocks if b.kind == "supervision" and "C3" in b.clinicians
    }
    assert "S2" in supervised


def test_colleague_whose_supervisor_stays_is_not_asked_for_anything() -> None:
    """A sick call without a stand-in would disturb people whom it does not concern."""
    problem, schedule = planned()
    call = SickCall(clinician="S2", start=at(problem, 2, 9), end=at(problem, 2, 16))
    found = replan(problem, schedule, [call], deterministic_limit=LIMIT)
    assert found.diff is not None
    moved = {c for pair in found.diff.moved for c in pair.before.clinicians}
    assert "C3" not in moved


@pytest.mark.parametrize("count", [2, 14])
def test_a_lost_urgent_slot_goes_to_whoever_has_room_for_it(count: int) -> None:
    """A day without its urgent slot would have no plan, though a colleague whom nothing hits has the time."""
    clinicians = [{"id": f"C{n}", "working": hours("mon", end="17:00")} for n in range(1, count + 1)]
    first, _ = pair()
    problem = first.with_changes(
        clinicians=clinicians,
        clients=[{"id": "P1", "clinician": "C2"}],
        requests=[{"id": "R1", "client": "P1", "session_type": "talk"}],
        rulebook={"rules": BARE | {"urgent_slots": {"parameters": {"clinicians": 20}}}},
    )
    week = solve(problem, deterministic_limit=LIMIT, workers=1).schedule
    assert week is not None
    (slot,) = [block for block in week.blocks if block.kind is BlockKind.URGENT_SLOT]
    call = SickCall(clinician=slot.clinicians[0], start=at(problem, 0, 0), end=at(problem, 1, 0))
    found = again(problem, week, call)
    assert found.stage != "moves of all"
    (new,) = [block for block in found.schedule.blocks if block.kind is BlockKind.URGENT_SLOT]
    assert new.clinicians != slot.clinicians
