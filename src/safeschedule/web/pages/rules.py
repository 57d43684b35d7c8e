"""Rules: what each says, and what a change would do to this week; overrides with two keys."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from safeschedule import (
    InputError,
    Override,
    Problem,
    RuleSetting,
    Signatory,
    Statement,
    Verification,
    verify,
)
from safeschedule.ledger import append_within
from safeschedule.problem import require_sound
from safeschedule.web.auth import GRANTED, signing_in
from safeschedule.web.auth.guard import Decider, Kept, Worker
from safeschedule.web.auth.sessions import end_session
from safeschedule.web.live.looking import SeenWeek, look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.times import now
from safeschedule.web.told import RefusalError, not_found, sentences
from safeschedule.web.weeks.changing import change

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=2000)]


@router.get("/weeks/{code}/rules")
def rules(actor: Worker, store: Kept, code: str) -> Response:
    """Every rule, by tier, with what it finds in this week."""
    look = look_at(store, code)
    account = look.desk().verification
    settings = look.problem.rulebook.settings()
    tiers: dict[str, list[tuple[str, Any, int]]] = {}
    for name, setting in settings.items():
        tiers.setdefault(setting.tier.value, []).append((name, setting, account.amounts.get(name, 0)))
    return page(
        "rules",
        actor,
        week=look.week,
        here="rules",
        tiers=tiers,
        account=account,
        book=look.problem.rulebook,
        decides=may(actor, "decide"),
        overrides=look.overrides,
    )


@router.get("/weeks/{code}/rules/{rule}")
def one(actor: Worker, store: Kept, code: str, rule: str) -> Response:
    """One rule, and the form to change it."""
    return _one(actor, look_at(store, code), rule)


@router.post("/weeks/{code}/rules/{rule}")
def change_rule(
    actor: Decider,
    store: Kept,
    code: str,
    rule: str,
    version: Annotated[int, Form()],
    what: Text,
    state: Text,
    weight: Annotated[int, Form(ge=0, le=100_000)] = 0,
    parameters: Text = "{}",
) -> Response:
    """Look what another setting would do to this week, and then take it."""
    look = look_at(store, code, version)
    try:
        problem = _with(look.problem, rule, state, weight, parameters)
    except InputError as error:
        return _one(actor, look, rule, told=list(sentences(error)), status=422)
    asked = {"state": state, "weight": weight, "parameters": parameters}
    if what != "take":
        after = verify(problem, look.schedule, overrides=look.overrides)
        return _one(actor, look, rule, asked=asked, effect=_effect(look.desk().verification, after, rule))
    with store.deciding() as connection:
        why = f"The rule {rule} is {state} now"
        change(connection, actor, look.week, "rule_changed", why, problem=problem)
    return RedirectResponse(f"/weeks/{code}/rules", 303)


@router.post("/weeks/{code}/rules/{rule}/override")
def override(
    request: Request,
    actor: Decider,
    store: Kept,
    code: str,
    rule: str,
    whom: Text,
    until: Annotated[date, Form()],
    why: Text,
    second: Text = "",
    password: Text = "",
) -> Response:
    """Let a rule not bind for one person until a date; rules of safety need a second key, turned here."""
    look = look_at(store, code)
    clinicians = {person.id for person in look.problem.clinicians}
    try:
        key = _second_key(request, store, second.strip(), password) if second.strip() else None
        person = whom.strip()
        content = Override(
            rule=rule,
            until=until,
            confirmed_by=key,
            clinician=person if person in clinicians else None,
            client=None if person in clinicians else person,
        )
        said = Statement(at=now(), by=actor.signatory(), why=why, content=content)
        with store.deciding() as connection:
            append_within(connection, said)
    except InputError as error:
        return _one(actor, look, rule, told=list(sentences(error)), status=422)
    except RefusalError as error:
        return _one(actor, look, rule, told=[error.detail], status=error.status)
    return RedirectResponse(f"/weeks/{code}/rules", 303)


def _second_key(request: Request, store: Kept, code: str, password: str) -> Signatory:
    """Return who confirms: somebody else who may decide, and who has typed the own password."""
    address = request.client.host if request.client else ""
    account, secret = signing_in.sign_in(store, code, password, address)
    with store.writing() as connection:
        end_session(connection, secret)
    if "decide" not in GRANTED[account.role]:
        raise RefusalError(403, "not_allowed", "The second key belongs to somebody who may decide.")
    return Signatory(role=account.role, code=account.code)


def _with(problem: Problem, rule: str, state: str, weight: int, parameters: str) -> Problem:
    if rule not in problem.rulebook.settings():
        raise not_found("rule")
    try:
        values = json.loads(parameters or "{}")
    except ValueError:
        values = None
    if state not in ("hard", "soft", "off") or not isinstance(values, dict):
        raise RefusalError(
            422, "setting", "A rule is hard, soft or off, and its parameters are a JSON object."
        )
    setting = RuleSetting.from_dict(
        {"enabled": state != "off", "hard": state == "hard", "parameters": values}
        | ({"weight": weight} if state == "soft" else {})
    )
    changed = problem.with_settings({rule: setting})
    require_sound(changed)
    return changed


def _effect(before: Verification, after: Verification, rule: str) -> list[str]:
    was = [f.sentence for f in before.findings if f.hard and f.rule == rule]
    now_ = [f.sentence for f in after.findings if f.hard and f.rule == rule]
    told = [f"Broken then: {sentence}" for sentence in now_ if sentence not in was]
    told += [f"No longer broken: {sentence}" for sentence in was if sentence not in now_]
    costs = after.penalties.get(rule, 0) - before.penalties.get(rule, 0)
    if costs:
        told.append(f"This week costs {abs(costs)} {'more' if costs > 0 else 'less'}.")
    if after.unchecked != before.unchecked:
        told.append(f"Not enforced then: {', '.join(map(str, after.unchecked)) or 'nothing'}.")
    return told or ["Nothing in this week changes."]


def _one(
    actor: Worker,
    look: SeenWeek,
    rule: str,
    *,
    told: list[str] | None = None,
    asked: dict[str, Any] | None = None,
    effect: list[str] | None = None,
    status: int = 200,
) -> Response:
    settings = look.problem.rulebook.settings()
    if rule not in settings:
        raise not_found("rule")
    setting = settings[rule]
    values = {name: _plain(value) for name, value in setting.values.items()}
    state = "off" if not setting.enabled else "hard" if setting.hard else "soft"
    return page(
        "rule",
        actor,
        status=status,
        week=look.week,
        here="rules",
        rule=setting.rule,
        setting=setting,
        asked=asked or {"state": state, "weight": setting.weight, "parameters": json.dumps(_own(look, rule))},
        values=values,
        told=told or [],
        effect=effect,
        decides=may(actor, "decide"),
        findings=[f for f in look.desk().verification.findings if f.rule == rule],
    )


def _own(look: SeenWeek, rule: str) -> dict[str, Any]:
    own = look.problem.rulebook.rules.get(rule)
    return {} if own is None else {name: _plain(value) for name, value in own.parameters.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return list(value) if isinstance(value, tuple) else value
