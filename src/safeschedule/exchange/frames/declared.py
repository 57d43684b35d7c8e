"""The frames of what came of a week, declared as data: schedules, accounts of the verifier, results."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from safeschedule.exchange.frames.kinds import DATE, MOMENT, NUMBER, TEXT, TRUTH, WHOLE, ColumnKind
from safeschedule.exchange.frames.layout import FrameColumn, FrameTable

Declared = tuple[str, ColumnKind, str]


def _table(name: str, about: str, *columns: Declared) -> FrameTable:
    return FrameTable(
        name, tuple(FrameColumn(own, "", kind, about=told) for own, kind, told in columns), about
    )


_SPAN: tuple[Declared, ...] = (
    ("start", MOMENT, "When it begins, in local time."),
    ("end", MOMENT, "When it ends, in local time."),
    ("minutes", WHOLE, "How long it takes."),
)
_CLINICIAN: Declared = ("clinician", TEXT, "The clinician, where there is just one.")
_CLINICIANS: Declared = ("clinicians_count", WHOLE, "How many clinicians; who they are is in participation.")
_REQUEST: Declared = ("request", TEXT, "The request, by code.")
_RULE: Declared = ("rule", TEXT, "The name of the rule.")

WEEK = (
    _table(
        "appointments",
        "One row a session.",
        ("appointment", TEXT, "Its id, which lasts while it is moved."),
        _REQUEST,
        ("group", TEXT, "The group of which it is a session."),
        ("session_type", TEXT, "Its session type."),
        ("kind", TEXT, "The kind of that session type."),
        ("high_intensity", TRUTH, "Whether it is of high intensity, by its type and its clients' flags."),
        *_SPAN,
        ("mode", TEXT, "in_person or telehealth."),
        ("site", TEXT, "The site, where it is known."),
        ("room", TEXT, "The room, where it is known."),
        _CLINICIAN,
        ("client", TEXT, "The client, where there is just one."),
        _CLINICIANS,
        ("clients_count", WHOLE, "How many clients; who they are is in participation."),
    ),
    _table(
        "blocks",
        "One row a block of protected time.",
        ("block", TEXT, "Its id, which lasts while it is moved."),
        ("kind", TEXT, "What it is for: documentation, break, supervision and so on."),
        *_SPAN,
        _CLINICIAN,
        _CLINICIANS,
        ("supervisor", TEXT, "Who leads it, beside the clinicians."),
        ("site", TEXT, "Where travel leads."),
    ),
    _table(
        "participation",
        "One row for each person in each session and block: the frame to sum by people.",
        ("person", TEXT, "The clinician, client or attendant, by code."),
        ("role", TEXT, "clinician, client, attendant or supervisor."),
        ("what", TEXT, "appointment or block."),
        ("item", TEXT, "Its id in the frame of these."),
        ("kind", TEXT, "The session type, or the kind of block."),
        *_SPAN,
    ),
    _table(
        "left_out",
        "One row a request with sessions that are not in the week.",
        _REQUEST,
        ("client", TEXT, "Who asks."),
        ("session_type", TEXT, "What is asked for."),
        ("priority", WHOLE, "That of the request."),
        ("urgent", TRUTH, "Whether the request counts as urgent."),
        ("sessions", WHOLE, "How many of its sessions are left out."),
        ("kind", TEXT, "impossible, blocked, fits or not_examined: what is known of it."),
        ("reason", TEXT, "Why, in one sentence."),
    ),
    _table("left_out.rules", "The rules that stood against a request.", _REQUEST, _RULE),
    _table(
        "load",
        "One row a clinician: what the week asks.",
        ("clinician", TEXT, "The clinician, by code."),
        ("role", TEXT, "As in the problem."),
        ("fte", NUMBER, "As in the problem."),
        ("sessions", WHOLE, "Sessions in the week."),
        ("high_sessions", WHOLE, "Those of high intensity."),
        ("target_sessions", WHOLE, "Sessions of single clients that are meant, less what groups count."),
        ("client_minutes", WHOLE, "Minutes in sessions; overlaps count once."),
        ("high_minutes", WHOLE, "Minutes in sessions of high intensity."),
        ("protected_minutes", WHOLE, "Minutes of protected blocks, attended or led."),
        ("working_minutes", WHOLE, "Minutes inside working periods and outside leave."),
        ("utilisation_share", NUMBER, "Sessions, blocks and meetings as a share of the working minutes."),
        ("caseload_points", NUMBER, "Caseload points with the new clients of the week."),
        ("caseload_cap_points", NUMBER, "The most by the rulebook, or by the clinician's own cap."),
    ),
    _table(
        "load.protected",
        "Protected time of each clinician by kind.",
        ("clinician", TEXT, "The clinician, by code."),
        ("kind", TEXT, "The kind of block."),
        ("minutes", WHOLE, "Minutes of the week."),
    ),
)
"""The frames of a schedule."""

_FINDING: Declared = ("finding", WHOLE, "The number of the finding.")
_NOTICE: Declared = ("notice", WHOLE, "The number of the notice.")

ACCOUNT = (
    _table(
        "findings",
        "One row for each way in which the week does not keep a rule, or pays for a soft one.",
        ("number", WHOLE, "Counts from 0; what finding means in findings.concerned."),
        _RULE,
        ("tier", TEXT, "Its tier in the rulebook."),
        ("hard", TRUTH, "Whether it has to be kept."),
        ("start", MOMENT, "When it begins, in local time; empty: it is about the whole week."),
        ("measured", TEXT, "What was found, in the rule's own words."),
        ("limit", TEXT, "What is allowed."),
        ("amount", WHOLE, "How much, in the rule's unit of violation."),
        ("sentence", TEXT, "The finding in one plain sentence."),
    ),
    _table(
        "findings.concerned",
        "Whom and what a finding is about.",
        _FINDING,
        ("code", TEXT, "A clinician, client, room or request, by code."),
    ),
    _table(
        "notices",
        "One row for each thing that breaks no rule and has to be known.",
        ("number", WHOLE, "Counts from 0; what notice means in the frames below."),
        ("code", TEXT, "What kind it is."),
        ("pressing", TRUTH, "Whether somebody has to act on it."),
        ("text", TEXT, "The notice in plain sentences."),
    ),
    _table(
        "notices.concerned",
        "Whom a notice is about.",
        _NOTICE,
        ("role", TEXT, "clinician, client or request."),
        ("code", TEXT, "The code."),
    ),
    _table(
        "notices.figures",
        "The figures in the text of a notice.",
        _NOTICE,
        ("name", TEXT, "What it counts or measures."),
        ("value", NUMBER, "How much; its name says of what."),
    ),
    _table(
        "rules",
        "One row for each rule that is on, and for whatever else was found.",
        _RULE,
        ("title", TEXT, "Its title."),
        ("tier", TEXT, "Its tier in the rulebook."),
        ("hard", TRUTH, "Whether it has to be kept."),
        ("state", TEXT, "kept, broken, cost for a soft rule that is not kept, or excused by overrides."),
        ("findings_count", WHOLE, "How many findings."),
        ("amount", WHOLE, "How much in all; measure says in what."),
        ("measure", TEXT, "The rule's unit of violation."),
        ("penalty", WHOLE, "What it costs, where it is soft."),
    ),
)
"""The frames of a verifier's account."""

