"""A clinician's own week, on a phone; and a calendar of it behind an address that can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from safeschedule.web.auth import grants
from safeschedule.web.auth.accounts import find_account
from safeschedule.web.auth.guard import Kept, Own
from safeschedule.web.pages.agenda import Stop, agenda_of
from safeschedule.web.pages.feed import feed_of
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import not_found
from safeschedule.web.weeks import all_weeks, published

router = APIRouter(include_in_schema=False)


@router.get("/mine")
def mine(actor: Own, store: Kept, raised: bool = False) -> Response:
    """The own week as it was published."""
    return _page(actor, store, raised=raised)


@router.post("/mine/calendar")
def new_calendar(
    request: Request, actor: Own, store: Kept, label: Annotated[str, Form(max_length=80)] = ""
) -> Response:
    """Give an address of the own calendar; it is shown once."""
    if actor.clinician is None:
        raise not_found("clinician behind this account")
    with store.writing() as connection:
        secret = grants.give(connection, grants.FEED, actor.code, label.strip() or "calendar")
    return _page(actor, store, address=f"{request.base_url}calendar/{secret}.ics")


@router.post("/mine/calendar/{hash_}/take-back")
def no_calendar(actor: Own, store: Kept, hash_: str) -> Response:
    """Take an address back; whoever has it reads nothing any more."""
    with store.writing() as connection:
        grants.take_back(connection, hash_, actor.code)
    return RedirectResponse("/mine", 303)


@router.get("/calendar/{secret}.ics")
def calendar(store: Kept, secret: str) -> Response:
    """The calendar behind a secret address: the published weeks of one clinician."""
    with store.reading() as connection:
        grant = grants.granted(connection, secret, grants.FEED)
        account = None if grant is None else find_account(connection, grant.account or "")
        if account is None or not account.active or account.clinician is None:
            raise not_found("calendar")
        given = [published(connection, week.code) for week in all_weeks(connection)]
    data = feed_of([each for each in given if each is not None], account.clinician)
    return Response(data, media_type="text/calendar; charset=utf-8")


def _page(actor: Own, store: Kept, address: str = "", *, raised: bool = False) -> Response:
    with store.reading() as connection:
        feeds = grants.grants_of(connection, actor.code, grants.FEED)
        given = [published(connection, week.code) for week in all_weeks(connection)]
    weeks: list[tuple[str, str, list[tuple[date, list[Stop]]]]] = []
    for each in given:
        if each is None or actor.clinician is None:
            continue
        if all(person.id != actor.clinician for person in each.problem.clinicians):
            continue
        days = [each.problem.week_start + timedelta(days=number) for number in range(7)]
        agenda = [(day, agenda_of(each.schedule, actor.clinician, day)) for day in days]
        label = f"{each.problem.name}, week of {each.problem.week_start:%-d %B %Y}"
        weeks.append((label, f"version {each.version}, {each.at[:10]}", [d for d in agenda if d[1]]))
    return page("mine", actor, here="mine", weeks=weeks, feeds=feeds, address=address, raised=raised)
