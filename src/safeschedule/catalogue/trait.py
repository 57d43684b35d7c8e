"""What is known of a rule beside its statement, so that nobody else has to keep a list of names."""

from __future__ import annotations

from enum import StrEnum


class Trait(StrEnum):
    """Something that is so of a rule by its statement; a rule of which nothing is known has none.

    Explanations and live questions build on it: most traits let them look at less, and one that is claimed
    in error lets them miss something.
    """

    GIVEN = "given"
    """It says that facts of the problem hold (hours, leave, pins). As a cause it is these facts."""

    COUNTS_CLIENTS = "counts_clients"
    """It counts a clinician's clients of the week, reads nothing but sessions, and each finding is about one
    clinician: the date says nothing."""

    COUNTS_SESSIONS = "counts_sessions"
    """It counts a clinician's sessions by date and week, reads nothing but sessions, and each finding is
    about one clinician: of a session only its type and intensity matter."""

    COUNTS_VISITS = "counts_visits"
    """It counts a client's sessions by date, reads nothing but sessions, and each finding is about one
    client: who holds them says nothing."""

    COUNTS_MINUTES = "counts_minutes"
    """It adds up a clinician's minutes of the week, blocks and what sessions bring with them included."""

    GOES_BY_DATE = "goes_by_date"
    """Of the time of a session only the date matters."""

    PERSONAL = "personal"
    """It is about who takes a request, whatever the half-day."""

    SETTLED = "settled"
    """It is near, and says nothing more once a session and all that others have is in its place."""

    EASED_BY_HOURS = "eased_by_hours"
    """Longer working hours never make it harder to keep."""

    NEEDS_SUPERVISOR = "needs_supervisor"
    """It asks for time of a supervisor."""

    READ_BY_OTHERS = "read_by_others"
    """Other rules read its parameters, whether it is on or not."""
