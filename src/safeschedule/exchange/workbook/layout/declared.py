"""The sheets of a workbook, declared as data. What is not declared gets a sheet or a row of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ListEntries:
    """The entries of one list of the problem.

    Parameters
    ----------
    path
        ``clinicians``, ``history.appointments``; ``clinicians.working`` for what belongs to each clinician.
    word
        What stands in the column *What* of a sheet with several lists.
    """

    path: str
    word: str = ""


@dataclass(frozen=True)
class SheetPlan:
    """One sheet.

    Parameters
    ----------
    title
        Its name.
    about
        What is on it, in one sentence.
    entries
        The lists whose entries are its rows.
    owner
        The heading of the column that says to whom a row belongs; empty: rows stand for themselves.
    always
        Whether it is there when there is nothing to write.
    waiting
        On a sheet of clients: those of the waiting list (``True``), or the others (``False``).
    beside
        Fields of a request that can be asked for in the row of a client.
    example
        What the row of examples says, by field.
    """

    title: str
    about: str
    entries: tuple[ListEntries, ...]
    owner: str = ""
    always: bool = True
    waiting: bool | None = None
    beside: tuple[str, ...] = ()
    example: tuple[tuple[str, object], ...] = ()


WEEK, RULES, README = "Week", "Rules", "Read me"
"""The sheets that hold no list."""

_ASKED = ("session_type", "mode", "site", "count", "every", "priority", "standing", "skills")

PLANS = (
    SheetPlan(
        "Team",
        "Everybody who sees clients or supervises; their hours stand on the sheet Hours.",
        (ListEntries("clinicians"),),
        example=(("id", "C1"), ("fte", 0.8), ("skills", ["emdr", "cbt"]), ("supervisor", "C2")),
    ),
    SheetPlan(
        "Hours",
        "When each one works in an ordinary week, one row a span.",
        (ListEntries("clinicians.working"), ListEntries("attendants.working")),
        owner="Who",
        example=(("day", "mon"), ("start", "09:00"), ("end", "17:00")),
    ),
    SheetPlan(
        "Leave",
        "Time off. The last day is the last one off; without times whole days are meant.",
        (ListEntries("clinicians.leave"), ListEntries("attendants.leave")),
        owner="Who",
        example=(("start", "2026-10-12T00:00"), ("end", "2026-10-24T00:00")),
    ),
    SheetPlan(
        "Clients",
        "Everybody with an own clinician, by code. What they ask for stands here or on the sheet Requests.",
        (ListEntries("clients"),),
        waiting=False,
        beside=_ASKED,
        example=(
            ("id", "K1"),
            ("band", "moderate"),
            ("clinician", "C1"),
            ("windows", [{"day": "mon", "start": "09:00", "end": "12:00"}]),
        ),
    ),
    SheetPlan(
        "Waiting list",
        "Clients who have no clinician yet.",
        (ListEntries("clients"),),
        waiting=True,
        beside=_ASKED,
        example=(("id", "W1"), ("band", "high"), ("waiting_since", "2026-09-01")),
    ),
    SheetPlan(
        "Requests",
        "The sessions that are asked for this week, one row a request.",
        (ListEntries("requests"),),
        example=(("id", "R1"), ("client", "K1"), ("session_type", "cbt"), ("priority", 3)),
    ),
    SheetPlan("Later requests", "Requests of later weeks.", (ListEntries("upcoming"),), always=False),
    SheetPlan(
        "Session types",
        "The kinds of sessions with their length and load.",
        (ListEntries("session_types"),),
        example=(("id", "cbt"), ("minutes", 60), ("intensity", "moderate"), ("skills", ["cbt"])),
    ),
    SheetPlan(
        "Rooms and sites",
        "Sites first, then rooms and equipment; the column What says which it is.",
        (ListEntries("sites", "site"), ListEntries("rooms", "room"), ListEntries("equipment", "equipment")),
        example=(("id", "room-1"), ("kind", "consulting"), ("site", "north"), ("seats", 4)),
    ),
    SheetPlan(
        "Rooms unavailable",
        "When a room cannot be used.",
        (ListEntries("rooms.unavailable"),),
        owner="Room",
        always=False,
    ),
    SheetPlan("Travel", "Minutes between two sites, there and back.", (ListEntries("travel"),), always=False),
    SheetPlan(
        "Groups",
        "Group programmes; clients ask for them by requests, or the members do in the group's row.",
        (ListEntries("groups"),),
        example=(("id", "skills"), ("session_type", "group"), ("members", ["K1", "K2"])),
    ),
    SheetPlan(
        "Meetings",
        "Meetings fixed by others; whoever takes part is busy.",
        (ListEntries("meetings"),),
        example=(
            ("id", "team"),
            ("start", "2026-10-06T09:30"),
            ("minutes", 60),
            ("clinicians", ["C1", "C2"]),
            ("weekly", True),
        ),
    ),
    SheetPlan(
        "Closures",
        "Dates on which the service is closed.",
        (ListEntries("closures"),),
        example=(("date", "2026-12-25"), ("name", "Christmas Day")),
    ),
    SheetPlan(
        "Past appointments",
        "Appointments of the weeks before, as far as rules look back.",
        (ListEntries("history.appointments"),),
        example=(("client", "K1"), ("clinician", "C1"), ("start", "2026-10-01T10:00"), ("minutes", 60)),
    ),
    SheetPlan("Bands", "Acuity bands, with points and contact expectations.", (ListEntries("bands"),)),
    SheetPlan(
        "Pinned",
        "What is decided already and stays; the column What says which it is.",
        (
            ListEntries("pinned_appointments", "appointment"),
            ListEntries("pinned_groups", "group"),
            ListEntries("pinned_blocks", "block"),
        ),
        always=False,
    ),
    SheetPlan(
        "Incidents",
        "Critical incidents, after which a debrief is due.",
        (ListEntries("incidents"),),
        always=False,
    ),
    SheetPlan(
        "Early warnings",
        "From when a measure of recorded weeks is too much; what is not here is watched by default.",
        (ListEntries("rulebook.watched"),),
        always=False,
    ),
    SheetPlan(
        "Tasks",
        "Messages and calls that are to be answered in coordination blocks.",
        (ListEntries("tasks"),),
        always=False,
    ),
    SheetPlan(
        "Attendants", "Interpreters, chaperones, students.", (ListEntries("attendants"),), always=False
    ),
)

SHEET_NAMES = {
    "history": "Past appointments",  # the name of a sheet that Excel keeps for itself
    "staff": "Team",
    "clinicians": "Team",
    "working hours": "Hours",
    "absence": "Leave",
    "time off": "Leave",
    "caseload": "Clients",
    "waitlist": "Waiting list",
    "rooms": "Rooms and sites",
    "holidays": "Closures",
}
"""Other names that people give to sheets."""

HEADINGS = {
    "id": "Code",
    "fte": "FTE",
    "is_supervisor": "Supervises",
    "windows": "Can come",
    "preferred": "Preferred times",
    "every": "Every (weeks)",
    "standing": "Usual slot",
    "count": "Sessions",
    "session_type": "Session type",
    "last_contact": "Last seen",
    "next_review": "Review due",
    "start_every": "Sessions start every",
    "schema_version": "Version",
    "rulebook.name": "Rulebook",
    "rulebook.version": "Rulebook version",
    "rulebook.midday": "Midday",
    "rulebook.warning_review_days": "Days to review a warning",
    "rulebook.warning_reviewer": "Reviewer of warnings",
    "working": "Hours",
    "slots": "When",
}
"""Headings that are not the field's name."""

