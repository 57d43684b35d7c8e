"""Who is out of the question before any slot is looked for: by skills, working time and caps."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.caseload.panels import Carried, CaseloadFacts
from safeschedule.caseload.panels.exceptions import RESTRICTED, closed_by, told
from safeschedule.ledger import LedgerView
from safeschedule.problem import Client, Clinician, Request
from safeschedule.routing.answers import IntakeRefusal, listed
from safeschedule.verifier import wording

_EXAMPLES = 3


def refusal(
    facts: CaseloadFacts,
    person: Clinician,
    client: Client,
    request: Request,
    ledger: LedgerView | None = None,
    carried: Carried | None = None,
    *,
    soft: bool = True,
) -> IntakeRefusal | None:
    """Return why somebody cannot take a client whatever the schedule is; ``None`` where nothing says so.

    The caps are those of the rules: what the client weighs, with flags, beside what is carried. A decision of
    leadership in the ledger closes whoever it names, or everybody (AB). `carried` is what is carried by then,
    where that is no longer what the facts say. Caps that are soft in the rulebook count unless `soft` is off.
    """
    own = facts.carried[person.id] if carried is None else carried
    against = [*_decided(facts, person, ledger), *_against(facts, person, client, request, own, soft)]
    if not against:
        return None
    rules, sentences, changes = zip(*against, strict=True)
    return IntakeRefusal(person.id, tuple(rules), " ".join(sentences), " ".join(filter(None, changes)))


def _decided(
    facts: CaseloadFacts, person: Clinician, ledger: LedgerView | None
) -> Iterator[tuple[str, str, str]]:
    found = closed_by(ledger, person.id, facts.problem.week_start)
    if found is not None:
        changed = f"Another decision about entry {found.entry}, or its end, would do."
        yield RESTRICTED, told(found), changed


def _against(
    facts: CaseloadFacts,
    person: Clinician,
    client: Client,
    request: Request,
    carried: Carried,
    soft: bool,
) -> Iterator[tuple[str, str, str]]:
    """Yield rule, sentence, and what would change it."""
    missing = sorted({*request.skills, *facts.week.types[request.session_type].skills} - set(person.skills))
    if missing:
        yield "qualification", f"Lacks {listed(missing)}.", ""
    if not carried.works:
        yield "leave", "No working time that is free of leave in the week.", ""
    weight = facts.weight([client.id])
    counts = {name: soft or facts.week.settings[name].hard for name in ("caseload_cap", "high_acuity_cap")}
    if counts["caseload_cap"] and carried.cap is not None and weight > max(0, carried.cap - carried.points):
        over = carried.points + weight - carried.cap
        told = f"Carries {wording.points(carried.points)} points of {wording.points(carried.cap)}."
        yield "caseload_cap", told, _discharge(facts, carried, over)
    full = carried.high_cap is not None and carried.high >= carried.high_cap
    if counts["high_acuity_cap"] and full and carried.high_cap is not None and facts.is_high(client.id):
        told = f"Has {wording.count(carried.high, 'high-acuity client')} of {carried.high_cap}."
        over = carried.high + 1 - carried.high_cap
        yield "high_acuity_cap", told, f"It takes {wording.count(over, 'discharge')} of such clients."


def _discharge(facts: CaseloadFacts, carried: Carried, over: int) -> str:
    """Return which discharge would make room under the cap of points."""
    enough = [code for code in carried.clients if facts.weight([code]) >= over]
    if not enough:
        return f"It takes discharges of {wording.points(over)} points together."
    lightest = sorted(enough, key=lambda code: (facts.weight([code]), code))[:_EXAMPLES]
    return (
        f"The discharge of one client of {wording.points(over)} points or more would do ({listed(lightest)})."
    )
