"""SafeSchedule: weekly schedules for mental-health teams in which safe working is built in.

Everything public is here, and is loaded when it is first used:

>>> import safeschedule
>>> from safeschedule.samples import generate
>>> problem = generate(4, seed=1)
>>> result = safeschedule.solve(problem, deterministic_limit=0.5, workers=1)
>>> safeschedule.verify(problem, result.schedule).compliant
True
"""

from __future__ import annotations

import logging

from safeschedule.lazily import loader

__version__ = "0.2.0"

# All that is public, by the module where it is at home. What type checkers see is in __init__.pyi.
_HOMES = {
    "actuals": """
        ActualVisit Actuals Attendance BlockFate Discharge Event EventKind FirstContact HeldSupervision
        Presence ProtectedBlock RaisedFlag Referral StaffChange StaffMove WorkedDay actuals_from_text
        read_actuals read_actuals_folder
    """,
    "caseload": """
        BandChange BandProposal Due Huddle HuddleItem HuddleTopic LastHuddle confirm_bands due_contacts
        due_reviews huddle_agenda proposed_bands
        with_requests_from_bands without_requests_from_bands
    """,
    "caseload.capacity": """
        CapacityAssumptions CapacityLine CapacityTeam SustainableCapacity capacity_of capacity_team
        example_assumptions read_capacity_assumptions
    """,
    "caseload.groups": """
        ClientPhase GroupAnswer GroupCandidate GroupCriteria GroupEffect GroupEligibility GroupReason
        GroupRules group_eligibility read_group_rules
    """,
    "caseload.measures": "Area Measure MeasureReport MeasureValue balanced_measures",
    "caseload.messages": """
        LeftTask MessageQueue ProposedOwner QueueBlock QueuedPart message_queue with_owners
    """,
    "caseload.panels": """
        Concentration ExpectedChanges ExpectedDischarge ExpectedLeaving ExpectedReferral ExpectedStart
        FirstRoom ForecastRow ForecastWeek Panel PanelForecast PanelReason PanelRow PanelState TeamPanel
        exception_of_panel panel_forecast panel_status read_expected
    """,
    "caseload.rubrics": """
        AcuityRubric RubricAnswers RubricBand RubricItem RubricProposal RubricTerm example_rubric
        example_rubric_text read_rubric read_rubric_answers rubric_bands
    """,
    "caseload.waitlist": """
        OtherOption Throughput ThroughputBasis TriageClass TriageRow WaitOption WaitRange WaitingClient
        Waitlist WaitlistLetter WaitlistRules draw_expected_changes read_waitlist_rules waitlist
        waitlist_letters
    """,
    "caseload.warnings": """
        Threshold TriggerKind WarningReport WarningRules WarningTrigger Watched WatchedWeek early_warnings
        read_warning_rules
    """,
    "catalogue": "CustomRule Tier",
    "errors": """
        ArgumentError DisagreementError Fault InputError MissedPlacementError SafeScheduleError
        UnknownRuleError
    """,
    "evidence": "EvidencePack EvidenceSection evidence_pack",
    "exchange.actuals_workbook": "read_actuals_workbook write_actuals_workbook",
    "exchange.calendar_import": "import_calendar",
    "exchange.csv_rota": "read_csv write_csv",
    "exchange.ehr_csv": "import_ehr_actuals import_ehr_csv",
    "exchange.frames.folder": "read_frames write_frames",
    "exchange.ics": "write_ics",
    "exchange.fhir": "FhirWeek fhir_problem fhir_schedule fhir_slots import_fhir read_fhir_schedule",
    "exchange.public_holidays": "public_holidays",
    "exchange.rota_workbook": "read_rota rota_changes write_rota",
    "exchange.workbook": "WorkbookReading read_workbook workbook_problem write_workbook",
    "explaining.account": "NoSchedule",
    "explaining.capacity_exception": "CapacityException",
    "explaining.clashes.condition": "Condition",
    "explaining.no_schedule": "explain_no_schedule",
    "explaining.repairs.repair": "Repair Step",
    "explaining.unplaced.answers": "Explanation LeftOutAccount Move Option Overtime WayIn",
    "explaining.unplaced.explain": "explain_left_out",
    "ledger": """
        BandConfirmed Basis CapChange ChainAccount ConcernRaised Correction ExceptionDecided ExceptionOpened
        HuddleAction HuddleHeld IntakeAccepted IntakeRestriction Ledger LedgerEntry LedgerHead LedgerView
        OpenMatter Override OverrideInForce PlanAccepted PolicySet ReferralRefused Resolved ReviewHeld
        Signatory Statement Transferred WeekChanged basis_of ledger_view overrides_in_force read_ledger
    """,
    "pipeline": "solve",
    "plots": "BarPlot CurvePlot Plot RangePlot TimelinePlot",
    "solving.parameters": "SearchParameters",
    "problem": """
        AcuityBand AllowedMode Attendant AttendantNeed BlockKind Client Clinician Closure Equipment Flag
        Group History Hours Incident Intensity Kind Leave Meeting Mode PastAppointment PinnedAppointment
        PinnedBlock PinnedGroup Problem Request Room RuleSetting Rulebook SessionType Site Slot Span
        MessageTask TaskKind Travel WatchedIndicator Weekday Window WorkingPeriod migrate problem_from_text
        problem_hash read_problem rulebook_hash
    """,
    "rebalancing": """
        CarriedLoad HeldClients MissingCapacity Rebalancing Transfer TransferSet rebalance transfer_statements
    """,
    "replanning": """
        BlockChange CancelledSession ChangedHours Diff Dropped LostAttendant LostRoom Moved NewRequest
        Notice Outcome
        Replan RiskFlag SickCall Worse apply_changes changes_from_text differences read_changes replan
    """,
    "replanning.changes": "Change",
    "reports.html": "write_html",
    "reports.measures": "measures_html",
    "result": "Provenance Result Status TierObjective",
    "rolling": """
        Agenda Ask BandsTaken CaseloadRow CaseloadTotals CaseloadWeek PlannedWeek Roll RollCaseload Summary
        TakenClient Totals WeekRow next_week roll roll_into
    """,
    "routing": """
        Allocation IntakeAllocation IntakeProposal IntakeRefusal IntakeRouting Referred Unallocated
        allocate_intakes read_referral route_intake
    """,
    "scenarios": "Scenario read_scenarios",
    "schedule": "Appointment Block LeftOut Schedule schedule_hash",
    "schedule.reading": "read_schedule schedule_from_text",
    "solving.backend": "SolverUnavailableError UnknownSolverError backends",
    "solving.outcome": "Phase",
    "solving.progress": "Progress",
    "simulation": """
        Policy Replication Routing SimulatedDifference SimulatedMean Simulation SimulationAssumptions
        SimulationFile SimulationPolicy SimulationResults read_simulation
    """,
    "study": """
        Comparison Comparisons CurvePoint FrontPoint RulePrice RulePrices RunStatus Study StudyProgress
        StudyResults StudyRun
    """,
    "study.least": "LeastStaff StaffStep least_staff",
    "stressing": "Absence HalfDay Lost Method Obstacle Stress Verdict Within WorstCase stress",
    "suggesting": """
        Cost Desk Effects Exclusion FreeSlot FreeSlots Metric MoveCheck Suggestion Suggestions check_move
        free_slots suggest suggest_moves
    """,
    "verifier": "Finding Unchecked Verification WeekNotice verify",
}

_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

_PARTS = ("plots",)
"""Packages that are used by their own name, as in ``safeschedule.plots.week``."""

__all__ = sorted(_HOME)

logging.getLogger(__name__).addHandler(logging.NullHandler())

# Loaded on first use, so that verifying needs no solver installed.
__getattr__ = loader(__name__, _HOME, _PARTS)


def __dir__() -> list[str]:
    return [*__all__, *_PARTS, "__version__"]
