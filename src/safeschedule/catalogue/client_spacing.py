"""Statement of the rule ``client_spacing``: sessions of a client are spread over the week."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="client_spacing",
    title="Sessions of a client are spread over the week",
    tier=Tier.SERVICE,
    hard=True,
    weight=100,
    traits=(
        Trait.COUNTS_VISITS,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "Sessions of the kinds in `exempt` are left out. A client has at most `day` sessions on "
        "a date, or the client's own daily sessions where stated. Where the client's daily_least "
        "is stated, a date on which the client has sessions has at least so many of them; for a "
        "client who comes_daily, so has each date on whose weekday the client has a window "
        "(without windows, every date) and the service is not closed. In any five dates in "
        "a row of the week the client has at most five_day_sessions, where stated. Between two dates "
        "on which a client has sessions lie at least `days` dates, or the client's own days between "
        "where stated; last week's appointments in the history count as sessions of their dates (two "
        "dates both of the history are not judged). The same holds for each request by itself, those for "
        "groups left out, as a course of sessions: it has at most `course` sessions on a date, or the "
        "request's own daily sessions where stated, and between two dates with sessions of it lie at "
        "least the request's own days between, where stated. A limit of a request says nothing where that of "
        "the client is as strict. The sessions of a request that asks for the same_time all "
        "start at one time of day."
    ),
    amount=(
        "for each client and date, the sessions over the most and those missing from the least; "
        "for each client and five dates in a row, the sessions over; one for each pair of dates "
        "too near; for each request and date, the sessions over; one for each pair of dates of a request "
        "too near; for each request for one time of day, the times beyond the first"
    ),
    good="Monday and Wednesday.",
    bad="Monday and Tuesday.",
    source="assumption",
    parameters=(
        Parameter("day", 1, "sessions", "Most sessions of one client a day.", least=1, tight=(2,)),
        Parameter("days", 1, "days", "Free dates between two dates with sessions.", tight=(0, 2)),
        Parameter("course", 1, "sessions", "Most sessions of one request a date.", least=1, tight=(2,)),
        Parameter(
            "exempt",
            ("crisis",),
            "kinds",
            "Session kinds that are left out.",
            tight=((), ("crisis", "therapy")),
        ),
    ),
)
