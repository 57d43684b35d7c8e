"""Arguments of everything public: good ones, and bad ones with the code of the fault that each is."""

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import safeschedule
from safeschedule import (
    Actuals,
    CapacityAssumptions,
    Client,
    GroupRules,
    Hours,
    LedgerView,
    MessageQueue,
    NoSchedule,
    Panel,
    Problem,
    Request,
    RubricAnswers,
    Rulebook,
    Schedule,
    SickCall,
    Signatory,
    TransferSet,
    Verification,
    WaitlistRules,
    balanced_measures,
    example_rubric,
    ledger_view,
    panel_status,
    waitlist,
)
from safeschedule.exchange.csv_rota import rota_csv
from safeschedule.exchange.ics import calendars, cancellations
from safeschedule.problem import faults, warnings
from safeschedule.reports.html import rota_html
from tests.api.answers import problem, result, schedule
from tests.support import own_rules

NAN, INFINITY = float("nan"), float("inf")

ZONED = datetime(2026, 10, 5, 9, tzinfo=UTC)
NOT_A_PROBLEM = [(None, "wrong_type"), ({}, "wrong_type"), ("team.json", "wrong_type")]
SECONDS = [
    (-1, "out_of_range"),
    (NAN, "not_finite"),
    ("5", "wrong_type"),
    (True, "wrong_type"),
    ([], "wrong_type"),
]
FINITE = [*SECONDS, (INFINITY, "not_finite")]
SEED = [
    (-1, "out_of_range"),
    (1.5, "wrong_type"),
    (True, "wrong_type"),
    (2**31, "out_of_range"),
    (None, "wrong_type"),
]
WATCH: dict[str, list[tuple[Any, str]]] = {
    "stop": [(True, "wrong_type"), (3, "wrong_type")],
    "on_progress": [("x", "wrong_type")],
}
SEARCH = {"time_limit": SECONDS, "seed": SEED, **WATCH}
MOMENT = [(ZONED, "with_zone"), ("2026-10-05T09:00", "wrong_type"), (date(2026, 10, 5), "wrong_type")]
TEXT = [(3, "wrong_type"), (b"R0", "wrong_type")]
CHANGES = [
    *((value, "wrong_type") for value in (None, "x", {}, [3], [{"change": "sick_call"}])),
    ("unknown", "unknown_reference"),
]
OVERRIDES: list[tuple[Any, str]] = [(3, "wrong_type"), ("x", "wrong_type"), ([3], "wrong_type")]


def _over() -> Panel:
    """Give a panel in which C1 alone is over."""
    week = problem()
    heavy = [c.model_copy(update={"points": 500}) if c.clinician == "C1" else c for c in week.clients]
    return panel_status(week.with_changes(clients=heavy))


VIEW = [([], "wrong_type"), ("ledger.db", "wrong_type")]
SOME = [(0.5, "wrong_type"), (True, "wrong_type"), (-1, "out_of_range")]


def _signatory(code: str) -> Signatory:
    return Signatory(role="supervisor", code=code)


def _other_week() -> Schedule:
    return schedule().model_copy(update={"week_start": date(2026, 10, 12)})


