"""What is watched over: exceptions, huddles, reviews, concerns (AB, IG)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from safeschedule.ledger.contents.parts import Number, Said
from safeschedule.problem.clock import Day, DayOrNone
from safeschedule.problem.entity import SHORT, Code, Entity, Prose
from safeschedule.problem.taking import usual

Codes = Annotated[tuple[Code, ...], Field(max_length=SHORT)]


class ExceptionOpened(Entity):
    """A capacity exception: safe thresholds cannot be met (AB). Leadership decides within the set days.

    Parameters
    ----------
    breach
        Which threshold, and by how much.
    mitigation, recovery_plan
        What is done at once, and until when things are well again.
    owner
        Who sees to it.
    review_on
        When it is looked at again.
    clinician
        Of whom it speaks; ``None``: the team.
    """

    kind: Literal["exception_opened"] = "exception_opened"
    breach: Said
    mitigation: Said
    recovery_plan: Said
    owner: Code
    review_on: Day
    clinician: Code | None = None


class ExceptionDecided(Entity):
    """Leadership's decision about a capacity exception (AB).

    Parameters
    ----------
    entry
        The number of the entry that opened it.
    decision
        ``restrict_intakes``, ``adjust_expectations`` (with commissioners), ``add_staff`` or ``none``.
    until
        The last date of the decision, such as of restricted intakes.
    """

    kind: Literal["exception_decided"] = "exception_decided"
    entry: Number
    decision: Literal["restrict_intakes", "adjust_expectations", "add_staff", "none"]
    until: Day


class HuddleHeld(Entity):
    """An allocation huddle (AB).

    Parameters
    ----------
    present
        Codes of who was there.
    flagged
        Clients with new risk signals since the last one.
    over
        Clinicians over a cap.
    """

    kind: Literal["huddle_held"] = "huddle_held"
    present: Codes
    flagged: Codes = ()
    over: Codes = ()


class HuddleAction(Entity):
    """Something to do, with its owner and deadline (AB).

    Parameters
    ----------
    action
        What.
    owner
        Who does it; ``None`` is told as unowned.
    due
        By when.
    client
        For whom.
    huddle
        The entry of the huddle from which it came.
    """

    kind: Literal["huddle_action"] = "huddle_action"
    action: Said
    owner: Code | None = None
    due: Day
    client: Code | None = None
    huddle: Number | None = None


class ReviewHeld(Entity):
    """A structured review, or supervision (IG).

    Parameters
    ----------
    about
        Of what.
    subject
        The clinician, client or rule of which it spoke.
    attended
        Codes of who was there.
    outcome
        What came of it.
    next_on
        When it is held again.
    """

    kind: Literal["review_held"] = "review_held"
    about: Literal["caseload", "client", "supervision", "rulebook", "incident", "warning"]
    subject: Code | None = None
    attended: Codes = ()
    outcome: Said
    next_on: DayOrNone = usual(None)


class ConcernRaised(Entity):
    """Somebody of the staff says that the load is not safe (IG).

    Parameters
    ----------
    concern
        What, without names.
    answer_by
        By when it is answered.
    """

    kind: Literal["concern_raised"] = "concern_raised"
    concern: Said
    answer_by: DayOrNone = usual(None)


class Resolved(Entity):
    """An open matter is at its end: a capacity exception, a huddle's action or a concern.

    Parameters
    ----------
    entry
        The number of the entry that opened it.
    outcome
        What came of it.
    """

    kind: Literal["resolved"] = "resolved"
    entry: Number
    outcome: Prose
