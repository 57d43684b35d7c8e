"""What breaks no rule and has to be known: told when it is so, and not when it is not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from safeschedule.problem import BlockKind, Problem
from safeschedule.problem.people import default_bands
from safeschedule.reports.verdict import verdict
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier import WeekNotice, verify

WORK = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue", "wed", "thu", "fri")]


def person(code: str, **more: Any) -> dict[str, Any]:
    """Give a clinician who works full time."""
    return {"id": code, "working": WORK, "is_supervisor": code == "C", **more}


def client(code: str, own: str | None = "A", **more: Any) -> dict[str, Any]:
    """Give a client."""
    return {"id": code, "clinician": own, **more}


def told(sessions: list[str], clients: list[dict[str, Any]], **more: Any) -> dict[str, list[WeekNotice]]:
    """Give the notices of a week by code; a session is ``KIND CLIENT CLINICIAN DATE``."""
    kinds = [{"id": "talk", "minutes": 60}, {"id": "emdr", "minutes": 90, "intensity": "high"}]
    given: dict[str, Any] = {"week_start": "2026-10-05", "session_types": kinds, "clients": clients}
    given |= {"clinicians": [person(code) for code in "ABC"], "requests": asked(clients)} | more
    problem = Problem.from_dict(given)
    schedule = Schedule(
        week_start=problem.week_start, appointments=tuple(session(*s.split()) for s in sessions)
    )
    found: dict[str, list[WeekNotice]] = {}
    for notice in verify(problem, schedule).notices:
        found.setdefault(notice.code, []).append(notice)
    return found


def asked(clients: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a request of each client."""
    return [{"id": f"R{c['id']}", "client": c["id"], "session_type": "talk"} for c in clients]


def session(kind: str, who: str, clinician: str, day: str) -> Appointment:
    """Give a session of a client at nine."""
    minutes = 60 if kind == "talk" else 90
    start = datetime.fromisoformat(f"2026-10-{day}T09:00")
    return Appointment(
        request=f"R{who}",
        session_type=kind,
        clients=(who,),
        clinicians=(clinician,),
        start=start,
        minutes=minutes,
    )


def high(number: int) -> list[dict[str, Any]]:
    """Give clients of A, of three points each."""
    return [client(f"K{n}", band="high") for n in range(number)]


@pytest.mark.parametrize(("cap", "codes"), [("9", []), ("8.75", ["standing_overload"])])
def test_caseload_over_its_cap_is_told(cap: str, codes: list[str]) -> None:
    """Ninety points on a cap of sixty would pass for kept, because only new clients are judged."""
    found = told([], high(3), clinicians=[person("A", caseload_cap=float(cap))])
    assert [code for code in found if code.startswith("standing")] == codes
    for notice in found.get("standing_overload", ()):
        assert notice.pressing
        assert notice.clinicians == ("A",)
        assert notice.numbers == {"points": 9.0, "cap": 8.75, "clients": 3}


def test_too_many_high_acuity_clients_are_told() -> None:
    """Thirteen of twelve high-acuity clients would pass for kept."""
    (notice,) = told([], high(3), clinicians=[person("A", high_acuity_cap=2)])["standing_high_acuity"]
    assert (notice.clients, notice.pressing) == (("K0", "K1", "K2"), True)
    assert "standing_high_acuity" not in told([], high(3), clinicians=[person("A", high_acuity_cap=3)])


def test_a_rule_that_is_off_has_no_cap() -> None:
    """A rulebook without caps would be told of them all the same."""
    off = {"rules": {"caseload_cap": {"enabled": False}}}
    assert "standing_overload" not in told(
        [], high(3), clinicians=[person("A", caseload_cap=1)], rulebook=off
    )


def test_another_clinician_is_told_unless_asked_for() -> None:
    """A client would meet somebody else, and nobody had said so."""
    clients = [client("K1"), client("K2"), client("K3", own=None)]
    sessions = ["talk K1 B 06", "talk K2 A 06", "talk K3 C 06"]
    (notice,) = told(sessions, clients)["changed_clinician"]
    assert (notice.clinicians, notice.clients, notice.requests) == (("A", "B"), ("K1",), ("RK1",))
    wanted = [{**request, "clinician": "B"} for request in asked(clients)]
    assert "changed_clinician" not in told(["talk K1 B 06"], clients, requests=wanted)


