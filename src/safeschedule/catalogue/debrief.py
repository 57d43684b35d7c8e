"""Statement of the rule ``debrief``: a debrief after a critical incident."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="debrief",
    title="A debrief after a critical incident",
    tier=Tier.SAFETY,
    hard=True,
    weight=60,
    traits=(Trait.NEEDS_SUPERVISOR,),
    statement=(
        "For each incident and each clinician whom it lists. The debrief is due, unless the "
        "incident lists the clinician as debriefed, from the moment of the incident to the end "
        "of the last of the first `days` dates after the incident's date on which the clinician "
        "has working time free of leave (clock changes left aside; among the 28 dates after the "
        "incident's). The follow-up is due, unless the incident lists the clinician as followed "
        "up, on the dates from `follow_from` to `follow_to` days after the incident's. What is "
        "due until a date of the week has to be held: the clinician attends a debrief block of "
        "at least `minutes` (the follow-up: at least `follow_minutes`) that starts in the time "
        "in which it is due, and whose supervisor is another clinician who is a supervisor. "
        "What is due until a later date may still wait. Left out is what has no place: no start on "
        "the problem's grid, in that time and in the week, from which so many minutes, rounded up to "
        "the grid, lie in a working period free of leave and of meetings, of the clinician and of "
        "another clinician who is a supervisor."
    ),
    amount="one for each incident, clinician and debrief or follow-up that is missing",
    good="An assault on Monday afternoon: both nurses meet the lead for 45 minutes on Tuesday.",
    bad="The debrief is on Thursday, three working days later.",
    source="TC",
    parameters=(
        Parameter(
            "minutes",
            45,
            "minutes",
            "Length of the debrief.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 15),
        ),
        Parameter(
            "days",
            2,
            "dates",
            "Working dates after the incident until which it is due.",
            source="TC; the figure is an assumption",
            least=1,
            most=14,
            tight=(1, 3),
        ),
        Parameter(
            "follow_minutes",
            30,
            "minutes",
            "Length of the follow-up.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(15, 45),
        ),
        Parameter(
            "follow_from",
            5,
            "days",
            "Days after the incident from which the follow-up counts.",
            source="TC; the figure is an assumption",
            least=1,
            most=60,
            tight=(1, 2),
        ),
        Parameter(
            "follow_to",
            10,
            "days",
            "Days after the incident until which the follow-up is due.",
            source="TC; the figure is an assumption",
            least=1,
            most=60,
            tight=(5, 6),
        ),
    ),
)
