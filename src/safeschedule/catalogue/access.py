"""Statement of the rule ``access``: as much access as fits."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="access",
    title="As much access as fits",
    tier=Tier.SERVICE,
    hard=False,
    weight=1,
    traits=(
        Trait.GOES_BY_DATE,
        Trait.SETTLED,
        Trait.READ_BY_OTHERS,
    ),
    statement=(
        "Each session of a request that is not in the schedule costs its value: its rate for every "
        "`per` minutes of its time, in proportion, rounded down to a whole unit. With `per` 0 every "
        "session costs its rate, however long it is. The rate is `priority` for each step of the "
        "request's priority (1 to 5), plus `band` for each step of the client's band rank, plus "
        "`waiting` for each full week since waiting_since (at most `waiting_weeks` of them), plus "
        "`overdue` for each full week (at most `overdue_weeks`) by which, at the week's start, the last "
        "contact (the later of the client's last contact and the history's appointments) lies back more "
        "than the band's contact days. No date, no such part; negative spans count nothing. "
        "The time is the length of the session type and, for each hour of it in proportion, the protected "
        "minutes that such a session asks for: its extra documentation (as in documentation), its recovery "
        "(as in recovery_buffer), the preparation that its type states and, for the kind "
        "crisis, the reset (as in crisis_reset), by the "
        "parameters of these rules, whether they are on or not."
    ),
    amount="the value of the sessions left out",
    good="All thirty requests are placed.",
    bad="A client who has waited six weeks is left out, and a routine review is in.",
    source="TC, AB",
    parameters=(
        Parameter("priority", 100, "value", "Value of each step of priority.", tight=(1, 0)),
        Parameter(
            "band",
            40,
            "value",
            "Value of each step of the band's rank.",
            source="AB; the figure is an assumption",
            tight=(0, 3),
        ),
        Parameter(
            "waiting",
            10,
            "value",
            "Value of each week of waiting.",
            source="TC; the figure is an assumption",
            tight=(0,),
        ),
        Parameter("waiting_weeks", 12, "weeks", "Most weeks of waiting that count.", tight=(1, 0)),
        Parameter(
            "overdue",
            20,
            "value",
            "Value of each week overdue.",
            source="AB; the figure is an assumption",
            tight=(0,),
        ),
        Parameter("overdue_weeks", 6, "weeks", "Most weeks overdue that count.", tight=(1, 0)),
        Parameter(
            "per",
            60,
            "minutes",
            "Minutes of a session's time that are worth its rate; 0: every session is worth it.",
            tight=(0, 7),
        ),
    ),
)
