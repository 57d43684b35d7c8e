"""What is decided about a week, a client or a clinician."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from safeschedule.ledger.contents.parts import Exact, Number, Signatory
from safeschedule.problem.clock import Day, DayOrNone
from safeschedule.problem.entity import Code, Entity, Prose
from safeschedule.problem.taking import usual

Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
"""How many."""


class PlanAccepted(Entity):
    """A week's schedule is the plan from now on; which one, the entry's hashes say.

    Parameters
    ----------
    week_start
        The week's first date.
    sessions, left_out
        Sessions that are in it, and that are not.
    huddle
        The entry of the huddle from which it came.
    """

    kind: Literal["plan_accepted"] = "plan_accepted"
    week_start: Day
    sessions: Count
    left_out: Count = 0
    huddle: Number | None = None


class WeekChanged(Entity):
    """A week that several people work on was changed; the entry's hashes say what it is from then on.

    Parameters
    ----------
    week
        Which week, by its code in the application that keeps it.
    week_start
        The week's first date.
    version
        The number that it has from then on.
    action
        What was done, such as ``moved``, ``approved`` or ``published``.
    """

    kind: Literal["week_changed"] = "week_changed"
    week: Code
    week_start: Day
    version: Number
    action: Code


class Override(Entity):
    """One rule does not bind for one person or client, until a date.

    Parameters
    ----------
    rule
        Which rule, by its name in the catalogue.
    clinician, client
        For whom: one of the two.
    until
        The last date on which it is in force.
    confirmed_by
        The second key, which rules of the tier safety need: somebody else than who decides.
    """

    kind: Literal["override"] = "override"
    rule: Code
    clinician: Code | None = None
    client: Code | None = None
    until: Day
    confirmed_by: Signatory | None = None


class CapChange(Entity):
    """A clinician's cap is another one; the problem file has to say the same.

    Parameters
    ----------
    clinician
        Whose.
    rule
        Of which rule, such as ``caseload_cap``.
    before, after
        The cap in the rule's unit, as text; without one, the rulebook's counts.
    """

    kind: Literal["cap_change"] = "cap_change"
    clinician: Code
    rule: Code = "caseload_cap"
    before: Exact | None = None
    after: Exact | None = None


class BandConfirmed(Entity):
    """A clinician has confirmed a client's acuity band (AB: step up or down only by a clinician's judgment).

    Parameters
    ----------
    client
        Whose.
    before, after
        The bands until then and from then on; equal where the band stays.
    next_review
        When it is looked at again.
    """

    kind: Literal["band_confirmed"] = "band_confirmed"
    client: Code
    before: Code
    after: Code
    next_review: DayOrNone = usual(None)


class Transferred(Entity):
    """A client goes from one clinician's caseload to another's; two people confirm it.

    Parameters
    ----------
    client
        Who.
    giver, taker
        The clinicians whose caseload the client leaves and joins.
    confirmed_by
        The second who confirms it.
    """

    kind: Literal["transferred"] = "transferred"
    client: Code
    giver: Code
    taker: Code
    confirmed_by: Signatory


class IntakeAccepted(Entity):
    """A client of the waitlist joins a clinician's caseload.

    Parameters
    ----------
    client, clinician
        Who comes to whom.
    first_on
        The date of the first session.
    waiting_since
        Since when the client has waited; ``None``: not known.
    """

    kind: Literal["intake_accepted"] = "intake_accepted"
    client: Code
    clinician: Code
    first_on: Day
    waiting_since: DayOrNone = usual(None)


class ReferralRefused(Entity):
    """A referral is not taken.

    Parameters
    ----------
    client
        The referral's code.
    rule
        The rule that stands against it.
    alternative
        What was offered instead.
    """

    kind: Literal["referral_refused"] = "referral_refused"
    client: Code
    rule: Code | None = None
    alternative: Prose = ""
