"""The caseload from week to week of a roll: what is known, decided and reviewed, and who comes to whom."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from safeschedule.caseload import BandChange, BandProposal
from safeschedule.caseload.panels import Panel, PanelState, panel_status
from safeschedule.caseload.panels.expected import ExpectedChanges, ExpectedReferral
from safeschedule.caseload.waitlist import WaitlistRules
from safeschedule.caseload.waitlist.targets import target_of
from safeschedule.caseload.waitlist.triage import Triage, classes_of
from safeschedule.ledger import LedgerView, OverrideInForce, ledger_view, overrides_in_force
from safeschedule.problem import Client, Problem
from safeschedule.rolling.banding import review_bands
from safeschedule.rolling.caseload import RollCaseload
from safeschedule.rolling.caseload_figures import CaseloadRow
from safeschedule.rolling.caseload_week import CaseloadWeek, TakenClient
from safeschedule.rolling.decided import with_decisions
from safeschedule.rolling.intakes import Allocated, Intakes, Routed
from safeschedule.rolling.known import known_week
from safeschedule.rolling.recording import planned_actuals, statements_of
from safeschedule.schedule import Schedule

WEEK = timedelta(weeks=1)


@dataclass
class CaseloadCourse:
    """Where the caseload of a roll stands.

    Parameters
    ----------
    given
        What the roll goes by.
    first
        The first date of the first week.
    """

    given: RollCaseload
    first: date
    intakes: Intakes = field(default_factory=Intakes)
    referred: tuple[str, ...] = ()
    discharged: tuple[str, ...] = ()
    bands: tuple[BandChange, ...] = ()
    proposed: tuple[BandProposal, ...] = ()

    @property
    def expected(self) -> ExpectedChanges:
        """Who comes and who goes."""
        return self.given.expected or ExpectedChanges()

    def begin(self, problem: Problem) -> Problem:
        """Return a week with what is known of it, what was decided, and bands that are taken as confirmed."""
        known = known_week(problem, self.expected)
        self.referred, self.discharged = known.referred, known.discharged
        made = known.problem
        if made.week_start > self.first:
            made = with_decisions(made, self.given.ledger)
        scored = self.given.scored if made.week_start == self.first else ()
        review = review_bands(made, scored, self.given.bands)
        self.bands, self.proposed = review.changed, review.proposed
        return review.problem

    def view(self, on: date) -> LedgerView | None:
        """Return what the ledger says on a date; ``None``: there is no ledger."""
        return ledger_view(self.given.ledger, on) if self.given.ledger else None

    def overrides(self, on: date) -> tuple[OverrideInForce, ...]:
        """Return the overrides in force on a date."""
        return overrides_in_force(self.given.ledger, on)

    def triage(self, problem: Problem) -> Triage:
        """Return the classes of a week's clients, as they are asked for now."""
        return Triage(problem, classes_of(problem, self.given.rules or WaitlistRules()))

    def allocate(self, full: Problem) -> Allocated:
        """Return the week as it is to be planned."""
        if not self.given.waitlist:
            return Allocated(full, full, None)
        return self.intakes.allocate(full, self.triage(full), self.view(full.week_start))

    def route(self, week: Allocated, schedule: Schedule, stop: threading.Event) -> Routed:
        """Route into a planned week whom it has left out, and who is urgent and comes in it."""
        monday = week.full.week_start
        coming = [each for each in self.expected.referrals if monday < each.on < monday + WEEK]
        triage = self.triage(_with_coming(week.full, coming))
        return self.intakes.route(week, schedule, triage, coming, self.view(monday), stop)

    def end(
        self, number: int, week: Allocated, problem: Problem, schedule: Schedule, after: Problem
    ) -> CaseloadWeek:
        """Return the caseload of a week.

        Parameters
        ----------
        number
            From 1.
        week
            As it was to be planned.
        problem, schedule
            As it is planned.
        after
            The week after it.
        """
        triage = self.triage(problem)
        taken = tuple(self._taken(week.asked, problem, schedule, after, triage))
        view, monday = self.view(problem.week_start), problem.week_start
        panel = panel_status(problem, schedule, ledger=view)
        names = [each.id for each in triage.classes]
        classes = {code: names[place] for code, place in self.intakes.numbers.items()}
        return CaseloadWeek(
            row=self._row(week, panel, taken, after, triage, view),
            taken=taken,
            held_back=() if week.allocation is None else week.allocation.waiting,
            discharged=self.discharged,
            bands=self.bands,
            proposed=self.proposed,
            panel=panel,
            overrides=self.overrides(monday),
            actuals=planned_actuals(problem, taken, self.expected, classes),
            decisions=tuple(statements_of(number, problem, schedule, taken, self.bands)),
        )

    def _taken(
        self, asked: Problem, problem: Problem, schedule: Schedule, after: Problem, triage: Triage
    ) -> Iterator[TakenClient]:
        """Yield who has joined a caseload by a session of the week, in the order of dates."""
        first: dict[str, date] = {}
        for held in sorted(schedule.appointments, key=lambda held: held.start):
            if held.group is None:
                for code in held.clients:
                    first.setdefault(code, held.start.date())
        planned, owners = set(asked.requests), after.by_code.clients
        later = {each.client for each in problem.requests if each not in planned}
        new = [c for c in problem.clients if c.clinician is None and c.id in first and c.id in owners]
        for client in sorted(new, key=lambda client: (first[client.id], client.id)):
            on, since = first[client.id], client.waiting_since
            due = self._target(client, triage, problem)
            yield TakenClient(
                client=client.id,
                clinician=owners[client.id].clinician or "",
                triage=triage.classes[self.intakes.number(triage, client)].id,
                first_on=on,
                waited=None if since is None else (on - since).days,
                in_time=None if due is None else on <= due,
                routed_later=client.id in later,
            )

    def _target(self, client: Client, triage: Triage, problem: Problem) -> date | None:
        """Return by when a client is to be seen; ``None``: since when the client waits is not known."""
        if client.waiting_since is None:
            return None
        days = triage.classes[self.intakes.number(triage, client)].target_days
        return target_of(client.waiting_since, days, sorted(problem.closed_dates))

    def _row(
        self,
        week: Allocated,
        panel: Panel,
        taken: Sequence[TakenClient],
        after: Problem,
        triage: Triage,
        view: LedgerView | None,
    ) -> CaseloadRow:
        waiting = [client for client in after.clients if client.clinician is None]
        classes = Counter(triage.classes[self.intakes.number(triage, each)].id for each in waiting)
        targets = [self._target(each, triage, after) for each in waiting]
        since = [each.waiting_since for each in waiting if each.waiting_since is not None]
        waits = [each.waited for each in taken if each.waited is not None]
        monday, team = week.full.week_start, panel.teams[0]
        before = {override.entry for override in self.overrides(monday - WEEK)}
        in_force = {override.entry for override in self.overrides(monday)}
        new = sum(each.routed_later and each.client not in week.full.by_code.clients for each in taken)
        return CaseloadRow(
            referred=len(self.referred) + new,
            discharged=len(self.discharged),
            taken=len(taken),
            routed_later=sum(each.routed_later for each in taken),
            waited=sum(waits),
            dated=len(waits),
            waited_most=max(waits, default=None),
            in_time=sum(each.in_time is True for each in taken),
            with_target=sum(each.in_time is not None for each in taken),
            waiting={each.id: classes[each.id] for each in triage.classes},
            over_target=sum(due is not None and due < after.week_start for due in targets),
            longest=max(((after.week_start - day).days for day in since), default=None),
            held_back=_held_back(week),
            clients=team.row.clients,
            points=team.row.points,
            cap=team.row.cap,
            panels={state: team.states.get(state, 0) for state in PanelState},
            high_acuity_share=team.concentration.on_most_loaded,
            bands_changed=len(self.bands),
            bands_proposed=len(self.proposed),
            overrides=len(in_force),
            overrides_ended=len(before - in_force),
            restricted=len(panel.restricted),
            exceptions_overdue=sum(each.overdue for each in panel.exceptions),
            unreported=None if view is None else len(panel.unreported),
        )


def _with_coming(problem: Problem, coming: Sequence[ExpectedReferral]) -> Problem:
    """Return a problem with clients and requests who come in its week, for their triage."""
    requests = (each.request for each in coming if each.request is not None)
    return problem.model_copy(
        update={
            "clients": (*problem.clients, *(each.client for each in coming)),
            "requests": (*problem.requests, *requests),
        }
    )


def _held_back(week: Allocated) -> dict[str, int]:
    """Return how many clients each rule kept from every clinician."""
    found = Counter[str]()
    for each in () if week.allocation is None else week.allocation.waiting:
        found.update({rule for refusal in each.refusals for rule in refusal.rules})
    return dict(sorted(found.items()))
