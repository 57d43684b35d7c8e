"""The huddle: what is new, what nobody owns, who is over; decided, assigned, with a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from safeschedule import (
    Correction,
    ExceptionDecided,
    ExceptionOpened,
    HuddleAction,
    HuddleHeld,
    InputError,
    LedgerView,
    Statement,
    basis_of,
    huddle_agenda,
    ledger_view,
)
from safeschedule.caseload.huddle import TITLES, Huddle
from safeschedule.ledger import Content, append_within
from safeschedule.web.auth.guard import Changer, Decider, Kept, Worker
from safeschedule.web.live.looking import SeenWeek, look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.storage import Store
from safeschedule.web.times import now
from safeschedule.web.told import RefusalError, not_found, sentences
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.recorded import recorded_weeks

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Form(max_length=1000)]
Code = Annotated[str, Form(max_length=80)]
_SOON = 3
"""Days that an action gets by itself."""


@router.get("/weeks/{code}/huddle")
def huddle(actor: Worker, store: Kept, code: str) -> Response:
    """The agenda."""
    return _page(store, actor, code)


@router.post("/weeks/{code}/huddle/held")
def held(
    actor: Changer,
    store: Kept,
    code: str,
    present: Annotated[list[str] | None, Form()] = None,
    why: Words = "",
) -> Response:
    """Write down that the huddle was held: who was there, and of whom it spoke."""
    look = look_at(store, code)
    agenda = _agenda(store, look)[0]
    content = HuddleHeld(
        present=tuple(present or ()),
        flagged=tuple(dict.fromkeys(item.about for item in agenda.of("flag"))),
        over=tuple(dict.fromkeys(item.about for item in agenda.of("over"))),
    )
    return _written(store, actor, look, [(content, why.strip() or "Huddle")])


@router.post("/weeks/{code}/huddle/action")
def action(
    actor: Changer,
    store: Kept,
    code: str,
    what: Words,
    due: Annotated[date, Form()],
    owner: Code = "",
    client: Code = "",
) -> Response:
    """Write down something to do, with its owner and its deadline."""
    look = look_at(store, code)
    agenda = _agenda(store, look)[0]
    try:
        content = HuddleAction(
            action=what.strip(),
            owner=owner.strip() or None,
            due=due,
            client=client.strip() or None,
            huddle=None if agenda.last is None else agenda.last.entry,
        )
    except ValueError:
        return _page(store, actor, code, told=["An action says what is to be done."], status=422)
    return _written(store, actor, look, [(content, "Huddle")])


@router.post("/weeks/{code}/huddle/{entry}/assign")
def assign(
    actor: Changer,
    store: Kept,
    code: str,
    entry: int,
    owner: Code,
    due: Annotated[date | None, Form()] = None,
) -> Response:
    """Give an action that is nobody's to somebody: it is written anew, and the old entry withdrawn."""
    look = look_at(store, code)
    old = next((each for each in store.ledger().entries("huddle_action") if each.number == entry), None)
    if old is None or not isinstance(old.content, HuddleAction):
        raise not_found("action")
    if old.content.owner is not None or not owner.strip():
        raise RefusalError(422, "owner", "An action that is nobody's is given to somebody, by code.")
    new = old.content.model_copy(update={"owner": owner.strip(), "due": due or old.content.due})
    gone = Correction(entry=entry, correct=f"It is {owner.strip()}'s now", withdraws=True)
    return _written(store, actor, look, [(new, "Assigned"), (gone, "Assigned")])


@router.post("/weeks/{code}/huddle/exception")
def open_exception(
    actor: Decider,
    store: Kept,
    code: str,
    breach: Words,
    mitigation: Words,
    recovery_plan: Words,
    owner: Code,
    review_on: Annotated[date, Form()],
    clinician: Code = "",
) -> Response:
    """Open a capacity exception: safe thresholds cannot be met, and somebody sees to it."""
    look = look_at(store, code)
    try:
        content = ExceptionOpened(
            breach=breach.strip(),
            mitigation=mitigation.strip(),
            recovery_plan=recovery_plan.strip(),
            owner=owner.strip(),
            review_on=review_on,
            clinician=clinician.strip() or None,
        )
    except ValueError:
        told = ["An exception says what is breached, what is done at once, the plan, and whose it is."]
        return _page(store, actor, code, told=told, status=422)
    return _written(store, actor, look, [(content, breach.strip())])


@router.post("/weeks/{code}/huddle/{entry}/decide")
def decide(
    actor: Decider, store: Kept, code: str, entry: int, decision: Code, until: Annotated[date, Form()]
) -> Response:
    """Decide about a capacity exception."""
    try:
        content = ExceptionDecided(entry=entry, decision=decision, until=until)  # type: ignore[arg-type]
    except ValueError:
        raise RefusalError(422, "decision", "That is no decision about an exception.") from None
    return _written(store, actor, look_at(store, code), [(content, "Decided in the huddle")])


def recent_huddles(store: Store, on: date, days: int = 14) -> list[tuple[int, date]]:
    """Return the huddles of the last days, the newest first: a week that is given out may come from one."""
    found = [(entry.number, entry.at.date()) for entry in store.ledger().entries("huddle_held")]
    return [each for each in reversed(found) if each[1] >= on - timedelta(days=days)]


def _written(store: Kept, actor: Actor, look: SeenWeek, contents: Sequence[tuple[Content, str]]) -> Response:
    basis = basis_of(look.problem, look.schedule)
    said = [
        Statement(at=now(), by=actor.signatory(), why=why, basis=basis, content=content)
        for content, why in contents
    ]
    try:
        with store.deciding() as connection:
            append_within(connection, *said)
    except InputError as error:
        return _page(store, actor, look.week.code, told=list(sentences(error)), status=422)
    return RedirectResponse(f"/weeks/{look.week.code}/huddle", 303)


def _agenda(store: Store, look: SeenWeek) -> tuple[Huddle, LedgerView]:
    with store.reading() as connection:
        past = recorded_weeks(connection)
    view = ledger_view(store.ledger().entries(), now().date())
    return huddle_agenda(look.problem, view, look.schedule, actuals=past), view


def _page(store: Store, actor: Actor, code: str, *, told: Sequence[str] = (), status: int = 200) -> Response:
    look = look_at(store, code)
    agenda, view = _agenda(store, look)
    undecided = {each.entry for each in view.open if each.what.startswith("Leadership has to decide")}
    return page(
        "huddle",
        actor,
        status=status,
        week=look.week,
        here="huddle",
        agenda=agenda,
        topics=[(topic, title, agenda.of(topic), agenda.count(topic)) for topic, title in TITLES.items()],
        told=told,
        team=[person.id for person in look.problem.clinicians],
        soon=now().date() + timedelta(days=_SOON),
        later=now().date() + timedelta(days=28),
        undecided=undecided,
        changes=may(actor, "change"),
        decides=may(actor, "decide"),
    )
