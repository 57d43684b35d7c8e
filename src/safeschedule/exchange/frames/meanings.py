"""Names, units and meanings of columns, as far as a field's own name and docstring do not say them."""

from __future__ import annotations

from safeschedule.exchange.frames.kinds import CLOCK, NUMBER, WHOLE, ColumnKind

NAMES = {
    "upcoming": "request",
    "attendance": "attendance_share",
    "caseload_cap": "caseload_cap_points",
    "daily_least": "daily_least_sessions",
    "every": "every_weeks",
    "grid": "grid_minutes",
    "high_acuity_cap": "high_acuity_cap_clients",
    "largest": "largest_participants",
    "smallest": "smallest_participants",
    "start_every": "start_every_minutes",
}
"""Columns with their units where fields have none in their names, and what one entry of a list is called."""

_UNITS = (
    ("minute_of_day", "minutes after midnight"),
    ("minutes", "minutes"),
    ("days", "days"),
    ("days_between", "days"),
    ("weeks", "weeks"),
    ("sessions", "sessions"),
    ("participants", "people"),
    ("clients", "clients"),
    ("seats", "people"),
    ("points", "caseload points"),
    ("share", "share, 0 to 1"),
    ("fte", "full-time equivalents"),
    ("facilitators", "people"),
    ("seconds", "seconds"),
    ("count", "number"),
    ("rank", "rank, 1 is lowest"),
    ("priority", "1 (lowest) to 5"),
    ("weight", "penalty a unit of violation"),
    ("number", "counts from 0"),
    ("pinned_appointment", "counts from 0"),
    ("pinned_group", "counts from 0"),
    ("pinned_block", "counts from 0"),
    ("amount", "the rule's unit of violation"),
    ("penalty", "objective"),
    ("objective", "objective"),
    ("bound", "objective"),
    ("gap", "fraction of the objective"),
    ("finding", "counts from 0"),
    ("notice", "counts from 0"),
    ("limit", "deterministic time"),
    ("value", "as its name says"),
    ("most", "the measure's unit"),
    ("least", "the measure's unit"),
)
"""Units by the ends of names, of which the first that fits counts."""


def unit_of(name: str, kind: ColumnKind) -> str:
    """Return the unit of a column of numbers; empty for others, and for numbers that only name something."""
    if kind not in (CLOCK, NUMBER, WHOLE):
        return ""
    return next((unit for end, unit in _UNITS if name == end or name.endswith(f"_{end}")), "")


MEANINGS = {
    "id": "Its code, by which others name it.",
    "name": "What people call it.",
    "version": "The version of the rulebook.",
    "day": "The weekday: mon to sun.",
    "start": "When it begins, in local time.",
    "end": "When it ends, in local time; that minute is free again.",
    "minutes": "How long it takes.",
    "happened": "When it happened, in local time.",
    "date": "The date.",
    "kind": "What kind it is.",
    "intensity": "Emotional load: low, moderate or high.",
    "mode": "How it takes place: in_person or telehealth (a request may say either).",
    "site": "The site; empty: none is said.",
    "room": "The room; empty: none is said.",
    "origin": "From which site.",
    "destination": "To which site.",
    "telehealth": "Whether the clinician works by telehealth, too.",
    "telehealth_only": "Whether nobody is seen in person there or then.",
    "client": "The client, by code.",
    "clinician": "The clinician, by code.",
    "attendant": "The attendant, by code.",
    "supervisor": "The clinician who leads it.",
    "session_type": "The session type, by code.",
    "request": "The request, by code.",
    "group": "The group, by code.",
    "skill": "A skill, by code; languages and licences too.",
    "flag": "What weighs on the work with the client beside the acuity band.",
    "count": "How many.",
    "last_contact": "The last contact, where the history tells of none later.",
    "waiting_since": "Since when the client waits.",
    "next_review": "When the next review is due.",
    "weekly": "Whether it is there in the weeks after, too.",
    "enabled": "Whether the rule applies.",
    "hard": "Whether it has to be kept; empty: as in the catalogue.",
    "tier": "Its tier; empty: as in the catalogue.",
    "weight": "What a unit of violation costs; empty: as in the catalogue.",
    "rule": "The name of a rule: safeschedule rules lists them.",
    "parameter": "One of the rule's parameters.",
    "value_json": 'Its value as JSON: 4, "0.4", true, ["a", "b"], {"default": 6}.',
}
"""What columns and fields mean of which their model says nothing."""
