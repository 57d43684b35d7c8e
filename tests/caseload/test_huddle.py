"""The agenda of a huddle: nothing that is new, late or nobody's is missing, and nothing old comes again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from safeschedule import huddle_agenda, ledger_view
from safeschedule.actuals import Actuals
from safeschedule.caseload.huddle import Huddle, HuddleTopic
from safeschedule.errors import InputError
from safeschedule.ledger import (
    Basis,
    Content,
    Correction,
    HuddleAction,
    HuddleHeld,
    Ledger,
    LedgerEntry,
    PlanAccepted,
    Resolved,
    ReviewHeld,
    Statement,
)
from safeschedule.ledger.chain import Link, chained, entry_of
from tests.caseload.team import client, problem
from tests.ledger.statements import LEAD, statement

HELD = HuddleHeld(present=("C1",), flagged=("K1",))
TEAM = problem(client("K1", band="high", next_review="2026-10-01"), client("K2", points=90))


def on(day: int, content: Content, basis: Basis | None = None) -> Statement:
    at = datetime(2026, 10, day, 9, tzinfo=UTC)
    return Statement(at=at, by=LEAD, why="Huddle", content=content, basis=basis or Basis())


def entries(*said: Statement) -> list[LedgerEntry]:
    links: list[Link] = []
    for each in said:
        links.append(chained(each, links[-1] if links else None))
    return [entry_of(link) for link in links]


def agenda(*said: Statement, day: int = 8, **beside: Any) -> Huddle:
    return huddle_agenda(TEAM, ledger_view(entries(*said), date(2026, 10, day)), **beside)


def about(found: Huddle, topic: str) -> list[str]:
    return [item.about for item in found.of(topic)]


def week(**recorded: Any) -> list[Actuals]:
    return [Actuals.from_dict({"week_start": "2026-09-28", **recorded})]


def flags(*raised: tuple[str, str]) -> list[Actuals]:
    return week(flags=[{"client": code, "flag": "crisis_risk", "on": day} for code, day in raised])


def visits(*days: str, outcome: str = "no_show") -> list[dict[str, Any]]:
    given = {"client": "K2", "clinicians": ["C1"], "minutes": 60, "outcome": outcome}
    return [given | {"planned": f"{day}T09:00"} for day in days]


def test_flags_since_the_last_huddle_are_new_and_those_it_spoke_of_are_not() -> None:
    """A client at risk would be left out, or be spoken of again each day."""
    past = flags(("K1", "2026-09-30"), ("K2", "2026-09-30"), ("K1", "2026-09-29"), ("K9", "2026-10-02"))
    held = on(1, HELD).model_copy(update={"at": datetime(2026, 9, 30, 9, tzinfo=UTC)})
    assert about(agenda(held, actuals=past), "flag") == ["K2", "K9"]
    assert about(agenda(actuals=past), "flag") == ["K1", "K1", "K2", "K9"]
    assert about(agenda(held, actuals=past, since=date(2026, 10, 1)), "flag") == ["K9"]
    assert about(agenda(held, actuals=past, day=1), "flag") == ["K2"]
    withdrawn = on(1, Correction(entry=1, correct="It was called off", withdraws=True))
    assert len(agenda(held, withdrawn, actuals=past).of("flag")) == 4


def test_what_nobody_recorded_is_not_none() -> None:
    """A huddle without records would believe that nobody is at risk."""
    assert agenda().unknown == (HuddleTopic.FLAG, HuddleTopic.MISSED)
    assert "New risk flags: not known" in str(agenda())
    assert agenda(actuals=week(flags=[], visits=[])).unknown == ()
    seen = week(flags=[{"client": "K2", "flag": "crisis_risk", "on": "2026-09-29"}])
    assert "is not recorded" in agenda(actuals=seen).of("flag")[0].what


@pytest.mark.parametrize(
    ("missed", "since", "told"),
    [
        (("2026-09-28", "2026-10-01"), None, ["K2"]),
        (("2026-10-01",), None, []),
        (("2026-09-28", "2026-10-01"), date(2026, 10, 1), ["K2"]),
        (("2026-09-28", "2026-10-01"), date(2026, 10, 2), []),
    ],
)
def test_two_missed_visits_of_which_one_is_new_are_a_sign(
    missed: tuple[str, ...], since: date | None, told: list[str]
) -> None:
    """Somebody who stays away would be noticed by nobody (AB: repeated missed visits)."""
    past = week(visits=visits(*missed), flags=[])
    assert about(agenda(actuals=past, since=since), "missed_visits") == told


def test_actions_without_an_owner_come_first_and_late_ones_say_so() -> None:
    """What nobody owns would be done by nobody."""
    owned = HuddleAction(action="Call", owner="C1", due=date(2026, 10, 6), client="K1", huddle=1)
    nobodys = HuddleAction(action="Find a room", due=date(2026, 10, 9), huddle=1)
    found = agenda(on(5, HELD), on(5, owned), on(5, nobodys))
    assert [item.what for item in found.of("unowned")] == ["Find a room"]
    (late,) = found.of("action")
    assert (late.about, late.owner, late.overdue, late.entry) == ("K1", "C1", True, 2)
    assert not agenda(on(5, HELD), on(5, owned), on(7, Resolved(entry=2, outcome="Seen"))).of("action")


def test_who_is_over_and_which_reviews_are_late_are_told() -> None:
    """An overload or a review would wait until somebody asks."""
    review = ReviewHeld(about="caseload", subject="C1", outcome="Tight", next_on=date(2026, 10, 6))
    found = agenda(on(1, review))
    assert about(found, "over") == ["C1"]
    assert "No capacity exception says so." in found.of("over")[0].what
    assert [item.what for item in found.of("review")] == ["Review to be held again: caseload C1"]
    assert next((item.about, item.overdue) for item in found.of("band")) == ("K1", True)
    assert not agenda(on(1, review), day=6).of("review")
    again = ReviewHeld(about="caseload", subject="C1", outcome="Better")
    assert not agenda(on(1, review), on(7, again)).of("review")


def test_the_week_that_was_planned_again_is_linked_by_its_hash(tmp_path: Any) -> None:
    """Nobody could show that anything came of the huddle."""
    action = HuddleAction(action="Call", owner="C1", due=date(2026, 10, 6), huddle=1)
    plan = PlanAccepted(week_start=date(2026, 10, 5), sessions=3, huddle=1)
    said = [on(5, HELD), on(5, action), on(5, plan, Basis(schedule_hash="ab" * 32))]
    last = agenda(*said, on(6, Resolved(entry=2, outcome="Done"))).last
    assert last is not None
    assert (last.actions, last.done, last.plans) == (1, 1, ("ab" * 32,))
    assert "1 of 1 actions done; planned again: abababababab." in str(last)
    with pytest.raises(InputError, match="huddle_held"):
        Ledger(tmp_path / "ledger.db", create=True).add(statement(action), statement(plan))
