"""What a client would notice first about a slot: another clinician, another site, another way of meeting."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Mode, Problem
from safeschedule.schedule import Appointment
from safeschedule.verifier import wording


def marks(problem: Problem, given: Appointment, moving: Appointment | None) -> tuple[str, ...]:
    """Return one sentence for each thing that changes for the client; empty when nothing does.

    A session that is moved is held against what it was; a new one against the client's own clinician.
    """
    return tuple(_moved(moving, given) if moving is not None else _new(problem, given))


def _moved(before: Appointment, after: Appointment) -> Iterator[str]:
    if set(before.clinicians) != set(after.clinicians):
        yield (
            f"Another clinician: {wording.listing(after.clinicians)} "
            f"instead of {wording.listing(before.clinicians)}."
        )
    if set(before.attendants) != set(after.attendants):
        yield (f"Other attendants: {_people(after.attendants)} instead of {_people(before.attendants)}.")
    if before.mode is not after.mode:
        how = {Mode.TELEHEALTH: "telehealth", Mode.IN_PERSON: "in person"}
        yield f"Another way of meeting: {how[after.mode]} instead of {how[before.mode]}."
    elif after.mode is Mode.IN_PERSON and before.site != after.site:
        yield f"Another site: {after.site or 'none named'} instead of {before.site or 'none named'}."


def _people(codes: tuple[str, ...]) -> str:
    return wording.listing(codes) if codes else "nobody"


def _new(problem: Problem, given: Appointment) -> Iterator[str]:
    if given.group is not None:
        return
    wanted = set(given.clients)
    for client in problem.clients:
        if client.id in wanted and client.clinician is not None and client.clinician not in given.clinicians:
            yield (
                f"Another clinician: {wording.listing(given.clinicians)}; "
                f"the own clinician of {client.id} is {client.clinician}."
            )