@pytest.mark.parametrize(
    ("band", "last", "asks", "sessions", "codes"),
    [
        ("high", "2026-10-04", False, [], ["high_band_unseen"]),
        ("high", "2026-10-05", False, [], []),  # due on the first date after the week
        ("moderate", "2026-08-01", True, [], []),
        ("high", None, True, [], ["high_band_unseen"]),
        ("high", None, False, [], []),
        ("high", "2026-09-28", True, ["talk K1 A 05"], []),
        ("high", "2026-09-30", True, ["talk K1 A 08"], ["high_band_late"]),
        ("high", "2026-10-01", True, ["talk K1 A 08"], []),
    ],
)
def test_high_band_unseen_or_late_is_told(
    band: str, last: str | None, asks: bool, sessions: list[str], codes: list[str]
) -> None:
    """A client of a high band would be overdue and unseen beneath the word compliant."""
    one = client("K1", band=band, last_contact=last)
    found = told(sessions, [one], requests=asked([one]) if asks else [])
    assert [code for code in found if code.startswith("high_band")] == codes
    assert all(notice.pressing == (notice.code == "high_band_unseen") for (notice,) in found.values())


@pytest.mark.parametrize("step", [1, -1], ids=["lowest first", "highest first"])
def test_the_highest_band_is_told_first(step: int) -> None:
    """Whoever is in most need would stand below others, or where bands are listed upside down."""
    needs = {"K1": "high", "K2": "very_high", "K3": "high", "K4": "very_high"}
    clients = [client(code, band=band, last_contact="2026-09-01") for code, band in needs.items()]
    bands = [band.model_dump(mode="json") for band in default_bands()][::step]
    unseen = told([], clients, requests=[], bands=bands)["high_band_unseen"]
    assert [code for notice in unseen for code in notice.clients] == ["K2", "K4", "K1", "K3"]


def test_high_intensity_on_one_of_many_is_told() -> None:
    """Six hours of trauma work with one, and none with the equals, would look like any other week."""
    clients = [client(f"K{n}") for n in range(4)]
    days = ("05", "06", "07", "08")
    alone = [f"emdr K{n} A {day}" for n, day in enumerate(days)]
    (notice,) = told(alone, clients)["uneven_exposure"]
    assert notice.numbers == {"minutes": 360, "mean_of_others": 0, "others": 2}
    assert not notice.pressing
    shared = [f"emdr K{n} {who} {day}" for n, (who, day) in enumerate(zip("ABCA", days, strict=True))]
    assert "uneven_exposure" not in told(shared, clients)
    roles = [person("A"), person("B", role="nurse"), person("C", role="nurse")]
    assert "uneven_exposure" not in told(alone, clients, clinicians=roles)


def test_compliant_never_stands_alone_above_pressing_notices() -> None:
    """The page, the account and the terminal would call a week compliant in which somebody has to act."""
    rules = {"rules": {name: {"enabled": False} for name in ("documentation", "breaks", "urgent_slots")}}
    given = {"week_start": "2026-10-05", "clinicians": [person("A", caseload_cap=2)], "rulebook": rules}
    problem = Problem.from_dict({**given, "clients": high(1)})
    account = verify(problem, Schedule(week_start=problem.week_start))
    assert account.compliant
    assert "compliant" not in str(account).splitlines()
    above = verdict(account, ())
    assert above.state == "look"
    assert account.pressing[0].text in above.sentences


def test_notices_are_in_one_order(shuffled: Callable[[Problem], Problem]) -> None:
    """The same week would be told in another order when a file lists its people in another."""
    given = {"week_start": "2026-10-05", "clinicians": [person(c, caseload_cap=1) for c in "AC"]}
    clients = [client("K1", "C", band="high"), client("K2", "A", band="high")]
    problem = Problem.from_dict({**given, "clients": clients})
    empty = Schedule(week_start=problem.week_start)
    assert verify(problem, empty).notices == verify(shuffled(problem), empty).notices


@pytest.fixture
def shuffled() -> Callable[[Problem], Problem]:
    """Give a function that turns the lists of a problem round."""

    def turned(problem: Problem) -> Problem:
        lists = {name: getattr(problem, name)[::-1] for name in ("clinicians", "clients")}
        return problem.model_copy(update=lists)

    return turned


