"""The stress test of a week: urgent cases and absent clinicians, picked by an adversary."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import comb

from safeschedule.arguments import Arguments
from safeschedule.caseload import attendance_of
from safeschedule.errors import DisagreementError, Fault, InputError
from safeschedule.problem import BlockKind, Problem, require_sound
from safeschedule.problem.clock import minutes_after
from safeschedule.problem.fixed import BUFFERS
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.stressing.adversary import Absent, Adversary, HalfDayVerdict, can_take
from safeschedule.stressing.amending import check_able, worst_case
from safeschedule.stressing.diaries import EFFORT, Diaries, UrgentCapacity
from safeschedule.stressing.obstacles import obstacles
from safeschedule.stressing.outcome import HalfDay, Method, Stress, Verdict
from safeschedule.stressing.rooms import RoomDemand
from safeschedule.stressing.telling import sentences, together
from safeschedule.stressing.urgent import Arrival, Urgent, Within, arrivals, half_end, urgent_of
from safeschedule.stressing.worst import WorstCase
from safeschedule.workspace import Workspace

MOST_URGENT = 20
STOPPED_EFFORT = 2.0
"""Deterministic limit of the worst case's model after a stop."""
MOST_NODES = 500
"""Sets of absences that are looked at by themselves in each half-day; more are left to chance."""