WEEK: dict[str, list[tuple[Any, str]]] = {
    "problem": NOT_A_PROBLEM,
    "schedule": [(None, "wrong_type"), ({}, "wrong_type"), ("other week", "other_week")],
}
GOOD: dict[str, dict[str, Any]] = {
    "check_move": {"appointment": "R0"},
    "balanced_measures": {"actuals": [Actuals(week_start=date(2026, 9, 28))]},
    "early_warnings": {"actuals": [Actuals(week_start=date(2026, 9, 28))]},
    "allocate_intakes": {"clients": []},
    "draw_expected_changes": {"actuals": [], "weeks": 1},
    "least_staff": {"like": "C0"},
    "with_owners": {"queue": MessageQueue(date(2026, 10, 5), (), ())},
    "route_intake": {
        "client": Client(id="NEW"),
        "request": Request(id="N", client="NEW", session_type="talk"),
    },
    "confirm_bands": {"confirmed": {}, "by": "C0", "on": date(2026, 10, 5)},
    "replan": {"changes": []},
    "apply_changes": {"changes": []},
    "public_holidays": {"country": "DE", "years": [2026]},
    "roll": {"weeks": 1},
    "roll_into": {"folder": "unused", "weeks": 1},
    "free_slots": {"session_type": "talk"},
    "fhir_slots": {"free": []},
    "suggest": {"request": "R0"},
    "suggest_moves": {"appointment": "R0"},
    "rulebook_hash": {},
}
BAD: dict[str, dict[str, list[tuple[Any, str]]]] = {
    "public_holidays": {
        "country": [(None, "wrong_type"), ("XX", "unknown_reference")],
        "region": [("ZZ", "unknown_value"), (3, "wrong_type")],
        "language": [("xx", "unknown_value"), (3, "wrong_type")],
        "years": [(None, "wrong_type"), ([0], "out_of_range")],
    },
    "solve": {
        "problem": NOT_A_PROBLEM,
        **SEARCH,
        "workers": [(0, "out_of_range"), *SEED],
        "deterministic_limit": FINITE,
        "gap_limit": FINITE,
        "solver": [(3, "wrong_type"), ("nope", "unknown_solver")],
        "rules": [(3, "wrong_type"), (None, "wrong_type")],
        "overrides": OVERRIDES,
        "parameters": [(3, "wrong_type"), ({}, "wrong_type")],
    },
    "verify": {
        "problem": NOT_A_PROBLEM,
        "schedule": [(None, "wrong_type"), ({}, "wrong_type")],
        "rules": [(3, "wrong_type")],
        "overrides": OVERRIDES,
    },
    "replan": {
        **WEEK,
        **SEARCH,
        "deterministic_limit": FINITE,
        "changes": [
            (None, "wrong_type"),
            ([3], "wrong_type"),
            ("x", "wrong_type"),
            ("unknown", "unknown_reference"),
        ],
        "freeze_before": MOMENT,
        "budget": SOME,
        "overrides": OVERRIDES,
    },
    "apply_changes": {
        "problem": NOT_A_PROBLEM,
        "changes": [
            ({}, "wrong_type"),
            ([{"change": "sick_call"}], "wrong_type"),
            ("unknown", "unknown_reference"),
        ],
    },
    "stress": {
        **WEEK,
        **SEARCH,
        "urgent": [*SOME, (0, "out_of_range"), (21, "out_of_range")],
        "sick": SOME,
        "session_type": [*TEXT, ("nope", "unknown_reference")],
        "skills": [("emdr", "wrong_type"), ([3], "wrong_type")],
        "telehealth": [(1, "wrong_type"), ("yes", "wrong_type")],
        "per_slot": [(1, "wrong_type"), ("yes", "wrong_type")],
        "within": [("week", "unknown_value"), (3, "wrong_type")],
    },
    "explain_left_out": {
        **WEEK,
        **WATCH,
        "time_limit": SECONDS,
        "request": [*TEXT, ("nope", "unknown_reference")],
    },
    "explain_no_schedule": {
        "problem": NOT_A_PROBLEM,
        **SEARCH,
        "deterministic_limit": FINITE,
        "clashes": SOME,
        "measured": [(1, "wrong_type"), (None, "wrong_type")],
        "repairs": SOME,
    },
    "free_slots": {
        **WEEK,
        "session_type": [(None, "wrong_type"), ("nope", "unknown_reference")],
        "client": [("nope", "unknown_reference"), (3, "wrong_type")],
        "mode": [("by post", "unknown_value"), (3, "wrong_type")],
        "clinicians": [("nope", "wrong_type"), (["nope"], "unknown_reference"), ([3], "wrong_type")],
        "stop": WATCH["stop"],
    },
    "suggest": {
        **WEEK,
        "request": [(None, "wrong_type"), ("nope", "unknown_reference"), ("stranger", "unknown_reference")],
        "n": [*SOME, ("5", "wrong_type")],
        "stop": WATCH["stop"],
    },
    "suggest_moves": {
        **WEEK,
        "appointment": [(None, "wrong_type"), ("nope", "unknown_appointment")],
        "at": MOMENT,
        "n": SOME,
        "stop": WATCH["stop"],
    },
    "check_move": {
        **WEEK,
        "appointment": [(3, "wrong_type"), ("nope", "unknown_appointment")],
        "at": MOMENT,
        "to": MOMENT,
        "clinician": [("nope", "unknown_reference"), (3, "wrong_type")],
        "mode": [("by post", "unknown_value"), (3, "wrong_type")],
        "site": [("nope", "unknown_reference"), (3, "wrong_type")],
        "room": [("nope", "unknown_reference"), (3, "wrong_type")],
        "overrides": OVERRIDES,
    },
    "balanced_measures": {
        "problem": NOT_A_PROBLEM,
        "actuals": [(None, "wrong_type"), ([3], "wrong_type"), ([], "missing_argument")],
        "person": [*TEXT, ("nope", "unknown_reference"), ("C0", "not_allowed")],
        "asked_by": TEXT,
        "least": [*SOME, (0, "out_of_range")],
    },
    "early_warnings": {
        "problem": NOT_A_PROBLEM,
        "actuals": [(None, "wrong_type"), ([3], "wrong_type"), ([], "missing_argument")],
        "rules": [({}, "wrong_type"), ("rules.json", "wrong_type")],
    },
    "route_intake": {
        **WEEK,
        "client": [(None, "wrong_type"), ({}, "wrong_type"), ("nope", "unknown_reference")],
        "request": [({}, "wrong_type"), ("R0", "wrong_type")],
        "n": [*SOME, (0, "out_of_range")],
        "weeks": [*SOME, (0, "out_of_range"), (53, "out_of_range")],
        "expected": [({}, "wrong_type")],
        "ledger": VIEW,
        "prove": [],
        "stop": WATCH["stop"],
    },
    "huddle_agenda": {
        "problem": NOT_A_PROBLEM,
        "ledger": [*VIEW, (None, "wrong_type"), (LedgerView(()), "missing_argument")],
        "schedule": WEEK["schedule"][1:],
        "actuals": [(None, "wrong_type"), ([3], "wrong_type"), ("folder", "wrong_type")],
        "since": [("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
    },
    "panel_status": {"problem": NOT_A_PROBLEM, "schedule": WEEK["schedule"][1:], "ledger": VIEW},
    "exception_of_panel": {
        "panel": [(None, "wrong_type"), ({}, "wrong_type")],
        "clinician": [(3, "wrong_type"), ("nobody", "unknown_reference"), ("C0", "no_breach")],
        "mitigation": [*TEXT, (" ", "missing_argument")],
        "recovery_plan": [*TEXT, ("", "missing_argument")],
        "owner": [*TEXT, (None, "wrong_type"), ("", "missing_argument")],
        "review_on": [(None, "wrong_type"), ("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
    },
    "panel_forecast": {
        "problem": NOT_A_PROBLEM,
        "schedule": WEEK["schedule"][1:],
        "weeks": [*SOME, (0, "out_of_range"), (53, "out_of_range")],
        "expected": [({}, "wrong_type"), ("known.json", "wrong_type")],
        "actuals": [(None, "wrong_type"), ([3], "wrong_type"), ("folder", "wrong_type")],
        "seed": SEED,
        "ledger": VIEW,
    },
    "proposed_bands": {"problem": NOT_A_PROBLEM},
    "due_contacts": {"problem": NOT_A_PROBLEM},
    "due_reviews": {"problem": NOT_A_PROBLEM},
    "confirm_bands": {
        "problem": NOT_A_PROBLEM,
        "confirmed": [
            ([], "wrong_type"),
            ({"nope": "low"}, "unknown_reference"),
            ({"P0": "x"}, "unknown_reference"),
        ],
        "by": [(3, "wrong_type"), ("nope", "unknown_reference")],
        "on": [(ZONED, "wrong_type"), ("2026-10-05", "wrong_type"), (None, "wrong_type")],
        "scored": [(None, "wrong_type"), ("x", "wrong_type"), ({}, "wrong_type"), ([3], "wrong_type")],
    },
    "with_requests_from_bands": {
        "problem": NOT_A_PROBLEM,
        "unmet": [("R0", "wrong_type"), ([3], "wrong_type")],
    },
    "without_requests_from_bands": {"problem": NOT_A_PROBLEM},
    "next_week": WEEK | {"agenda": [({}, "wrong_type")]},
    "roll": {
        "problem": NOT_A_PROBLEM,
        "weeks": [(0, "out_of_range"), (True, "wrong_type"), (1.0, "wrong_type")],
        "caseload": [({}, "wrong_type")],
        **SEARCH,
        "deterministic_limit": FINITE,
        "workers": SEED,
        "solver": TEXT,
    },
    "roll_into": {
        "folder": [(None, "wrong_type"), (3, "wrong_type")],
        "problem": NOT_A_PROBLEM,
        "weeks": [(0, "out_of_range"), (100, "out_of_range"), (True, "wrong_type")],
        "caseload": [({}, "wrong_type")],
    },
    "differences": {"old": [({}, "wrong_type")], "new": [(None, "wrong_type")]},
    "migrate": {"problem": NOT_A_PROBLEM},
    "problem_hash": {"problem": NOT_A_PROBLEM},
    "rulebook_hash": {"rulebook": [({}, "wrong_type")]},
    "schedule_hash": {"schedule": [({}, "wrong_type")]},
}
PATH: list[tuple[Any, str]] = [(value, "wrong_type") for value in (None, 3, {}, NAN)]
SOURCE = [*PATH, ("no such file", "missing_file"), (Path("no such file"), "missing_file")]
BUNDLE = [case for case in SOURCE if case[0] != {}]
NOT_A_SCHEDULE: list[tuple[Any, str]] = [(value, "wrong_type") for value in (None, {}, "week.json")]
WRITE: dict[str, list[tuple[Any, str]]] = {
    "problem": NOT_A_PROBLEM,
    "schedule": [*NOT_A_SCHEDULE, ("other week", "other_week")],
}
STAMP = [(datetime(2026, 10, 2), "without_zone"), ("now", "wrong_type"), (date(2026, 10, 2), "wrong_type")]
CAPACITY: dict[str, list[tuple[Any, str]]] = {
    "assumptions": [(None, "wrong_type"), ({}, "wrong_type"), ("assumptions.toml", "wrong_type")],
    "rulebook": [({}, "wrong_type"), ("community", "wrong_type")],
}
SHARE = [
    *FINITE,
    (1.01, "out_of_range"),
    (Decimal("-0.01"), "out_of_range"),
    *((Decimal(text), "not_finite") for text in ("NaN", "sNaN", "Infinity")),
]
UNKNOWN = "unknown_reference"
UNFIT_GROUPS: list[tuple[Any, str]] = [
    (GroupRules.model_validate({"groups": [{"group": "nope"}]}), UNKNOWN),
    (GroupRules.model_validate({"phases": [{"client": "P0", "phase": "one"}] * 2}), "duplicate"),
]
TWICE = WaitlistRules.model_validate({"classes": [{"id": "now", "target_days": 2}] * 2})
HTML = WRITE | {"verification": [(None, "wrong_type"), ({}, "wrong_type")], "result": [({}, "wrong_type")]}
BAD |= {
    **{
        name: {"source": SOURCE}
        for name in (
            "read_referral",
            "read_warning_rules",
            "read_actuals",
            "read_changes",
            "read_capacity_assumptions",
            "read_expected",
            "read_problem",
            "read_rubric",
            "read_rubric_answers",
            "read_schedule",
            "read_waitlist_rules",
        )
    },
    "read_group_rules": {"path": SOURCE},
    "read_scenarios": {"path": SOURCE},
    "read_simulation": {"path": SOURCE},
    "allocate_intakes": {
        "problem": NOT_A_PROBLEM,
        "clients": [(None, "wrong_type"), ("P0", "wrong_type"), ([3], "wrong_type"), (["nope"], UNKNOWN)],
        "ledger": VIEW,
    },
    "with_owners": {"problem": NOT_A_PROBLEM, "queue": [(None, "wrong_type"), ({}, "wrong_type")]},
    "draw_expected_changes": {
        "problem": NOT_A_PROBLEM,
        "actuals": [(None, "wrong_type"), ([3], "wrong_type")],
        "weeks": [*SOME, (0, "out_of_range"), (521, "out_of_range")],
        "seed": SEED,
        "rules": [({}, "wrong_type")],
    },
    "least_staff": {
        "problem": NOT_A_PROBLEM,
        "like": TEXT,
        "target": [("0.9", "wrong_type"), (True, "wrong_type")],
        "most": [*SOME, (51, "out_of_range")],
        "leaving": [("P0", "wrong_type"), ([3], "wrong_type")],
        "stop": WATCH["stop"],
        "on_step": [("x", "wrong_type")],
        "seeds": [],
        "limit": [],
        "ceiling": [],
        "executor": [],
        "folder": [],
        "workers": [],
    },
    **{
        f"{name}_from_text": {"text": [(None, "wrong_type"), (b"{}", "wrong_type"), ("{", "not_json")]}
        for name in ("actuals", "changes", "problem", "schedule")
    },
    "read_csv": {"problem": NOT_A_PROBLEM, "path": SOURCE},
    "write_csv": WRITE | {"path": PATH},
    "write_html": HTML | {"path": PATH},
    "read_workbook": {"path": SOURCE},
    "workbook_problem": {"path": SOURCE},
    "write_workbook": {"problem": NOT_A_PROBLEM, "path": PATH},
    "read_actuals_workbook": {"path": SOURCE},
    "write_actuals_workbook": {"actuals": [(None, "wrong_type"), ({}, "wrong_type")], "path": PATH},
    "read_rota": {"problem": NOT_A_PROBLEM, "path": SOURCE},
    "read_frames": {
        "folder": [*PATH, ("no such file", "no_frames")],
        "backend": [("excel", "unknown_value"), (3, "unknown_value")],
    },
    "write_frames": {
        "frames": [(value, "wrong_type") for value in (None, 3, "x", [])],
        "folder": PATH,
        "form": [("xlsx", "unknown_value"), (3, "unknown_value")],
    },
    "rota_changes": {"problem": NOT_A_PROBLEM, "path": SOURCE},
    "write_rota": WRITE | {"path": PATH},
    "fhir_problem": {"problem": NOT_A_PROBLEM},
    "fhir_schedule": WRITE | {"free": [(3, "wrong_type"), ("x", "wrong_type"), ([3], "wrong_type")]},
    "fhir_slots": {
        "problem": NOT_A_PROBLEM,
        "free": [(3, "wrong_type"), ("x", "wrong_type"), ([3], "wrong_type")],
    },
    "read_fhir_schedule": {"problem": NOT_A_PROBLEM, "source": BUNDLE},
    "import_fhir": {
        "source": BUNDLE,
        "week": [("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
        "time_zone": TEXT,
        "minutes": [(0, "out_of_range"), (1.5, "wrong_type"), (True, "wrong_type")],
        "supervisors": [("C1", "wrong_type"), ([3], "wrong_type")],
    },
    "import_calendar": {
        "problem": NOT_A_PROBLEM,
        "path": SOURCE,
        "who": [(None, "wrong_type"), (3, "wrong_type"), ("nope", "unknown_reference")],
    },
    "write_ics": WRITE | {"folder": PATH, "stamp": STAMP},
    "import_ehr_csv": {
        "folder": [*PATH, (Path("no such folder"), "missing_folder")],
        "week": [(None, "wrong_type"), ("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
        "mapping": [(3, "wrong_type"), ({}, "wrong_type")],
    },
    "import_ehr_actuals": {
        "folder": [*PATH, (Path("no such folder"), "missing_folder")],
        "week": [(None, "wrong_type"), ("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
        "weeks": [*SOME, (0, "out_of_range"), (521, "out_of_range")],
        "mapping": [(3, "wrong_type"), ({}, "wrong_type")],
    },
    "read_actuals_folder": {"folder": [*PATH, (Path("no such folder"), "missing_folder")]},
    "Desk": WEEK | {"overrides": OVERRIDES},
    "Ledger": {
        "where": [*PATH, ("no such file", "missing_file"), ("mysql://somebody@nowhere/x", "unknown_value")],
        "create": [(3, "wrong_type"), (None, "wrong_type")],
    },
    "read_ledger": {"where": SOURCE},
    "evidence_pack": {
        "problem": NOT_A_PROBLEM,
        "entries": [(None, "wrong_type"), ("x", "wrong_type"), ([3], "wrong_type")],
        **{
            name: [(None, "wrong_type"), ("2026-10-05", "wrong_type"), (ZONED, "wrong_type")]
            for name in ("since", "until")
        },
        "actuals": [("folder", "wrong_type"), ([3], "wrong_type")],
    },
    "measures_html": {
        "report": [(None, "wrong_type"), ({}, "wrong_type")],
        "warnings": [({}, "wrong_type"), ("rules.json", "wrong_type")],
        "name": [(None, "wrong_type"), (3, "wrong_type")],
    },
    "capacity_of": CAPACITY,
    "capacity_team": CAPACITY
    | {
        "ftes": [
            *((value, "wrong_type") for value in (0.5, "1", {}, ["1"], [None], [True])),
            *(([1.0, fte], "out_of_range") for fte in (0, 0.04, 1.01, -1)),
            *(([fte], "not_finite") for fte in (NAN, INFINITY)),
            ([], "missing_argument"),
            ([1.0] * 501, "out_of_range"),
        ],
        "more": [*SOME, (51, "out_of_range"), (None, "wrong_type")],
    },
    "group_eligibility": WEEK | {"rules": [({}, "wrong_type"), ("groups.toml", "wrong_type"), *UNFIT_GROUPS]},
    "message_queue": WEEK,
    "rebalance": {
        "problem": NOT_A_PROBLEM,
        "spread": [*SHARE, (None, "wrong_type")],
        "high_acuity_spread": SHARE,
        "max_transfers": SOME,
        "alternatives": [*SOME, (21, "out_of_range"), (None, "wrong_type")],
        "keep": [(None, "wrong_type"), ("P0", "wrong_type"), ([3], "wrong_type"), (["nope"], UNKNOWN)],
        "since": [
            ([], "wrong_type"),
            ({"nope": date(2026, 9, 28)}, UNKNOWN),
            ({3: date(2026, 9, 28)}, "wrong_type"),
            *(({"P0": day}, "wrong_type") for day in ("2026-09-28", ZONED, None)),
        ],
        "actuals": [(None, "wrong_type"), ([3], "wrong_type"), ("folder", "wrong_type")],
        "stop": WATCH["stop"],
    },
    "rubric_bands": {
        "problem": NOT_A_PROBLEM,
        "rubric": [(None, "wrong_type"), ({}, "wrong_type"), ("rubric.toml", "wrong_type")],
        "answers": [
            (None, "wrong_type"),
            ({}, "wrong_type"),
            (RubricAnswers(clients={"nope": {}}), UNKNOWN),
        ],
    },
    "transfer_statements": {
        "problem": NOT_A_PROBLEM,
        "decided": [(None, "wrong_type"), ([], "wrong_type"), ({}, "wrong_type")],
        "at": [(None, "wrong_type"), *STAMP],
        "by": [(None, "wrong_type"), ("L1", "wrong_type")],
        "confirmed_by": [(None, "wrong_type"), ("C1", "wrong_type"), (_signatory("L1"), "one_person")],
        "why": [*TEXT, (None, "wrong_type"), (" ", "missing_argument")],
    },
    "waitlist": {
        "expected": [({}, "wrong_type")],
        "problem": NOT_A_PROBLEM,
        "schedule": WEEK["schedule"][1:],
        "actuals": [
            *((value, "wrong_type") for value in (None, [3], "folder")),
            ([Actuals(week_start=date(2026, 9, 28))] * 2, "duplicate"),
        ],
        "rules": [({}, "wrong_type"), ("rules.json", "wrong_type"), (TWICE, "duplicate_id")],
        "simulated": [
            *((value, "wrong_type") for value in (None, 3, "3", [1.5], [True], ["3"])),
            *(([5, count], "out_of_range") for count in (-1, 10_001)),
        ],
        "seed": SEED,
    },
    "waitlist_letters": {
        "found": [(None, "wrong_type"), ({}, "wrong_type"), ([], "wrong_type")],
        "service": [*TEXT, (None, "wrong_type")],
        "templates": [
            *(case for case in PATH if case[0] is not None),
            ("no such folder", "missing_folder"),
            (Path("no such folder"), "missing_folder"),
        ],
    },
    "basis_of": {"problem": NOT_A_PROBLEM, "schedule": [({}, "wrong_type"), ("other week", "other_week")]},
    **{
        name: {
            "entries": [(None, "wrong_type"), ("x", "wrong_type"), ([3], "wrong_type")],
            "on": [(None, "wrong_type"), ("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
        }
        for name in ("ledger_view", "overrides_in_force")
    },
    "CapacityException": {
        "problem": NOT_A_PROBLEM,
        "explanation": [(None, "wrong_type"), ({}, "wrong_type")],
        "mitigation": TEXT,
        "recovery_plan": TEXT,
        "owner": [*TEXT, (None, "wrong_type")],
        "review_on": [("2026-10-05", "wrong_type"), (ZONED, "wrong_type")],
    },
    "CustomRule": {
        "statement": [(None, "wrong_type"), ("breaks", "wrong_type")],
        "check": [(3, "wrong_type")],
    },
}
GOOD |= {
    "Hours.weekly": {"days": "mon-fri", "start": "09:00", "end": "17:00"},
    **{name: {"path": "unused"} for name in ("read_csv", "write_csv", "write_html")},
    **{name: {"path": "unused"} for name in ("read_workbook", "workbook_problem", "write_workbook")},
    **{name: {"path": "unused"} for name in ("read_rota", "rota_changes", "write_rota")},
    "read_actuals_workbook": {"path": "unused"},
    "write_actuals_workbook": {"actuals": Actuals(week_start=date(2026, 9, 28)), "path": "unused"},
    "import_calendar": {"path": "unused", "who": "C0"},
    "read_frames": {"folder": "unused"},
    "write_frames": {"frames": {}, "folder": "unused"},
    "read_fhir_schedule": {"source": "unused"},
    "import_fhir": {"source": "unused"},
    "huddle_agenda": {"ledger": ledger_view([], date(2026, 10, 5))},
    "exception_of_panel": {
        "panel": _over(),
        **dict.fromkeys(("mitigation", "recovery_plan", "owner"), "Decided"),
        "review_on": date(2026, 10, 9),
    },
    **{name: {"assumptions": CapacityAssumptions()} for name in ("capacity_of", "capacity_team")},
    "rubric_bands": {"rubric": example_rubric(), "answers": RubricAnswers(clients={})},
    "transfer_statements": {
        "decided": TransferSet((), 0, 0, 0, (), problem()),
        "at": ZONED,
        "by": _signatory("L1"),
        "confirmed_by": _signatory("C1"),
        "why": "Over the cap",
    },
    "waitlist_letters": {"found": waitlist(problem())},
    "measures_html": {"report": balanced_measures(problem(), [Actuals(week_start=date(2026, 9, 28))])},
    "evidence_pack": {"entries": [], "since": date(2026, 7, 1), "until": date(2026, 9, 30)},
    **{name: {"where": "no such file"} for name in ("Ledger", "read_ledger")},
    **{name: {"entries": [], "on": date(2026, 10, 5)} for name in ("ledger_view", "overrides_in_force")},
    "write_ics": {"folder": "unused"},
    **{
        name: {"folder": "unused", "week": date(2026, 10, 5)}
        for name in ("import_ehr_actuals", "import_ehr_csv")
    },
    "CapacityException": {"explanation": NoSchedule(possible=False)},
    "CustomRule": {"statement": own_rules.STATEMENT, "check": own_rules.check},
}
INNER: dict[str, tuple[Callable[..., Any], dict[str, list[tuple[Any, str]]]]] = {
    "faults.find": (faults.find, {"problem": NOT_A_PROBLEM}),
    "faults.require_sound": (faults.require_sound, {"problem": NOT_A_PROBLEM}),
    "warnings.find": (warnings.find, {"problem": NOT_A_PROBLEM}),
    "warnings.never": (warnings.never, {"problem": NOT_A_PROBLEM}),
    "rota_html": (rota_html, HTML),
    "rota_csv": (rota_csv, WRITE),
    "calendars": (calendars, WRITE | {"stamp": STAMP}),
    "cancellations": (cancellations, WRITE | {"stamp": STAMP}),
    "Problem.with_rules": (Problem.with_rules, {"rules": [(None, "wrong_type"), ([3], "wrong_type")]}),
    "Hours.weekly": (
        Hours.weekly,
        {
            "days": [(None, "wrong_type"), ("someday", "unknown_value"), ("", "missing_argument")],
            "start": [("9.5", "bad_value"), (None, "bad_value")],
            "end": [("25:00", "bad_value")],
        },
    ),
    "Rulebook.setting": (Rulebook.setting, {"name": [(None, "wrong_type"), ("siesta", "unknown_rule")]}),
}
"""Public calls of single modules, which the guides name."""
GOOD["warnings.never"] = {"request": "R0"}
TAKE_NOTHING = {"backends", "example_assumptions", "example_rubric", "example_rubric_text"}
"""Take nothing."""
LOOKED_AT_LATER = {"change", "on_week", "on_note", "kept", "what", "files", "encoder", "package"}
"""What is called back, or used, much later, and is looked at then; and words for errors."""

FILES_THAT_ARE_NOT_THERE = {"missing_file", "missing_folder", "no_frames", "not_json", "other_week"}
CASES = [
    (call, name, value, code)
    for call, table in {**BAD, **{call: table for call, (_, table) in INNER.items()}}.items()
    for name, values in table.items()
    for value, code in values
]
STAND_INS: dict[tuple[str, str], Callable[[], Any]] = {
    ("schedule", "other week"): _other_week,
    ("changes", "unknown"): lambda: [
        SickCall(clinician="nope", start="2026-10-05T09:00", end="2026-10-05T10:00")  # type: ignore[arg-type]
    ],
    ("request", "stranger"): lambda: Request(id="new", client="nope", session_type="talk"),
}


def verification() -> Verification:
    found = result().verification
    assert found is not None
    return found


def good_arguments(call: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "problem": problem(),
        "schedule": schedule(),
        "old": schedule(),
        "new": schedule(),
        "rulebook": Rulebook(),
    }
    takes = inspect.signature(function_of(call)).parameters
    if "verification" in takes:
        made["verification"] = verification()
    if "self" in takes:
        made["self"] = problem() if call.startswith("Problem") else Rulebook()
    return {name: value for name, value in made.items() if name in takes} | GOOD.get(call, {})


def function_of(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = INNER[name][0] if name in INNER else getattr(safeschedule, name)
    return found
