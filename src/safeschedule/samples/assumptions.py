"""What the generator assumes of a team and its week: every figure once, each with where it comes from.

Sources: A, counted or official (home-care visit records; NHS Talking Therapies 2024-25); B, papers (Greenwood
2000; Tyrer 2000); C, surveys and trade pages; "assumption", no source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from safeschedule.problem import PRESETS, Rulebook
from safeschedule.samples.cells import DAYS
from safeschedule.samples.session_types import CRISIS_TYPES, TYPES, Sample


@dataclass(frozen=True)
class Assumptions:
    """The figures behind a generated week; shares are fractions of 1, times are minutes.

    The comment beside each field says where its figure comes from.
    """

    demand: float = 1.08  # sessions asked for over sessions that fit; assumption
    rulebook: Rulebook = field(default_factory=lambda: PRESETS["community"])  # assumption

    # The team.
    fte: tuple[float, ...] = (1.0, 0.8, 0.6)  # assumption
    fte_shares: tuple[float, ...] = (0.65, 0.2, 0.15)  # assumption
    team_size: int = 12  # clinicians who share a meeting; B: 9.6 FTE on average
    supervisees: int = 7  # one supervisor for so many clinicians; assumption
    supervisor_sessions: int = 16  # weekly limit of a supervisor at full time; assumption
    new_in_post: float = 0.1  # assumption
    new_sessions: int = 18  # weekly limit at full time of a clinician new in post; assumption
    shift_starts: tuple[int, ...] = (480, 540, 600)  # assumption
    shift_shares: tuple[float, ...] = (0.2, 0.6, 0.2)  # assumption
    shift_minutes: int = 480  # a full day on the rota; assumption
    short_days: float = 0.35  # part-timers on five shorter days rather than fewer full ones; assumption
    split_day: float = 0.25  # clinicians whose rota leaves lunch out; assumption
    contracted: float = 0.15  # clinicians whose contract says less than the rota; assumption
    clinician_preference: float = 0.15  # clinicians who prefer one half of the day; assumption
    telehealth: float = 0.95  # clinicians who also work by telehealth; assumption
    leave_week: float = 0.02  # clinicians away all week; with the next, 5 % of clinician-days; assumption
    leave_days: float = 0.12  # clinicians away for a day or two, or half a day; assumption
    meeting_minutes: int = 60  # B: team meeting of 60 to 90
    site_size: int = 25  # clinicians at one site; assumption
    second_site: float = 0.15  # clinicians who spend one day elsewhere, where there are sites; assumption
    rooms: float = 0.75  # rooms for each clinician; assumption: 0.6 to 0.9
    emdr: float = 0.25  # psychologists and therapists trained in EMDR; assumption
    child: float = 0.3  # clinicians qualified for children; assumption
    spanish: float = 0.2  # assumption
    sign_language: float = 0.06  # assumption

    # The caseload.
    caseload: float = 28.0  # clients for each FTE; B
    caseload_sd: float = 6.0  # B
    caseload_range: tuple[int, int] = (12, 45)  # B
    supervisor_caseload: float = 0.6  # of a colleague's; assumption
    new_caseload: float = 0.7  # of a colleague's; assumption
    band_shares: tuple[float, ...] = (
        0.40,
        0.41,
        0.16,
        0.03,
    )  # after A: low only 39.9 %, both 38.9, high only 16.7
    coordination: float = 0.12  # clients with this flag; assumption
    safety_planning: tuple[float, ...] = (0.0, 0.03, 0.25, 0.6)  # by band; assumption
    crisis_risk: tuple[float, ...] = (0.01, 0.04, 0.2, 0.6)  # by band; assumption
    volatile: tuple[float, ...] = (0.01, 0.03, 0.12, 0.4)  # by band; assumption
    child_clients: float = 0.3  # of the clients of those qualified for children; assumption
    language_clients: float = 0.15  # of the clients of those who speak the language; assumption
    any_time: float = 0.5  # clients free at any time; assumption
    one_half: float = 0.25  # clients free in one half of the day only; assumption
    scattered: float = 0.4  # half-days on which all other clients are free; assumption
    client_preference: float = 0.2  # clients who prefer one half of the day; assumption
    late_reviews: float = 0.08  # reviews that are overdue, by up to two weeks; assumption
    contact_types: tuple[str, ...] = (
        "guided_self_help_30",
        "cbt_45",
        "cbt_60",
        "high_risk_60",
    )  # by which each band asks for contact; assumption
    review_type: str = "review_45"  # by which bands ask for review; assumption
    escalation: tuple[tuple[str, ...], ...] = (
        ("crisis_risk", "volatile", "safety_planning"),
        ("crisis_risk", "volatile"),
        (),
        (),
    )  # flags, by band, that ask for the next band; AB names the rule, the flags are an assumption

    # The week's work.
    visits: tuple[float, ...] = (0.76, 0.19, 0.05)  # clients with 1, 2, 3 sessions; A: 56-73, 18-20, 3-14 %
    intakes: float = 2.0  # new clients for each FTE and week; assumption: 1 to 3
    crisis: float = 0.04  # sessions that are crisis work; assumption: 2 to 8 %
    medication: float = 0.05  # sessions that are medication reviews, where somebody prescribes; assumption
    trauma: float = 0.06  # sessions of EMDR-trained clinicians that are EMDR; after A: 2.2 % of all contacts
    elsewhere: float = 0.01  # sessions with a skill that the own clinician lacks; assumption
    court: float = 0.015  # sessions that are court-related; assumption
    high_intensity: tuple[float, ...] = (
        0.02,
        0.08,
        0.3,
        0.5,
    )  # therapy that is high intensity, by band; assumption
    in_person: float = 0.45  # requests in person only; with half of `either`, 60 % in person; assumption
    either: float = 0.3  # requests for which both will do; assumption
    standing: float = 0.6  # routine sessions with last week's time; assumption
    waiting_days: float = 28.0  # mean wait of a new client; A: 81 % are treated within 28 days
    urgent_intakes: float = 0.1  # intakes due within a day or two; assumption
    cover_requests: float = (
        2.0  # urgent sessions of a colleague away all week that the cover takes; assumption
    )
    groups: float = 0.0  # group programmes for each clinician; assumption
    group_slots: float = 0.5  # groups with a time of their own; assumption
    split_sites: float = 0.0  # clinicians who work at two sites on one day; assumption
    long_leave: float = 0.0  # clinicians back from, and clinicians about to go on, a week or two; assumption
    incidents: float = 0.0  # critical incidents in the days before, for each clinician; assumption
    session_minutes: float = 54.0  # mean length, to reckon what fits; follows from the types; assumption
    filled: float = 0.92  # part of the open minutes that sessions can fill on a grid; assumption
    types: tuple[Sample, ...] = TYPES  # what is asked for

    # When the team works.
    days: int = DAYS  # dates of the week that are worked
    shift_weeks: tuple[
        str, ...
    ] = ()  # weeks of shifts that all but the supervisors work in turn; none: office hours
    evening: int = 18 * 60  # until when clients come; assumption
    tracks: float = 0.0  # tracks of an intensive programme for each clinician; assumption

    # What is drawn where it is asked for by name (`FEATURES`).
    late_shifts: float = 0.0  # clinicians with a late shift or two
    nights: float = 0.0  # clinicians who work nights, at least one
    telehealth_days: float = 0.0  # clinicians who work from elsewhere, by telehealth alone, on one day
    couples: float = 0.0  # couples for each clinician
    families: float = 0.0  # families for each clinician
    co_therapy: float = 0.0  # clients seen by two clinicians, for each clinician
    fortnights: float = 0.0  # standing appointments that come every other week, or rarer
    closures: int = 0  # dates of the week on which the service is closed
    courses: float = 0.0  # requests of several sessions that are courses


AROUND_THE_CLOCK = ("EEELL--", "LL-EEE-", "NN--D-L", "D-NN--E", "EL--NN-", "L-L--LN")
"""Weeks of early, day, late and night shifts. Six clinicians hold each shift; all meet a supervisor."""

_COMMUNITY = Assumptions()

PROFILES: Mapping[str, Assumptions] = MappingProxyType(
    {
        "community": _COMMUNITY,
        "over_demand": replace(_COMMUNITY, demand=1.35),
        "under_demand": replace(_COMMUNITY, demand=0.75),
        "part_time": replace(_COMMUNITY, fte_shares=(0.2, 0.35, 0.45)),
        "scarce_skills": replace(
            _COMMUNITY,
            emdr=0.1,
            child=0.1,
            spanish=0.06,
            sign_language=0.02,
            elsewhere=0.1,
            medication=0.09,
        ),
        "few_rooms": replace(_COMMUNITY, rooms=0.35, in_person=0.6, either=0.2),
        "programmes": replace(
            _COMMUNITY, groups=0.2, site_size=12, split_sites=0.15, long_leave=0.06, incidents=0.05
        ),
        "restricted_clients": replace(_COMMUNITY, any_time=0.1, one_half=0.3),
        "trauma": replace(
            _COMMUNITY,
            rulebook=PRESETS["trauma"],
            caseload=15.0,  # B: intensive teams 10 to 15 for each FTE
            caseload_sd=3.0,
            caseload_range=(8, 24),
            band_shares=(0.1, 0.4, 0.4, 0.1),
            emdr=0.7,
            trauma=0.35,
            visits=(0.55, 0.35, 0.1),
        ),
        "training": replace(
            _COMMUNITY,
            rulebook=PRESETS["training"],
            new_in_post=0.6,
            new_sessions=12,
            supervisees=3,
            caseload=14.0,
            caseload_sd=3.0,
            caseload_range=(6, 20),
            band_shares=(0.45, 0.4, 0.13, 0.02),
            intakes=1.0,
            rooms=1.0,
        ),
        "crisis": replace(
            _COMMUNITY,
            rulebook=PRESETS["crisis"],
            demand=0.95,
            days=7,
            shift_weeks=AROUND_THE_CLOCK,
            evening=21 * 60,
            types=CRISIS_TYPES,
            contact_types=("check_in_30", "home_visit_45", "home_visit_45", "home_visit_45"),
            caseload=6.0,
            caseload_sd=1.0,
            caseload_range=(3, 8),
            band_shares=(0.05, 0.25, 0.45, 0.25),
            visits=(0.25, 0.3, 0.25, 0.2),  # after B: home treatment comes up to daily
            intakes=1.0,
            crisis=0.15,
            medication=0.08,
            trauma=0.0,
            elsewhere=0.0,
            standing=0.0,
            any_time=0.85,
            one_half=0.1,
            in_person=0.6,
            either=0.1,
            rooms=0.4,
        ),
        "iop": replace(
            _COMMUNITY,
            rulebook=PRESETS["iop"],
            demand=0.4,  # beside the tracks
            tracks=0.25,
            caseload=12.0,
            caseload_sd=2.0,
            caseload_range=(8, 16),
            band_shares=(0.05, 0.4, 0.45, 0.1),
            intakes=1.0,
        ),
        "solo": replace(
            _COMMUNITY,
            rulebook=PRESETS["solo"],
            caseload=22.0,
            caseload_sd=3.0,
            caseload_range=(12, 30),
            intakes=1.0,
            emdr=1.0,
            supervisor_caseload=1.0,
            supervisor_sessions=25,
            leave_week=0.0,
        ),
    }
)
"""Kinds of teams and of difficulty; what differs from ``community`` is an assumption if no letter stands."""
