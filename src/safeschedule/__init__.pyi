"""What is public, for type checkers; __init__.py loads it on first use."""

from safeschedule import plots as plots
from safeschedule.actuals import (
    ActualVisit as ActualVisit,
    Actuals as Actuals,
    Attendance as Attendance,
    BlockFate as BlockFate,
    Discharge as Discharge,
    Event as Event,
    EventKind as EventKind,
    FirstContact as FirstContact,
    HeldSupervision as HeldSupervision,
    Presence as Presence,
    ProtectedBlock as ProtectedBlock,
    RaisedFlag as RaisedFlag,
    Referral as Referral,
    StaffChange as StaffChange,
    StaffMove as StaffMove,
    WorkedDay as WorkedDay,
    actuals_from_text as actuals_from_text,
    read_actuals as read_actuals,
    read_actuals_folder as read_actuals_folder,
)
from safeschedule.caseload import (
    BandChange as BandChange,
    BandProposal as BandProposal,
    Due as Due,
    Huddle as Huddle,
    HuddleItem as HuddleItem,
    HuddleTopic as HuddleTopic,
    LastHuddle as LastHuddle,
    confirm_bands as confirm_bands,
    due_contacts as due_contacts,
    due_reviews as due_reviews,
    huddle_agenda as huddle_agenda,
    proposed_bands as proposed_bands,
    with_requests_from_bands as with_requests_from_bands,
    without_requests_from_bands as without_requests_from_bands,
)
from safeschedule.caseload.capacity import (
    CapacityAssumptions as CapacityAssumptions,
    CapacityLine as CapacityLine,
    CapacityTeam as CapacityTeam,
    SustainableCapacity as SustainableCapacity,
    capacity_of as capacity_of,
    capacity_team as capacity_team,
    example_assumptions as example_assumptions,
    read_capacity_assumptions as read_capacity_assumptions,
)
from safeschedule.caseload.groups import (
    ClientPhase as ClientPhase,
    GroupAnswer as GroupAnswer,
    GroupCandidate as GroupCandidate,
    GroupCriteria as GroupCriteria,
    GroupEffect as GroupEffect,
    GroupEligibility as GroupEligibility,
    GroupReason as GroupReason,
    GroupRules as GroupRules,
    group_eligibility as group_eligibility,
    read_group_rules as read_group_rules,
)
from safeschedule.caseload.measures import (
    Area as Area,
    Measure as Measure,
    MeasureReport as MeasureReport,
    MeasureValue as MeasureValue,
    balanced_measures as balanced_measures,
)
from safeschedule.caseload.messages import (
    LeftTask as LeftTask,
    MessageQueue as MessageQueue,
    ProposedOwner as ProposedOwner,
    QueueBlock as QueueBlock,
    QueuedPart as QueuedPart,
    message_queue as message_queue,
    with_owners as with_owners,
)
from safeschedule.caseload.panels import (
    Concentration as Concentration,
    ExpectedChanges as ExpectedChanges,
    ExpectedDischarge as ExpectedDischarge,
    ExpectedLeaving as ExpectedLeaving,
    ExpectedReferral as ExpectedReferral,
    ExpectedStart as ExpectedStart,
    FirstRoom as FirstRoom,
    ForecastRow as ForecastRow,
    ForecastWeek as ForecastWeek,
    Panel as Panel,
    PanelForecast as PanelForecast,
    PanelReason as PanelReason,
    PanelRow as PanelRow,
    PanelState as PanelState,
    TeamPanel as TeamPanel,
    exception_of_panel as exception_of_panel,
    panel_forecast as panel_forecast,
    panel_status as panel_status,
    read_expected as read_expected,
)
from safeschedule.caseload.rubrics import (
    AcuityRubric as AcuityRubric,
    RubricAnswers as RubricAnswers,
    RubricBand as RubricBand,
    RubricItem as RubricItem,
    RubricProposal as RubricProposal,
    RubricTerm as RubricTerm,
    example_rubric as example_rubric,
    example_rubric_text as example_rubric_text,
    read_rubric as read_rubric,
    read_rubric_answers as read_rubric_answers,
    rubric_bands as rubric_bands,
)
from safeschedule.caseload.waitlist import (
    OtherOption as OtherOption,
    Throughput as Throughput,
    ThroughputBasis as ThroughputBasis,
    TriageClass as TriageClass,
    TriageRow as TriageRow,
    WaitOption as WaitOption,
    WaitRange as WaitRange,
    WaitingClient as WaitingClient,
    Waitlist as Waitlist,
    WaitlistLetter as WaitlistLetter,
    WaitlistRules as WaitlistRules,
    draw_expected_changes as draw_expected_changes,
    read_waitlist_rules as read_waitlist_rules,
    waitlist as waitlist,
    waitlist_letters as waitlist_letters,
)
from safeschedule.caseload.warnings import (
    Threshold as Threshold,
    TriggerKind as TriggerKind,
    WarningReport as WarningReport,
    WarningRules as WarningRules,
    WarningTrigger as WarningTrigger,
    Watched as Watched,
    WatchedWeek as WatchedWeek,
    early_warnings as early_warnings,
    read_warning_rules as read_warning_rules,
)
from safeschedule.catalogue import (
    CustomRule as CustomRule,
    Tier as Tier,
)
from safeschedule.errors import (
    ArgumentError as ArgumentError,
    DisagreementError as DisagreementError,
    Fault as Fault,
    InputError as InputError,
    MissedPlacementError as MissedPlacementError,
    SafeScheduleError as SafeScheduleError,
    UnknownRuleError as UnknownRuleError,
)
from safeschedule.evidence import (
    EvidencePack as EvidencePack,
    EvidenceSection as EvidenceSection,
    evidence_pack as evidence_pack,
)
from safeschedule.exchange.actuals_workbook import (
    read_actuals_workbook as read_actuals_workbook,
    write_actuals_workbook as write_actuals_workbook,
)
from safeschedule.exchange.calendar_import import (
    import_calendar as import_calendar,
)
from safeschedule.exchange.csv_rota import (
    read_csv as read_csv,
    write_csv as write_csv,
)
from safeschedule.exchange.ehr_csv import (
    import_ehr_actuals as import_ehr_actuals,
    import_ehr_csv as import_ehr_csv,
)
from safeschedule.exchange.frames.folder import (
    read_frames as read_frames,
    write_frames as write_frames,
)
from safeschedule.exchange.ics import (
    write_ics as write_ics,
)
from safeschedule.exchange.fhir import (
    FhirWeek as FhirWeek,
    fhir_problem as fhir_problem,
    fhir_schedule as fhir_schedule,
    fhir_slots as fhir_slots,
    import_fhir as import_fhir,
    read_fhir_schedule as read_fhir_schedule,
)
from safeschedule.exchange.public_holidays import (
    public_holidays as public_holidays,
)
from safeschedule.exchange.rota_workbook import (
    read_rota as read_rota,
    rota_changes as rota_changes,
    write_rota as write_rota,
)
from safeschedule.exchange.workbook import (
    WorkbookReading as WorkbookReading,
    read_workbook as read_workbook,
    workbook_problem as workbook_problem,
    write_workbook as write_workbook,
)
from safeschedule.explaining.account import (
    NoSchedule as NoSchedule,
)
from safeschedule.explaining.capacity_exception import (
    CapacityException as CapacityException,
)
from safeschedule.explaining.clashes.condition import (
    Condition as Condition,
)
from safeschedule.explaining.no_schedule import (
    explain_no_schedule as explain_no_schedule,
)
from safeschedule.explaining.repairs.repair import (
    Repair as Repair,
    Step as Step,
)
from safeschedule.explaining.unplaced.answers import (
    Explanation as Explanation,
    LeftOutAccount as LeftOutAccount,
    Move as Move,
    Option as Option,
    Overtime as Overtime,
    WayIn as WayIn,
)
from safeschedule.explaining.unplaced.explain import (
    explain_left_out as explain_left_out,
)
from safeschedule.ledger import (
    BandConfirmed as BandConfirmed,
    Basis as Basis,
    CapChange as CapChange,
    ChainAccount as ChainAccount,
    ConcernRaised as ConcernRaised,
    Correction as Correction,
    ExceptionDecided as ExceptionDecided,
    ExceptionOpened as ExceptionOpened,
    HuddleAction as HuddleAction,
    HuddleHeld as HuddleHeld,
    IntakeAccepted as IntakeAccepted,
    IntakeRestriction as IntakeRestriction,
    Ledger as Ledger,
    LedgerEntry as LedgerEntry,
    LedgerHead as LedgerHead,
    LedgerView as LedgerView,
    OpenMatter as OpenMatter,
    Override as Override,
    OverrideInForce as OverrideInForce,
    PlanAccepted as PlanAccepted,
    PolicySet as PolicySet,
    ReferralRefused as ReferralRefused,
    Resolved as Resolved,
    ReviewHeld as ReviewHeld,
    Signatory as Signatory,
    Statement as Statement,
    Transferred as Transferred,
    WeekChanged as WeekChanged,
    basis_of as basis_of,
    ledger_view as ledger_view,
    overrides_in_force as overrides_in_force,
    read_ledger as read_ledger,
)
from safeschedule.pipeline import (
    solve as solve,
)
from safeschedule.plots import (
    BarPlot as BarPlot,
    CurvePlot as CurvePlot,
    Plot as Plot,
    RangePlot as RangePlot,
    TimelinePlot as TimelinePlot,
)
from safeschedule.problem import (
    AcuityBand as AcuityBand,
    AllowedMode as AllowedMode,
    Attendant as Attendant,
    AttendantNeed as AttendantNeed,
    BlockKind as BlockKind,
    Client as Client,
    Clinician as Clinician,
    Closure as Closure,
    Equipment as Equipment,
    Flag as Flag,
    Group as Group,
    History as History,
    Hours as Hours,
    Incident as Incident,
    Intensity as Intensity,
    Kind as Kind,
    Leave as Leave,
    Meeting as Meeting,
    Mode as Mode,
    PastAppointment as PastAppointment,
    PinnedAppointment as PinnedAppointment,
    PinnedBlock as PinnedBlock,
    PinnedGroup as PinnedGroup,
    Problem as Problem,
    Request as Request,
    Room as Room,
    RuleSetting as RuleSetting,
    Rulebook as Rulebook,
    SessionType as SessionType,
    Site as Site,
    Slot as Slot,
    Span as Span,
    MessageTask as MessageTask,
    TaskKind as TaskKind,
    Travel as Travel,
    WatchedIndicator as WatchedIndicator,
    Weekday as Weekday,
    Window as Window,
    WorkingPeriod as WorkingPeriod,
    migrate as migrate,
    problem_from_text as problem_from_text,
    problem_hash as problem_hash,
    read_problem as read_problem,
    rulebook_hash as rulebook_hash,
)
from safeschedule.rebalancing import (
    CarriedLoad as CarriedLoad,
    HeldClients as HeldClients,
    MissingCapacity as MissingCapacity,
    Rebalancing as Rebalancing,
    Transfer as Transfer,
    TransferSet as TransferSet,
    rebalance as rebalance,
    transfer_statements as transfer_statements,
)
from safeschedule.replanning import (
    BlockChange as BlockChange,
    CancelledSession as CancelledSession,
    ChangedHours as ChangedHours,
    Diff as Diff,
    Dropped as Dropped,
    LostAttendant as LostAttendant,
    LostRoom as LostRoom,
    Moved as Moved,
    NewRequest as NewRequest,
    Notice as Notice,
    Outcome as Outcome,
    Replan as Replan,
    RiskFlag as RiskFlag,
    SickCall as SickCall,
    Worse as Worse,
    apply_changes as apply_changes,
    changes_from_text as changes_from_text,
    differences as differences,
    read_changes as read_changes,
    replan as replan,
)
from safeschedule.replanning.changes import (
    Change as Change,
)
from safeschedule.reports.html import (
    write_html as write_html,
)
from safeschedule.reports.measures import measures_html as measures_html
from safeschedule.result import (
    Provenance as Provenance,
    Result as Result,
    Status as Status,
    TierObjective as TierObjective,
)
from safeschedule.rolling import (
    Agenda as Agenda,
    Ask as Ask,
    BandsTaken as BandsTaken,
    CaseloadRow as CaseloadRow,
    CaseloadTotals as CaseloadTotals,
    CaseloadWeek as CaseloadWeek,
    PlannedWeek as PlannedWeek,
    Roll as Roll,
    RollCaseload as RollCaseload,
    Summary as Summary,
    TakenClient as TakenClient,
    Totals as Totals,
    WeekRow as WeekRow,
    next_week as next_week,
    roll as roll,
    roll_into as roll_into,
)
from safeschedule.routing import (
    Allocation as Allocation,
    IntakeAllocation as IntakeAllocation,
    IntakeProposal as IntakeProposal,
    IntakeRefusal as IntakeRefusal,
    IntakeRouting as IntakeRouting,
    Referred as Referred,
    Unallocated as Unallocated,
    allocate_intakes as allocate_intakes,
    read_referral as read_referral,
    route_intake as route_intake,
)
from safeschedule.scenarios import (
    Scenario as Scenario,
    read_scenarios as read_scenarios,
)
from safeschedule.schedule import (
    Appointment as Appointment,
    Block as Block,
    LeftOut as LeftOut,
    Schedule as Schedule,
    schedule_hash as schedule_hash,
)
from safeschedule.schedule.reading import (
    read_schedule as read_schedule,
    schedule_from_text as schedule_from_text,
)
from safeschedule.solving.backend import (
    SolverUnavailableError as SolverUnavailableError,
    UnknownSolverError as UnknownSolverError,
    backends as backends,
)
from safeschedule.solving.outcome import (
    Phase as Phase,
)
from safeschedule.solving.parameters import (
    SearchParameters as SearchParameters,
)
from safeschedule.solving.progress import (
    Progress as Progress,
)
from safeschedule.simulation import (
    Policy as Policy,
    Replication as Replication,
    Routing as Routing,
    SimulatedDifference as SimulatedDifference,
    SimulatedMean as SimulatedMean,
    Simulation as Simulation,
    SimulationAssumptions as SimulationAssumptions,
    SimulationFile as SimulationFile,
    SimulationPolicy as SimulationPolicy,
    SimulationResults as SimulationResults,
    read_simulation as read_simulation,
)
from safeschedule.study import (
    Comparison as Comparison,
    Comparisons as Comparisons,
    CurvePoint as CurvePoint,
    FrontPoint as FrontPoint,
    RulePrice as RulePrice,
    RulePrices as RulePrices,
    RunStatus as RunStatus,
    Study as Study,
    StudyProgress as StudyProgress,
    StudyResults as StudyResults,
    StudyRun as StudyRun,
)
from safeschedule.study.least import (
    LeastStaff as LeastStaff,
    StaffStep as StaffStep,
    least_staff as least_staff,
)
from safeschedule.stressing import (
    Absence as Absence,
    HalfDay as HalfDay,
    Lost as Lost,
    Method as Method,
    Obstacle as Obstacle,
    Stress as Stress,
    Verdict as Verdict,
    Within as Within,
    WorstCase as WorstCase,
    stress as stress,
)
from safeschedule.suggesting import (
    Cost as Cost,
    Desk as Desk,
    Effects as Effects,
    Exclusion as Exclusion,
    FreeSlot as FreeSlot,
    FreeSlots as FreeSlots,
    Metric as Metric,
    MoveCheck as MoveCheck,
    Suggestion as Suggestion,
    Suggestions as Suggestions,
    check_move as check_move,
    free_slots as free_slots,
    suggest as suggest,
    suggest_moves as suggest_moves,
)
from safeschedule.verifier import (
    Finding as Finding,
    Unchecked as Unchecked,
    Verification as Verification,
    WeekNotice as WeekNotice,
    verify as verify,
)

__version__: str
__all__: list[str]