def stress(
    problem: Problem,
    schedule: Schedule,
    urgent: int = 1,
    sick: int = 0,
    *,
    per_slot: bool = False,
    session_type: str | None = None,
    skills: Sequence[str] = (),
    telehealth: bool = False,
    within: Within | str = Within.HALF_DAY,
    time_limit: float | None = 60.0,
    seed: int = 0,
    stop: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> Stress:
    """Prove or refute that any urgent cases still fit into a week, whoever is absent.

    An adversary picks a half-day and up to `sick` clinicians, who are absent all that date. At the
    beginning of the half-day `urgent` cases come, all at once. Each is a client whom nobody knows, and has
    to be seen by somebody who is there and has the skills: the session starts before the half-day ends.
    Those who are there keep every booked session and every block of the team. They may use free time and
    the urgent slots held open, and move their own documentation, breaks, reserve and resets of that date
    that have not begun. Every hard rule holds for them as before, but that slots are held open: cases are
    what slots are for.

    What an absence alone makes impossible is not the cases' fault. The absent clinicians' sessions fall out
    and are listed, and so are the rules broken by that alone (a consultation without its supervisor). Time
    of their colleagues that becomes free by it is not used, because what fell out is still due; the rooms
    of sessions that nobody else gives are.

    Parameters
    ----------
    problem, schedule
        A week and its schedule, which keeps every hard rule.
    urgent
        Cases, 1 to 20.
    sick
        The most clinicians who are absent, 0 or more.
    per_slot
        As many cases come in each half-day as urgent slots start in it, instead of `urgent`; half-days
        without a slot are left out. With nobody absent, people and rooms are there for them in every week
        that keeps the rules.
    session_type, skills
        What each case needs; by itself the longest of the problem's crisis types, or, without any, a
        session as long as the rulebook's urgent slots that needs no room. Its rules hold as for any session.
    telehealth
        Whether a case may be seen by telehealth.
    within
        ``half-day`` (about four hours), or ``day``: by the end of the date.
    time_limit
        Wall-clock seconds; ``None``: none. The last question and the worst case may take longer.
    seed
        Of the solver.
    stop
        When set, what is known so far is returned soon.
    on_progress
        Called with the half-day that is looked at.

    Returns
    -------
    Stress
        With the worst case found, as a schedule that the verifier has looked at.

    Raises
    ------
    InputError
        The problem has faults, the schedule breaks a hard rule, or a parameter cannot be meant.
    DisagreementError
        Model and verifier disagree; nothing is returned then.

    Examples
    --------
    >>> from safeschedule import stress
    >>> found = stress(problem, schedule, urgent=1, sick=0, time_limit=None)
    >>> found.urgent, found.looked_at == found.picks
    (1, True)
    """
    given = Arguments("stress").week(problem, schedule)
    given.whole("urgent", urgent, 1, MOST_URGENT).whole("sick", sick).flag("per_slot", per_slot)
    given.text("session_type", session_type, needed=False).sequence("skills", skills, str, "skills")
    given.flag("telehealth", telehealth).choice("within", within, Within)
    given.search(time_limit, None, seed, on_progress, stop).done()
    budget = Budget(time_limit, None, stop or threading.Event())
    require_sound(problem)
    _require_sensible(urgent, sick, within)
    Workspace(problem, schedule).require_compliant(_off_grid(problem, schedule))
    asked = urgent_of(problem, session_type, skills, telehealth=telehealth, within=Within(within))
    with Heartbeat("stress", on_progress) as tell:
        if not per_slot:
            halves = arrivals(problem, asked.within)
            return _Test(problem, schedule, asked, (urgent, sick), halves, seed, budget, tell).run()
        parts = [
            _Test(problem, schedule, asked, (count, sick), halves, seed, budget, tell).run()
            for count, halves in sorted(_by_slots(problem, schedule, asked.within).items())
        ]
    return together(parts, asked, sick, budget)


def _by_slots(problem: Problem, schedule: Schedule, within: Within) -> dict[int, list[Arrival]]:
    """Return the half-days in which urgent slots start, by how many do."""
    starts = [
        minutes_after(problem.week_start, block.start)
        for block in schedule.blocks
        if block.kind is BlockKind.URGENT_SLOT
    ]
    found: dict[int, list[Arrival]] = {}
    for arrival in arrivals(problem, within):
        end = half_end(problem, arrival)
        count = sum(arrival.begin <= start < end for start in starts)
        if count:
            found.setdefault(min(count, MOST_URGENT), []).append(arrival)
    return found


class _Test:
    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        asked: Urgent,
        numbers: tuple[int, int],
        halves: Sequence[Arrival],
        seed: int,
        budget: Budget,
        on_progress: OnProgress,
    ) -> None:
        self.problem, self.schedule, self.asked = problem, schedule, asked
        self.urgent, self.sick = numbers
        self.budget, self.on_progress = budget, on_progress
        self.diaries = Diaries(problem, schedule, asked, halves, self.urgent, seed)
        self.people = {a: self.diaries.at_work(a) for a in halves if self.diaries.at_work(a)}
        self.untested = [a for a in halves if a not in self.people and self.diaries.planned(a)]
        rows = self.diaries.rows
        used = rows.is_appointment & (self.diaries.chosen | (rows.request >= len(problem.requests)))
        self.rooms = RoomDemand(self.diaries.index, rows, used)
        self.attends = attendance_of(problem)

    def run(self) -> Stress:
        found: dict[Arrival, HalfDayVerdict] = {}
        abilities: dict[Arrival, Mapping[int, UrgentCapacity]] = {}
        for number, (arrival, people) in enumerate(self.people.items()):
            self._tell(f"half-day {number + 1}/{len(self.people)}")
            able = can_take(self.diaries, arrival, people, self.budget)
            if able is None:
                break
            check_able(self.problem, self.schedule, self.asked, self.diaries, arrival, able)
            adversary = Adversary(self.diaries, self.rooms, arrival, able, self.sick, self.budget, MOST_NODES)
            found[arrival], abilities[arrival] = adversary.decide(), able
        self._tell("worst case")
        worst = self._worst(found, abilities)
        half_days = tuple(self._half_day(arrival, found.get(arrival)) for arrival in self.people)
        return self._outcome(half_days, worst)

    def _tell(self, phase: str) -> None:
        self.on_progress(Progress(phase, self.budget.elapsed))

    def _half_day(self, arrival: Arrival, finding: HalfDayVerdict | None) -> HalfDay:
        if finding is None:
            at_work = len(self.people[arrival])
            picks = sum(comb(at_work, size) for size in range(min(self.sick, at_work) + 1))
            return HalfDay(
                arrival.day,
                arrival.afternoon,
                Verdict.NOT_REFUTED,
                picks=picks,
                no_shows=self._no_shows(arrival),
            )
        return HalfDay(
            arrival.day,
            arrival.afternoon,
            finding.verdict,
            finding.places,
            finding.left,
            tuple(self.diaries.index.clinicians[c].id for c in sorted(finding.absent)),
            finding.picks,
            finding.looked_at,
            self._no_shows(arrival),
        )

    def _no_shows(self, arrival: Arrival) -> float:
        end = half_end(self.problem, arrival)
        week_start, booked = self.problem.week_start, self.schedule.appointments
        there = (s for s in booked if arrival.begin <= minutes_after(week_start, s.start) < end)
        return round(float(sum(1 - self.attends(session) for session in there)), 2)

    def _worst(
        self, found: dict[Arrival, HalfDayVerdict], abilities: Mapping[Arrival, Mapping[int, UrgentCapacity]]
    ) -> WorstCase | None:
        if not found:
            return None
        arrival = min(
            found,
            key=lambda a: (found[a].verdict is not Verdict.REFUTED, found[a].left, found[a].places, a.half),
        )
        absent = found[arrival].absent
        people = [c for c, answer in abilities[arrival].items() if answer.most and c not in absent]
        answer = self._best(arrival, people, absent)
        if answer is None:
            return None
        if found[arrival].verdict is Verdict.PROVED and answer.least < self.urgent:
            lines = [f"clinicians one by one: {self.urgent} cases fit", f"all together: {answer.least} do"]
            raise DisagreementError(lines)
        worst = worst_case(self.problem, self.schedule, self.asked, self.diaries, arrival, absent, answer)
        if not worst.without_place:
            return worst
        # Where the search ended before this pick, it is refuted only now.
        finding = found[arrival]
        found[arrival] = replace(finding, verdict=Verdict.REFUTED, looked_at=finding.picks)
        # Those who take a case already are not asked why they take no other.
        idle = [c for c, each in abilities[arrival].items() if c not in absent and not each.most]
        return replace(worst, obstacles=obstacles(self.diaries, arrival, idle, self.budget))

    def _best(self, arrival: Arrival, people: Sequence[int], absent: Absent) -> UrgentCapacity | None:
        """Return the most cases that can be taken, moving little else; ``None`` when it is not known."""
        # Whoever stops the test still gets the case that it is about, if it is soon found.
        apart = Budget(None, None, threading.Event())
        effort = STOPPED_EFFORT if self.budget.stop.is_set() else EFFORT
        for gentle in (True, False):
            answer = self.diaries.together(
                arrival, people, sorted(absent), apart, gentle=gentle, effort=effort
            )
            if answer.least in (answer.most, self.urgent):
                return answer
        return None

    def _outcome(self, half_days: tuple[HalfDay, ...], worst: WorstCase | None) -> Stress:
        verdicts = [half.verdict for half in half_days]
        # Where nobody works there is nothing to prove.
        decided = bool(verdicts) and Verdict.NOT_REFUTED not in verdicts
        verdict = Verdict.PROVED if decided else Verdict.NOT_REFUTED
        if Verdict.REFUTED in verdicts:
            verdict = Verdict.REFUTED
        outcome = Stress(
            verdict=verdict,
            method=Method.EXHAUSTION if decided else Method.SEARCH,
            picks=sum(half.picks for half in half_days),
            looked_at=sum(half.looked_at for half in half_days),
            urgent=self.urgent,
            sick=self.sick,
            session_type=self.asked.kind.id,
            minutes=self.asked.kind.minutes,
            within=str(self.asked.within),
            half_days=half_days,
            worst=worst,
            sentences=(),
            seconds=self.budget.elapsed,
            interrupted=self.budget.stop.is_set(),
        )
        return sentences(outcome, made_up=self.asked.made_up, untested=[a.name for a in self.untested])


