"""Statement of the rule ``group_size``: sizes, people and times of groups."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="group_size",
    title="Groups run inside their sizes, with their people and at their times",
    tier=Tier.SAFETY,
    hard=True,
    weight=100,
    traits=(Trait.SETTLED,),
    statement=(
        "A session counts when it is one of a group, or when its type is made for several clients or "
        "clinicians (largest or facilitators above 1). It has at least as many clients as its type's "
        "smallest and at most its largest. It has as many clinicians as its type's facilitators, or "
        "`high` where that is more and the type itself, whatever flags its members carry, is of the "
        "kind group and of high intensity. For a session of a group further: its clinicians are among "
        "the group's facilitators, where the group names any; its clients are among the group's "
        "members, unless the group is open; it starts on the weekday and at the time of one of the "
        "group's slots, where the group has any."
    ),
    amount=(
        "for each session, the clients missing or over, the clinicians missing or over, one for "
        "each clinician and each client who does not belong to the group, and one for a start "
        "outside its slots"
    ),
    good="A high-intensity skills group with six members and two facilitators.",
    bad="The same group led by one clinician alone, because the other is on leave.",
    source="TC",
    parameters=(
        Parameter(
            "high",
            2,
            "clinicians",
            "Least clinicians in a high-intensity group.",
            source="TC; CD",
            least=1,
            most=10,
            tight=(1, 3),
        ),
    ),
)
