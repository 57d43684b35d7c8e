"""One replication: week after week, each planned, lived through, and left behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from safeschedule.actuals import Actuals, Discharge, Referral
from safeschedule.caseload import with_requests_from_bands
from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.caseload.waitlist import WaitlistRules
from safeschedule.caseload.waitlist.triage import Triage, classes_of
from safeschedule.errors import Fault, InputError
from safeschedule.problem import Leave, Problem, Rulebook, require_sound
from safeschedule.rolling import Agenda, next_week
from safeschedule.rolling.intakes import Intakes
from safeschedule.rolling.known import known_week, without_clients
from safeschedule.schedule import Schedule
from safeschedule.simulation.arrivals import Outside
from safeschedule.simulation.counting import Counts, counted
from safeschedule.simulation.planning import Planner, tried
from safeschedule.simulation.policies import Policy
from safeschedule.simulation.unfolding import Unfolded, Unfolding


@dataclass(frozen=True)
class Lived:
    """A week that is over: its counts, and what a service would have recorded of it."""

    counts: Counts
    actuals: Actuals


class PolicyIntakes(Intakes):
    """Intakes in the order that a policy gives."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self.policy = policy

    def order(self, problem: Problem, triage: Triage) -> list[str]:
        """Return who is offered, the first to be taken first; whom a policy makes up is left out."""
        waiting = super().order(problem, triage)
        known = set(waiting)
        return [code for code in dict.fromkeys(self.policy.order(problem, waiting)) if code in known]


class SimulatedCourse:
    """Where a replication stands.

    Parameters
    ----------
    problem
        The first week, under the policy.
    outside
        What comes from outside.
    policy
        What the team does.
    plan
        What plans and verifies a week.
    base
        The rules by which every policy is judged.
    weeks
        How many there are going to be.
    """

    def __init__(
        self, problem: Problem, outside: Outside, policy: Policy, plan: Planner, base: Rulebook, weeks: int
    ) -> None:
        self.problem, self.outside, self.policy, self.plan, self.base = problem, outside, policy, plan, base
        self.agenda, self.intakes = Agenda.of(problem), PolicyIntakes(policy)
        self.sick = {person.id: outside.sick(person.id, weeks) for person in problem.clinicians}
        self.met, self.ends = Counter[str](), dict[str, date]()

    def week(self, number: int) -> Lived:
        """Return the next week as it went, and move on.

        Raises
        ------
        InputError
            No week can be planned, even without the leave that was asked for.
        """
        referrals = self.outside.referrals(number)
        before = self.outside.referrals(number - 1) if number > 1 else ()
        expected = ExpectedChanges.model_construct(
            discharges=(), starts=(), leavers=(), referrals=(*before, *referrals)
        )
        known = known_week(self.problem, expected)
        gone = self._discharged(known.problem, number)
        problem = without_clients(known.problem, [each.client for each in gone])
        problem = self.policy.week(self.outside.with_acuity(problem, number), number)
        self.agenda = self.agenda.taking(problem)
        asked, schedule, refused = self._planned(problem, number)
        went = Unfolding(asked, schedule, self.outside, number, self.sick, self.met).go()
        self._move_on(asked, went)
        counts: Counts = {"week": number, "referred": len(known.referred), "discharged": len(gone)}
        counts |= counted(asked, schedule, went, self.problem, self.base)
        received = tuple(Referral(client=each.client.id, received=each.on) for each in referrals)
        return Lived({**counts, "leave_refused": refused}, went.actuals(asked, received, gone))

    def _discharged(self, problem: Problem, number: int) -> tuple[Discharge, ...]:
        """Return whose treatment is over; whoever joined a caseload in the week before gets an end."""
        monday = problem.week_start
        found = []
        for client in problem.clients:
            if client.clinician is None:
                continue
            if client.id not in self.ends:
                under_way = number == 1
                self.ends[client.id] = monday + self.outside.treatment(client.id, under_way=under_way)
            if self.ends[client.id] <= monday:
                found.append(Discharge(client=client.id, on=monday, clinician=client.clinician))
        return tuple(found)

    def _planned(self, problem: Problem, number: int) -> tuple[Problem, Schedule, int]:
        """Return a week as it was asked for, with leave, and planned; and how many leaves were put off.

        Where a week cannot be planned, supervisors put off their leave first, then everybody.
        """
        wanted = {p.id: leave for p in problem.clinicians if (leave := self.outside.leave(p, number))}
        lead = {person.supervisor for person in problem.clinicians}
        others = {code: leave for code, leave in wanted.items() if code not in lead}
        asked = problem
        for given in (wanted, others, {}):
            asked = self._asked(_with_leave(problem, given))
            found = tried(self.plan, asked)
            if found is not None:
                return asked, found[0], len(wanted) - len(given)
        require_sound(asked)
        told = f"week {number} ({problem.week_start})"
        raise InputError(
            "simulation", [Fault("no_schedule", told, "none found", "a week that can be planned")]
        )

    def _asked(self, problem: Problem) -> Problem:
        """Return a week with contacts that are due, and the clients of the waitlist who are allocated."""
        full = with_requests_from_bands(problem, self.agenda.unmet())
        triage = Triage(full, classes_of(full, WaitlistRules()))
        return self.intakes.allocate(full, triage, None).asked

    def _move_on(self, asked: Problem, went: Unfolded) -> None:
        """Make the next week of what took place; what did not is asked for again, as if it had no place."""
        self.agenda = self.agenda.after(asked, went.held)
        self.problem = next_week(asked, went.held, self.agenda)


def _with_leave(problem: Problem, given: dict[str, Leave]) -> Problem:
    if not given:
        return problem
    codes = [person.id for person in problem.clinicians]
    people = []
    for place, person in enumerate(problem.clinicians):
        leave = given.get(person.id)
        if leave is not None and not any(_meet(leave, own) for own in person.leave):
            cover = person.cover or next(iter(codes[place + 1 :] + codes[:place]), None)
            person = person.model_copy(update={"leave": (*person.leave, leave), "cover": cover})
        people.append(person)
    return problem.model_copy(update={"clinicians": tuple(people)})


def _meet(one: Leave, other: Leave) -> bool:
    return one.start < other.end and other.start < one.end
