"""Statement of the rule ``working_hours``: work only inside working hours."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="working_hours",
    title="Work only inside working hours",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(
        Trait.GIVEN,
        Trait.COUNTS_MINUTES,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "Every appointment and every block lies, for each clinician who takes, attends or supervises "
        "it, wholly inside one single working period of that clinician on that date (two adjoining "
        "periods are two). Nobody has a working period on a date on which the service is closed (`closures` "
        "of the problem), here and in every other rule; that is no leave of anybody. An appointment in "
        "person lies in no period that is for telehealth only, and at no site that is. Wall-clock time "
        "that a clock change skips or repeats is no working time. "
        "Where the clinician has contracted minutes, the minutes of the clinician's appointments, "
        "blocks and meetings in the week add up to no more than these; blocks of the kind break are left "
        "out of the sum. Recovery is in it: after each session the buffer that `recovery_buffer` asks "
        "for, while that rule is on, written in as a block or not, and the minutes of a recovery block "
        "that lie in no such buffer; and preparation in the same way, by the rule `preparation`."
    ),
    amount=(
        "one for each activity and clinician outside the hours; for the week, the minutes over the "
        "contracted minutes"
    ),
    good="Hours 09:00-17:00: a session 16:00-17:00 is inside.",
    bad="Hours 09:00-12:00 and 13:00-17:00: a session 11:30-12:30 leaves its period.",
    source="assumption: contracts and working-time law",
    assumes=("no_overlap", "recovery_buffer", "preparation"),
)