ALIASES = {
    "id": ("ref", "id", "client", "client code", "name", "group", "room", "number", "case"),
    "fte": ("wte", "whole time equivalent", "full-time equivalent"),
    "role": ("post", "job", "profession", "grade"),
    "working": ("days / hours", "days and hours", "working hours"),
    "skills": ("can do", "skills needed", "qualifications", "languages"),
    "supervisor": ("supervised by",),
    "caseload_cap": ("max pts", "max points", "cap"),
    "cover": ("covered by",),
    "clinician": ("therapist", "keyworker", "key worker", "worker", "seen by", "own clinician"),
    "band": ("risk", "acuity", "level", "tier"),
    "session_type": ("sees for", "wants", "treatment", "asks for", "type", "service"),
    "every": ("how often", "frequency", "every"),
    "standing": ("usual time", "regular slot", "slot", "standing appointment"),
    "windows": ("availability", "available", "times"),
    "mode": ("f2f/zoom", "f2f", "in person or telehealth", "how"),
    "flags": ("alerts", "flag"),
    "last_contact": ("last contact", "last appointment", "last visit"),
    "next_review": ("next review", "review", "review date"),
    "waiting_since": ("referred", "referral date", "waiting from", "date referred"),
    "facilitators": ("run by", "leaders", "led by"),
    "members": ("clients", "participants", "who"),
    "site": ("where", "base", "location", "place"),
    "sites": ("base", "site", "where", "location"),
    "day": ("days", "weekday"),
    "owner": ("code", "clinician", "person", "name", "staff"),
    "clinicians": ("who", "people", "staff"),
}
"""Other headings that people give to a field; also by which the mapping of another table is proposed."""

REFERS = {
    **dict.fromkeys(
        ("clinician", "supervisor", "cover", "clinicians", "with_clinicians", "facilitators", "debriefed",
         "followed_up"), ("Team",)
    ),
    **dict.fromkeys(("client", "clients", "with_clients", "members"), ("Clients", "Waiting list")),
    **dict.fromkeys(("session_type", "contact_type", "review_type"), ("Session types",)),
    **dict.fromkeys(("site", "sites", "origin", "destination", "room"), ("Rooms and sites",)),
    "band": ("Bands",),
    "group": ("Groups",),
    "request": ("Requests",),
    "attendants": ("Attendants",),
    "owner": ("Team", "Attendants"),
}  # fmt: skip
"""The sheets on whose codes a field draws."""