SOLVE = (
    _table(
        "solve",
        "How the solve went: one row.",
        ("status", TEXT, "optimal, feasible, infeasible or unknown."),
        ("verified", TRUTH, "Whether the verifier accepts the schedule."),
        ("qualified", TRUTH, "Whether safety rules were off or soft, so that verified says less."),
        ("objective", NUMBER, "The sum over the tiers; larger is better."),
        ("bound", NUMBER, "What no schedule exceeds, as far as it is proven."),
        ("gap", NUMBER, "(bound - objective) / abs(objective)."),
        ("placed_sessions", WHOLE, "Sessions in the schedule."),
        ("left_out_sessions", WHOLE, "Sessions that are not in it."),
        ("most_sessions", WHOLE, "The number that no schedule exceeds, where it is known."),
        ("total_seconds", NUMBER, "Wall-clock time."),
        ("ended", TEXT, "What ended the search."),
        ("week_start", DATE, "The first of the seven dates."),
        ("solver", TEXT, "The solver."),
        ("safeschedule", TEXT, "The version of this package."),
        ("seed", WHOLE, "The seed of the search."),
        ("workers_count", WHOLE, "Its workers."),
        ("time_limit_seconds", NUMBER, "Its time limit; empty: none."),
        ("deterministic_limit", NUMBER, "Its deterministic limit, in the solver's own time; empty: none."),
        ("problem_hash", TEXT, "The hash of the problem."),
        ("rulebook_hash", TEXT, "The hash of the rulebook."),
    ),
    _table(
        "tiers",
        "The objective by tier, strongest first.",
        ("tier", TEXT, "The tier."),
        ("objective", NUMBER, "What the schedule reaches."),
        ("bound", NUMBER, "What none exceeds that keeps the stronger tiers at the level reached."),
        ("gap", NUMBER, "(bound - objective) / abs(objective)."),
    ),
    _table(
        "tiers.rules",
        "The part of each rule in the objective of its tier.",
        ("tier", TEXT, "The tier."),
        _RULE,
        ("objective", NUMBER, "Positive for sessions placed, negative for penalties."),
    ),
)
"""The frames of a result beside those of its schedule and its account."""

OUTCOME: Mapping[str, FrameTable] = MappingProxyType(
    {table.name: table for table in (*WEEK, *ACCOUNT, *SOLVE)}
)
"""All of them, by name."""