def duties(people: list[dict[str, Any]], **more: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Give the duties that a week without sessions leaves out, and whose they are."""
    found = told([], more.pop("clients", []), clinicians=people, **more)
    return [
        (code, n.clinicians) for code, all_ in sorted(found.items()) for n in all_ if code.startswith("no_")
    ]


def test_a_duty_that_one_person_cannot_meet_is_told() -> None:
    """Somebody would work without supervision, and only the text of the rule would say so."""
    saturday = [{"day": "sat", "start": "09:00", "end": "13:00"}]
    idle, late = person("X", working=[]), person("A", working=saturday, new_in_post=True, supervisor="C")
    both = [("no_consultation", ("A",)), ("no_supervision", ("A",))]
    assert duties([late, person("B"), person("C"), idle]) == both
    assert duties([person("A", new_in_post=True, supervisor="C"), person("B"), person("C"), idle]) == []
    quarter = person("A", working=[{"day": "mon", "start": "09:00", "end": "09:15"}])
    flagged = [client(f"K{n}", flags=["coordination"]) for n in range(3)]
    assert ("no_coordination", ("A",)) in duties([quarter, person("C")], clients=flagged, requests=[])


def test_a_debrief_and_a_review_without_place_are_told() -> None:
    """An incident or a high-acuity team would be forgotten where no supervisor is there."""
    people = [
        person("A", working=WORK[:3], teams=["x"]),
        person("B", working=WORK[3:], teams=["x"]),
        person("C"),
    ]
    incident = {"id": "I", "happened": "2026-10-05T10:00", "clinicians": ["A"], "followed_up": ["A"]}
    away = [{"start": "2026-10-05T00:00", "end": "2026-10-08T00:00"}]
    people[-1]["leave"] = away
    more = {"clients": high(1), "incidents": [incident]}
    assert {("no_debrief", ("A",)), ("no_case_review", ("A", "B"))} <= set(duties(people, **more))
    assert duties([person("A"), person("B"), person("C")], **more) == []


@pytest.mark.parametrize(
    ("rooms", "session_room", "working", "told_of"),
    [
        (1, None, {}, 1),
        (2, None, {}, 0),
        (2, "R2", {}, 0),
        (1, None, {"telehealth_only": True}, 0),
        (0, None, {}, 0),
    ],
    ids=[
        "the only room is taken",
        "one is left",
        "the other is named",
        "by telehealth",
        "no rooms",
    ],
)
def test_a_slot_without_a_room_is_told(
    rooms: int, session_room: str | None, working: dict[str, Any], told_of: int
) -> None:
    """A crisis would come, and there would be time and no room for it."""
    problem = Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "session_types": [
                {"id": "talk", "minutes": 60, "room_kind": "consulting"},
                {"id": "crisis", "minutes": 60, "kind": "crisis", "room_kind": "consulting"},
            ],
            "clinicians": [
                {"id": "A", "working": WORK, "is_supervisor": True},
                {"id": "B", "working": [{**WORK[0], **working}]},
            ],
            "clients": [client("K1")],
            "requests": [{"id": "RK1", "client": "K1", "session_type": "talk"}],
            "rooms": [{"id": f"R{n}", "kind": "consulting"} for n in range(1, rooms + 1)],
        }
    )
    start = datetime(2026, 10, 5, 9, 30)
    schedule = Schedule(
        week_start=problem.week_start,
        appointments=(session("talk", "K1", "A", "05").model_copy(update={"room": session_room}),),
        blocks=(Block(kind=BlockKind.URGENT_SLOT, clinicians=("B",), start=start, minutes=60),),
    )
    found = [n for n in verify(problem, schedule).notices if n.code == "slot_without_room"]
    assert len(found) == told_of
    assert all("B on Monday 5 October" in notice.text and not notice.pressing for notice in found)


@pytest.mark.parametrize(("remote", "told_of"), [(False, 1), (True, 0)], ids=["in person", "by telehealth"])
def test_a_slot_after_midnight_is_looked_at_in_its_night(remote: bool, told_of: int) -> None:
    """A night's slots would be looked for on a date on which their clinician does not work."""
    night = [("mon", "21:00", "24:00"), ("tue", "00:00", "05:00")]
    working = [{"day": day, "start": a, "end": b, "telehealth_only": remote} for day, a, b in night]
    shut = {"start": "2026-10-06T00:00", "end": "2026-10-06T06:00"}
    problem = Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "session_types": [{"id": "crisis", "minutes": 60, "kind": "crisis", "room_kind": "consulting"}],
            "clinicians": [{"id": "B", "working": working}],
            "rooms": [{"id": "R", "kind": "consulting", "unavailable": [shut]}],
        }
    )
    slot = Block(kind=BlockKind.URGENT_SLOT, clinicians=("B",), start=datetime(2026, 10, 6, 1), minutes=60)
    schedule = Schedule(week_start=problem.week_start, blocks=(slot,))
    found = [n for n in verify(problem, schedule).notices if n.code == "slot_without_room"]
    assert len(found) == told_of
