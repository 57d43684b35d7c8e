"""The waitlist: triage, order, honest waits, check-ins, what there is instead, and letters."""

from typing import TYPE_CHECKING

from safeschedule.caseload.waitlist.answers import (
    Throughput,
    ThroughputBasis,
    TriageRow,
    WaitingClient,
    Waitlist,
    WaitOption,
    WaitRange,
)
from safeschedule.caseload.waitlist.rules import (
    OtherOption,
    TriageClass,
    WaitlistRules,
    read_waitlist_rules,
)
from safeschedule.lazily import loader

if TYPE_CHECKING:
    from safeschedule.caseload.waitlist.expecting import draw_expected_changes
    from safeschedule.caseload.waitlist.letters import WaitlistLetter, waitlist_letters
    from safeschedule.caseload.waitlist.waiting import waitlist

__all__ = [
    "OtherOption",
    "Throughput",
    "ThroughputBasis",
    "TriageClass",
    "TriageRow",
    "WaitOption",
    "WaitRange",
    "WaitingClient",
    "Waitlist",
    "WaitlistLetter",
    "WaitlistRules",
    "draw_expected_changes",
    "read_waitlist_rules",
    "waitlist",
    "waitlist_letters",
]

__getattr__ = loader(
    __name__,
    {
        "WaitlistLetter": "letters",
        "draw_expected_changes": "expecting",
        "waitlist": "waiting",
        "waitlist_letters": "letters",
    },
)
