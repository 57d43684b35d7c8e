"""Statement of the rule ``consultation``: a staffed consultation block every week."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="consultation",
    title="A staffed consultation block every week",
    tier=Tier.SAFETY,
    hard=True,
    weight=60,
    traits=(Trait.NEEDS_SUPERVISOR,),
    statement=(
        "Every clinician takes part in the week in at least one consultation block of at least "
        "`minutes`: as one of its clinicians while another clinician who is a supervisor is the "
        "block's supervisor, or as the block's supervisor with at least one clinician attending. Left "
        "out are clinicians who have no place for it: a start on the problem's grid from which `minutes`, "
        "rounded up to the grid, are open in one piece to them and to a possible partner who is not left "
        "out (a supervisor's is any other clinician, everyone else's a supervisor). The place has to be "
        "one beside a place for the supervision that the rule supervision asks for the clinician, if it "
        "is on: the two do not overlap, and with the meetings they fit the contracted minutes. As few as "
        "this allows are left out. A consultation block has at "
        "most `most` clinicians, its supervisor not counted. A block whose supervisor is missing or "
        "not a supervisor does not count. Time is open to a "
        "clinician where it lies in a working period free of leave and of meetings; where "
        "leave of the kind passed holds the week's first minute, no time before the last end of such leave "
        "is open. Who is left out is told by a notice."
    ),
    amount=(
        "one for each clinician without consultation; for each consultation block, the clinicians over `most`"
    ),
    good="Wednesday 09:00-10:00: four clinicians and their supervisor, all in the block.",
    bad="An empty hour called consultation, with no supervisor in it.",
    source="TC",
    heeds=("supervision",),
    parameters=(
        Parameter(
            "minutes",
            60,
            "minutes",
            "Length of the consultation block.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 15, 45),
        ),
        Parameter(
            "most",
            6,
            "clinicians",
            "Most clinicians in one block beside the supervisor.",
            least=1,
            tight=(1, 2),
        ),
    ),
)
