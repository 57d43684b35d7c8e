"""The sum: from assumptions and rules to what can be sustained, and to what an expectation costs."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_UP, Decimal
from functools import cached_property

from safeschedule.arguments import Arguments
from safeschedule.caseload.capacity.answers import SustainableCapacity
from safeschedule.caseload.capacity.assumptions import CapacityAssumptions
from safeschedule.caseload.capacity.demands import Demands
from safeschedule.caseload.capacity.expecting import broken_limits, expectation
from safeschedule.caseload.capacity.sheet import FILE, YEAR, SumSheet
from safeschedule.caseload.capacity.weeks import FILLED, ClinicianWeek, largest_caseload, team_weeks
from safeschedule.problem import PRESETS, Rulebook


def capacity_of(assumptions: CapacityAssumptions, rulebook: Rulebook | None = None) -> SustainableCapacity:
    """Return what can be sustained under the rules, with every line of the sum (TC: explicit assumptions).

    A week is reckoned by whole days: sessions, documentation, breaks, pauses, recovery and each protected
    block lie whole on some day of the rota. The most sessions that fit so, under the limits of sessions,
    high intensity and caseload, are sustainable. The other way round, an expected number of sessions a day
    is added up with everything that the rules ask for, and what is more than the paid hours is unpaid.

    Parameters
    ----------
    assumptions
        What is assumed of the work.
    rulebook
        The rules, such as those of a problem; ``None``: those of the preset that the assumptions name.

    Raises
    ------
    ArgumentError
        An argument is something else.

    Examples
    --------
    >>> from safeschedule import CapacityAssumptions, capacity_of
    >>> found = capacity_of(CapacityAssumptions(sessions_a_day=8))
    >>> found.sessions, found.binding, found.unpaid_hours > 0
    (Decimal('19.00'), 'caseload_cap', True)
    """
    looked = Arguments("capacity_of")
    looked.kind("assumptions", assumptions, CapacityAssumptions, "CapacityAssumptions")
    looked.kind("rulebook", rulebook, (Rulebook, type(None)), "a Rulebook, or None").done()
    return _Sum(assumptions, rulebook or PRESETS[assumptions.preset]).capacity()


class _Sum:
    """One reckoning, whose lines are written as it goes."""

    def __init__(self, given: CapacityAssumptions, book: Rulebook) -> None:
        self.given, self.demands = given, Demands(given, book)
        self.sheet = SumSheet()

    @cached_property
    def weeks(self) -> list[ClinicianWeek]:
        """The weeks of the team, all at full time."""
        return team_weeks(self.demands, [1.0] * self.given.clinicians)

    @cached_property
    def first(self) -> ClinicianWeek:
        """The week that most of the team have."""
        counted = Counter((week.packed, week.slots) for week in self.weeks)
        most = counted.most_common(1)[0][0]
        return next(week for week in self.weeks if (week.packed, week.slots) == most)

    def capacity(self) -> SustainableCapacity:
        """Return the sum."""
        self._day()
        self._blocks()
        sessions = self._week()
        over_year, attended = self._year(sessions)
        clients, points = self._caseload(over_year)
        fte = self._demand(over_year, clients)
        unpaid, unpaid_year = expectation(self.sheet, self.demands, self._there)
        return SustainableCapacity(
            lines=tuple(self.sheet.lines),
            binding=self._binding(),
            sessions=sessions,
            sessions_over_year=over_year,
            attended=attended,
            clients=clients,
            points=points,
            pattern=self.first.packed.sessions,
            fte_needed=fte,
            expected=self.given.sessions_a_day * self.given.days,
            unpaid_hours=unpaid,
            unpaid_hours_over_year=unpaid_year,
            broken=tuple(broken_limits(self.demands)),
        )

    def _binding(self) -> str:
        return Counter(week.binding for week in self.weeks).most_common(1)[0][0]

    def _day(self) -> None:
        given, demands = self.given, self.demands
        paid = self.sheet.line(
            "paid_day",
            "Paid time of a day",
            "hours for each FTE, over days",
            demands.paid,
            "minutes",
            FILE,
            hours=given.hours_per_fte,
            days=given.days,
        )
        meal = self.sheet.line(
            "meal",
            "Meal breaks of a day",
            "one for each stretch that the day is too long for",
            demands.meal,
            "minutes",
            "rule breaks (TC)",
        )
        self.sheet.line(
            "rota",
            "Day on the rota",
            "paid time and meal breaks, on a grid of 15 minutes",
            demands.rota,
            "minutes",
            "the two lines above",
            paid=paid,
            meal=meal,
        )
        least = demands.minutes("documentation")
        self.sheet.line(
            "documentation",
            "Documentation blocks of a day",
            "one for each half-day with sessions",
            2 * least,
            "minutes",
            "rule documentation (TC)",
            each=least,
        )
        self.sheet.line(
            "notes",
            "Documentation of a session beyond them",
            "minutes to document a session, less the blocks over the expected sessions",
            demands.notes,
            "minutes",
            FILE,
            minutes=given.documentation_minutes,
            sessions=given.sessions_a_day,
        )
        self.sheet.line(
            "recovery",
            "Recovery after trauma processing",
            "for that share of the sessions",
            demands.recovery,
            "minutes",
            "rule recovery_buffer (TC)",
            share=given.trauma_share,
        )
        dates = demands.slots(given.clinicians)
        self.sheet.line(
            "urgent_slots",
            "Urgent slots of the team on a date",
            "one for so many clinicians",
            dates,
            "slots",
            "rules urgent_slots and crisis_reset (TC)",
            clinicians=given.clinicians,
            minutes_with_reset=demands.slot,
        )
        most = max(self.first.packed.sessions, default=0)
        self.sheet.line(
            "day",
            "Minutes of the fullest day",
            "sessions, documentation, pauses and meal breaks",
            demands.day(most),
            "minutes",
            "the lines above",
            sessions=most,
            session=given.session_minutes,
        )

    def _blocks(self) -> None:
        rules = {"meetings": FILE, "coordination": "rule coordination (TC, IG)"}
        if self.given.coordination_minutes is not None:
            rules["coordination"] = FILE
        if self.given.consultation_minutes is not None:
            rules["consultation"] = FILE
        for name, minutes in self.demands.blocks(self.first.clients).items():
            source = rules.get(name, f"rule {name} (TC)")
            title = f"{name.replace('_', ' ').capitalize()} of a week"
            self.sheet.line(name, title, "a whole block, or several, on the grid", minutes, "minutes", source)

    def _week(self) -> Decimal:
        given, week = self.given, self.first
        words = {
            "time": (
                "Sessions that the days hold",
                f"as many as fit beside everything above, each whole; {FILLED} of them, as in planned weeks",
            ),
            "session_limits": ("Limit of sessions", "that of the week or of its days, less urgent slots"),
            "caseload_cap": (
                "Sessions that the cap of points leaves",
                "cap over points of a client, over weeks between sessions, and intakes",
            ),
            "high_acuity_cap": (
                "Sessions that the high-acuity cap leaves",
                "cap over the share of such clients, over weeks between sessions, and intakes",
            ),
            "daily_intensity": (
                "Sessions that the limits of high intensity leave",
                "the fewer of a day's and of five days', less urgent slots, over the share",
            ),
        }
        for name, most in week.limits.items():
            title, formula = words[name]
            source = "the lines above" if name == "time" else f"rule {name} (TC)"
            self.sheet.line(name, title, formula, most, "sessions", source)
        total = sum(each.sessions for each in self.weeks)
        return self.sheet.line(
            "sessions",
            "Sustainable sessions of a week at work",
            "the least of these, on average over the team",
            total / len(self.weeks),
            "sessions",
            "the lines above",
            team=total,
            clinicians=given.clinicians,
        )

    def _year(self, sessions: Decimal) -> tuple[Decimal, Decimal]:
        given, days = self.given, YEAR * self.given.days
        there = max(0.0, (days - given.leave_days - given.training_days) / days) * (1 - float(given.sickness))
        share = self.sheet.line(
            "there",
            "Share of the year at work",
            "days less leave and training, less sickness",
            there,
            "",
            FILE,
            days=days,
            leave=given.leave_days,
            training=given.training_days,
            sickness=given.sickness,
        )
        self._there = there
        over_year = self.sheet.line(
            "over_year",
            "Sessions of a week, on average over the year",
            "sustainable sessions times that share",
            float(sessions) * there,
            "sessions",
            "the lines above",
            sessions=sessions,
            share=share,
        )
        attended = self.sheet.line(
            "attended",
            "Of these attended",
            "less no-shows",
            float(over_year) * (1 - float(given.no_show)),
            "sessions",
            FILE,
            no_show=given.no_show,
        )
        return over_year, attended

    def _caseload(self, over_year: Decimal) -> tuple[Decimal, Decimal]:
        given = self.given
        caps = largest_caseload(self.demands, 1.0)
        seen = max(0.0, float(over_year) - given.intakes_a_week * self._there) * given.weeks_between_sessions
        clients = self.sheet.line(
            "clients",
            "Clients on a caseload",
            "sessions less intakes, times weeks between them; at most the caps",
            min([seen, *caps.values()]),
            "clients",
            "the lines above",
            by_sessions=seen,
            **{f"by_{rule}": most for rule, most in caps.items()},
        )
        weight = self.demands.points()
        points = self.sheet.line(
            "points",
            "Points on a caseload",
            "clients times points of one on average",
            float(clients) * weight,
            "points",
            "rule caseload_cap (TC)",
            points_of_one=weight,
        )
        return clients, points

    def _demand(self, over_year: Decimal, clients: Decimal) -> Decimal | None:
        needs = []
        for name, demand, each in (
            ("sessions", self.given.demand_sessions, over_year),
            ("clients", self.given.demand_clients, clients),
        ):
            if demand is not None and each:
                fte = (demand / each).quantize(Decimal("0.01"), ROUND_UP)
                title, formula = (
                    f"FTE for the demand of {name}",
                    f"demand over {name} of one FTE over the year",
                )
                self.sheet.line(f"fte_{name}", title, formula, fte, "FTE", FILE, demand=demand, each=each)
                needs.append(fte)
        return max(needs) if needs else None
