"""Problems are changed soundly: nothing names what is gone, no name is mistaken, nothing is shared."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule import (
    ArgumentError,
    Clinician,
    InputError,
    Problem,
    Rulebook,
    RuleSetting,
    Schedule,
    solve,
)
from safeschedule.problem import faults
from safeschedule.samples import generate, sample
from tests.api.answers import problem


def full() -> dict[str, Any]:
    """Give a problem in which everything that can name a clinician names C1."""
    hours = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")]
    return {
        "week_start": "2026-10-05",
        "clinicians": [
            {"id": "C1", "working": hours, "is_supervisor": True, "supervisor": "C2"},
            {"id": "C2", "working": hours, "is_supervisor": True, "supervisor": "C1", "cover": "C1"},
            {"id": "C3", "working": hours, "supervisor": "C1", "cover": "C1"},
        ],
        "clients": [
            {"id": "K1", "clinician": "C1", "last_contact": "2026-09-01"},
            {"id": "K2", "clinician": "C3"},
        ],
        "session_types": [
            {"id": "talk", "minutes": 60},
            {"id": "circle", "minutes": 60, "kind": "group", "smallest": 1, "largest": 6},
        ],
        "requests": [
            {"id": "R1", "client": "K1", "session_type": "talk", "clinician": "C1"},
            {"id": "R2", "client": "K2", "session_type": "talk"},
            {"id": "R3", "client": "K2", "session_type": "circle", "group": "G"},
        ],
        "groups": [{"id": "G", "session_type": "circle", "members": ["K2"], "facilitators": ["C1", "C3"]}],
        "meetings": [
            {"id": "M1", "start": "2026-10-05T09:00", "minutes": 30, "clinicians": ["C1", "C3"]},
            {"id": "M2", "start": "2026-10-05T12:00", "minutes": 30, "clinicians": ["C1"]},
        ],
        "pinned_appointments": [{"request": "R1", "clinician": "C1", "start": "2026-10-05T10:00"}],
        "pinned_groups": [{"group": "G", "clinicians": ["C1"], "start": "2026-10-05T14:00"}],
        "pinned_blocks": [
            {"kind": "documentation", "clinicians": ["C1"], "start": "2026-10-05T15:00", "minutes": 30},
            {"kind": "other", "clinicians": ["C1", "C3"], "start": "2026-10-05T16:00", "minutes": 30},
        ],
        "incidents": [
            {"id": "I1", "happened": "2026-10-02T10:00", "clinicians": ["C1", "C3"], "debriefed": ["C1"]},
            {"id": "I2", "happened": "2026-10-02T11:00", "clinicians": ["C1"]},
        ],
        "history": {
            "appointments": [
                {"client": "K1", "clinician": "C1", "start": "2026-09-28T10:00", "minutes": 60},
                {"client": "K2", "clinician": "C3", "start": "2026-09-28T10:00", "minutes": 60},
            ]
        },
    }


def test_nothing_names_a_clinician_who_is_gone() -> None:
    """A code would be left behind, or something of a colleague be lost."""
    week = Problem.from_dict(full())
    smaller = week.without_clinician("C1", supervisor="C2", takes_over="C3")
    assert '"C1"' not in smaller.model_dump_json()
    assert [(c.id, c.supervisor, c.cover) for c in smaller.clinicians] == [
        ("C2", None, None),
        ("C3", "C2", None),
    ]
    assert [c.clinician for c in smaller.clients] == ["C3", "C3"]
    assert [r.clinician for r in smaller.requests] == ["C3", None, None]
    assert [m.id for m in smaller.meetings] == ["M1"]
    assert [i.id for i in smaller.incidents] == ["I1"]
    assert smaller.groups[0].facilitators == ("C3",)
    assert (smaller.pinned_appointments, smaller.pinned_groups) == ((), ())
    assert [b.clinicians for b in smaller.pinned_blocks] == [("C3",)]
    assert [past.clinician for past in smaller.history.appointments] == ["C3"]
    assert str(smaller.clients[0].last_contact) == "2026-09-28"
    assert faults.find(smaller) == ()
    assert Problem.from_dict(full()) == week, "the given problem was changed"


def test_by_itself_clients_of_who_is_gone_are_nobodys() -> None:
    """Clients would be given to somebody whom nobody has asked."""
    smaller = Problem.from_dict(full()).without_clinician("C1")
    assert [c.clinician for c in smaller.clients] == [None, "C3"]
    assert [c.supervisor for c in smaller.clinicians] == [None, None]


def test_what_cannot_be_done_soundly_is_refused() -> None:
    """A group would be open to every leader, or a team be without a supervisor, silently."""
    alone = full()
    alone["groups"][0]["facilitators"] = ["C1"]
    with pytest.raises(ArgumentError) as caught:
        Problem.from_dict(alone).without_clinician("C1")
    assert [fault.code for fault in caught.value.faults] == ["no_facilitator"]
    last = full()
    last["clinicians"][1]["is_supervisor"] = False
    last["clinicians"][0]["supervisor"] = None
    with pytest.raises(InputError) as refused:
        Problem.from_dict(last).without_clinician("C1")
    assert "no_supervisor" in {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("given", "code", "place"),
    [
        ({"code": "C9"}, "unknown_reference", "code"),
        ({"code": 3}, "unknown_reference", "code"),
        ({"code": "C1", "supervisor": "C9"}, "unknown_reference", "supervisor"),
        ({"code": "C1", "takes_over": "C1"}, "out_of_range", "takes_over"),
    ],
)
def test_unknown_codes_are_refused(given: dict[str, Any], code: str, place: str) -> None:
    """A slip would leave the team as it was."""
    with pytest.raises(ArgumentError) as caught:
        Problem.from_dict(full()).without_clinician(**given)
    assert (code, place) in [(fault.code, fault.place) for fault in caught.value.faults]


def test_a_clinician_is_added_or_replaced() -> None:
    """A second one of the same code would come in, or the order be another."""
    week = Problem.from_dict(full())
    third = week.clinicians[2]
    more = week.with_clinician(third.model_copy(update={"id": "C4"}))
    assert [c.id for c in more.clinicians] == ["C1", "C2", "C3", "C4"]
    other = week.with_clinician(third.model_copy(update={"skills": ["emdr"]}))
    assert [c.skills for c in other.clinicians] == [(), (), ("emdr",)]
    with pytest.raises(InputError, match="unknown_reference"):
        week.with_clinician(third.model_copy(update={"supervisor": "C9"}))
    with pytest.raises(ArgumentError, match="a Clinician"):
        week.with_clinician({"id": "C4"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change", [{"clinicans": ()}, {"clinicians": 3}, {"requests": [{"id": "R1"}]}, {"week_start": "soon"}]
)
def test_a_change_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    """The base case would be planned for a scenario."""
    with pytest.raises(ArgumentError) as caught:
        Problem.from_dict(full()).with_changes(**change)
    assert caught.value.faults


def test_a_change_with_faults_is_refused_with_all_of_them() -> None:
    """A scenario would be planned with requests that mean nothing."""
    with pytest.raises(InputError) as caught:
        Problem.from_dict(full()).with_changes(session_types=())
    assert len(caught.value.faults) >= 4
    changed = Problem.from_dict(full()).with_changes(name="north", grid=30)
    assert (changed.name, changed.grid) == ("north", 30)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(4, 9), st.integers(0, 30), st.data())
def test_any_team_can_lose_any_clinician(size: int, seed: int, data: st.DataObject) -> None:
    """Something of a larger team would still name who is gone."""
    week = generate(size, seed)
    code = data.draw(st.sampled_from([c.id for c in week.clinicians]))
    others = [c.id for c in week.clinicians if c.id != code and c.is_supervisor]
    if not others or any(set(group.facilitators) == {code} for group in week.groups):
        with pytest.raises(InputError):
            week.without_clinician(code)
        return
    smaller = week.without_clinician(code, supervisor=others[0])
    assert f'"{code}"' not in smaller.model_dump_json()
    assert {r.id for r in smaller.requests} == {r.id for r in week.requests}
    assert faults.find(smaller) == ()


@pytest.mark.parametrize("entity", [sample(), Rulebook(), RuleSetting(), Schedule(week_start="2026-10-05")])
def test_copies_refuse_names_that_are_no_fields(entity: Any) -> None:
    """``model_copy(update={"clinicans": ()})`` would silently be the same again."""
    with pytest.raises(ArgumentError) as caught:
        entity.model_copy(update={"nam": "x"})
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("unknown_name", "nam")]


def test_copies_share_nothing_that_can_be_changed() -> None:
    """A change of a copy would be one of the original."""
    book = Rulebook.from_dict({"rules": {"cover": {"parameters": {"minutes": 30}}}})
    given = {"cover": RuleSetting(parameters={"names": ["a"], "by_role": {"x": 1}})}
    other = book.model_copy(update={"rules": given})
    given["cover"] = RuleSetting()
    assert other.rules["cover"].parameters == {"names": ("a",), "by_role": {"x": 1}}
    for rules in (book.rules, other.rules, copy.copy(book).rules, copy.deepcopy(book).rules):
        with pytest.raises(TypeError):
            rules["cover"] = RuleSetting()  # type: ignore[index]
        with pytest.raises(TypeError):
            rules["cover"].parameters.update(minutes=3)
    people = list(problem().clinicians)
    fewer = problem().model_copy(update={"clinicians": people})
    people.clear()
    assert fewer == problem()


def test_problems_can_be_hashed_pickled_and_copied() -> None:
    """A problem could be no key, or come back from another process as another one."""
    for week in (
        sample(),
        Problem.from_dict(full() | {"rulebook": {"rules": {"cover": {"enabled": False}}}}),
    ):
        again = pickle.loads(pickle.dumps(week))
        assert again == week == copy.deepcopy(week) == Problem.from_dict(week.to_dict())
        assert hash(again) == hash(week)


@pytest.mark.parametrize(
    "given", [{"fte": "0.8"}, {"fte": True}, {"is_supervisor": "yes"}, {"daily_sessions": "5"}]
)
def test_constructors_convert_nothing_that_files_do_not(given: dict[str, Any]) -> None:
    """A number in quotes would be one in Python, and none in a file."""
    with pytest.raises(InputError):
        Clinician(id="C1", working=(), **given)
    with pytest.raises(InputError):
        Clinician.from_dict({"id": "C1", "working": [], **given})


def test_a_smaller_team_is_planned() -> None:
    """What comes out of a change could not be planned."""
    smaller = problem().without_clinician(problem().clinicians[-1].id)
    assert solve(smaller, deterministic_limit=0.5, workers=1).verified
