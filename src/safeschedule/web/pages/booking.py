"""Times to choose from, for one client by one link; and the links, for whoever gives them."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from safeschedule import Appointment, Client, FreeSlots, InputError, free_slots
from safeschedule.web.auth.bookings import (
    BookingLink,
    booking_of,
    bookings_of,
    give_booking,
    take_booking_back,
    use_booking,
)
from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.auth.origin import require_own_page
from safeschedule.web.auth.secrets import hash_of
from safeschedule.web.live.acting import place_key
from safeschedule.web.live.looking import SeenWeek, look_at
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import RefusalError, sentences
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.changing import change

router = APIRouter(include_in_schema=False)

Code = Annotated[str, Form(max_length=80)]
WHO = Actor("booking", "booking")
"""Who books by a link, as the ledger signs it: nobody of the team."""

_MOST, _KEPT = 60, 8
_ready: OrderedDict[tuple[str, ...], FreeSlots] = OrderedDict()
_lock = Lock()


@router.get("/weeks/{code}/links")
def links(actor: Changer, store: Kept, code: str) -> Response:
    """The links of a week, and a form for another one."""
    return _links(store, actor, code)


@router.post("/weeks/{code}/links")
def new_link(
    request: Request,
    actor: Changer,
    store: Kept,
    code: str,
    client: Code,
    session_type: Code,
    mode: Code = "in_person",
) -> Response:
    """Give a link; it is shown once, holds for some days, and books one session."""
    look = look_at(store, code)
    asked = BookingLink("", code, client.strip(), session_type, mode, None, "", "")
    try:
        if mode not in ("in_person", "telehealth") or not asked.client:
            raise RefusalError(422, "link", "Say for whom, and how: in person or by telehealth.")
        found = _free(look, asked)
    except InputError as error:
        return _links(store, actor, code, told=list(sentences(error)), status=422)
    except RefusalError as error:
        return _links(store, actor, code, told=[error.detail], status=422)
    with store.writing() as connection:
        secret = give_booking(connection, code, asked.client, session_type, mode, actor.code)
    address = f"{request.base_url}book/{secret}"
    return _links(store, actor, code, address=address, whose=asked.client, count=len(found.slots))


@router.post("/weeks/{code}/links/{hash_}/take-back")
def no_link(actor: Changer, store: Kept, code: str, hash_: str) -> Response:
    """Take a link back."""
    with store.writing() as connection:
        take_booking_back(connection, hash_, code)
    return RedirectResponse(f"/weeks/{code}/links", 303)


@router.get("/book/{secret}")
def choose(store: Kept, secret: str) -> Response:
    """The times that are free, for whoever has the link."""
    return _choose(store, secret)


@router.post("/book/{secret}")
def book(request: Request, store: Kept, secret: str, slot: Annotated[str, Form(max_length=300)]) -> Response:
    """Book one of them: it is looked at again in the week as it is now."""
    require_own_page(request)
    link = _held(store, secret)
    if link is None or link.booked is not None:
        return _choose(store, secret)
    look = look_at(store, link.week)
    found = _free(look, link)
    chosen = next((n for n, each in enumerate(found.slots) if _called(link, each.appointment) == slot), None)
    if chosen is None:
        return _choose(store, secret, told="This time is gone meanwhile. Choose another one.", status=409)
    given = found.slots[chosen].appointment
    told = f"{given.start:%A %-d %B at %H:%M}"
    why = f"{given.session_type} of {link.client}: {given.start:%a %H:%M}, by a link"
    try:
        with store.deciding() as connection:
            use_booking(connection, link.hash, told)
            change(
                connection,
                WHO,
                look.week,
                "booked_by_link",
                why,
                problem=found.problem,
                schedule=found.booked(chosen),
            )
    except RefusalError:
        # Somebody changed the week within this moment; nothing was booked.
        return _choose(store, secret, told="The week has changed just now. Choose again.", status=409)
    return RedirectResponse(f"/book/{secret}", 303)


def _held(store: Kept, secret: str) -> BookingLink | None:
    with store.reading() as connection:
        return booking_of(connection, secret)


def _free(look: SeenWeek, link: BookingLink) -> FreeSlots:
    """Return the free slots; of one version they are looked for once, however often a link is opened."""
    key = (look.week.problem_key, look.week.schedule_key, link.client, link.session_type, link.mode)
    with _lock:
        if key not in _ready:
            known = {client.id for client in look.problem.clients}
            client: Client | str = link.client if link.client in known else Client(id=link.client)
            found = free_slots(look.problem, look.schedule, link.session_type, client=client, mode=link.mode)
            _ready[key] = found
            while len(_ready) > _KEPT:
                _ready.popitem(last=False)
        return _ready[key]


def _choose(store: Kept, secret: str, *, told: str = "", status: int = 200) -> Response:
    link = _held(store, secret)
    if link is None:
        return page("book", None, link=None, times=[], told=told, status=404)
    times = []
    if link.booked is None:
        try:
            slots = _free(look_at(store, link.week), link).slots
        except InputError:
            slots = ()
        seen = set()
        for each in slots:
            # Who gives it is not for strangers: of several at one time and place the first is offered.
            given = each.appointment
            if (given.start, given.site) not in seen:
                seen.add((given.start, given.site))
                times.append((given, _called(link, given)))
    return page("book", None, link=link, times=times[:_MOST], told=told, status=status)


def _called(link: BookingLink, given: Appointment) -> str:
    """Return what a time is called on the page: its place names people, who are not for strangers."""
    return hash_of(f"{link.hash} {place_key(given)}")[:24]


def _links(
    store: Kept,
    actor: Actor,
    code: str,
    *,
    told: list[str] | None = None,
    address: str = "",
    whose: str = "",
    count: int = 0,
    status: int = 200,
) -> Response:
    look = look_at(store, code)
    with store.reading() as connection:
        found = bookings_of(connection, code)
    return page(
        "links",
        actor,
        status=status,
        week=look.week,
        here="phone",
        links=found,
        told=told or [],
        address=address,
        whose=whose,
        count=count,
        clients=[each.id for each in look.problem.clients],
        types=[each for each in look.problem.session_types if each.largest == 1],
    )