def _require_sensible(urgent: int, sick: int, within: Within | str) -> None:
    faults = []
    if not 1 <= urgent <= MOST_URGENT:
        faults.append(Fault("out_of_range", "urgent", str(urgent), f"1 to {MOST_URGENT} cases"))
    if sick < 0:
        faults.append(Fault("out_of_range", "sick", str(sick), "0 or more clinicians"))
    if str(within) not in [str(word) for word in Within]:
        faults.append(Fault("unknown_word", "within", str(within)[:80], "half-day or day"))
    if faults:
        raise InputError("stress", faults)


def _off_grid(problem: Problem, schedule: Schedule) -> list[Fault]:
    """Return a fault for each time that is not on the problem's grid."""
    grid = problem.grid
    timed = [(f"appointments[{n}]", a.start, a.minutes) for n, a in enumerate(schedule.appointments)]
    # Preparation and recovery lie beside their session and last as long as asked, on whatever grid.
    timed += [
        (f"blocks[{n}]", b.start, b.minutes) for n, b in enumerate(schedule.blocks) if b.kind not in BUFFERS
    ]
    expected = f"multiples of the grid, {grid} minutes"
    return [
        Fault("off_grid", place, f"{start:%H:%M}, {minutes} minutes", expected)
        for place, start, minutes in timed
        if (start.hour * 60 + start.minute) % grid or minutes % grid
    ]
