"""A plausible week for tests: sessions packed in order, with protected blocks, good enough to look at."""

from __future__ import annotations

from datetime import datetime, timedelta

from safeschedule.problem import (
    AllowedMode,
    BlockKind,
    Client,
    Clinician,
    Intensity,
    Mode,
    Problem,
    Request,
    SessionType,
    WorkingPeriod,
)
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule

DAY = WorkingPeriod(day="mon", start="09:00", end="17:00")


class _Diary:
    """One clinician's week, filled from the left."""

    def __init__(self, problem: Problem, clinician: Clinician) -> None:
        self.problem, self.clinician = problem, clinician
        self.blocks: list[Block] = []
        self.free: list[tuple[datetime, datetime]] = []
        for period in clinician.working:
            day = (period.day.number - problem.week_start.weekday()) % 7 * 1440
            self._period(day + period.start, day + period.end)

    def _period(self, start: int, end: int) -> None:
        """Documentation at the end of each half of the period, a meal break at noon."""
        at = lambda minute: moment_at(self.problem.week_start, minute)  # noqa: E731
        noon = start // 1440 * 1440 + 12 * 60
        for first, last in ((start, min(end, noon)), (max(start, noon + 30), end)):
            if last - first >= 120:
                self.block(BlockKind.DOCUMENTATION, at(last - 30), 30)
                self.free.append((at(first), at(last - 30)))
        if start < noon and noon + 30 < end:
            self.block(BlockKind.BREAK, at(noon), 30)

    def block(self, kind: BlockKind, start: datetime, minutes: int) -> None:
        self.blocks.append(Block(kind=kind, clinicians=(self.clinician.id,), start=start, minutes=minutes))

    def take(self, before: int, minutes: int, after: int) -> datetime | None:
        for number, (start, end) in enumerate(self.free):
            first = start + timedelta(minutes=before)
            last = first + timedelta(minutes=minutes + after)
            if last <= end:
                self.free[number] = (last, end)
                return first
        return None


def packed(problem: Problem) -> Schedule:
    """Return a week that keeps nobody waiting for an optimiser, and not every rule."""
    diaries = {clinician.id: _Diary(problem, clinician) for clinician in problem.clinicians}
    types = {entry.id: entry for entry in problem.session_types}
    clients = {client.id: client for client in problem.clients}
    appointments, left = [], []
    joint = _consultations(problem, diaries)
    for request in problem.requests:
        who = request.clinician or clients[request.client].clinician or problem.clinicians[0].id
        for _ in range(request.count):
            found = _place(request, types[request.session_type], diaries[who])
            if found:
                appointments.append(found)
            else:
                reason = "No time is left with this clinician in the week."
                left.append(LeftOut(request=request.id, rules=("working_hours",), reason=reason))
    blocks = [block for diary in diaries.values() for block in diary.blocks]
    return Schedule(
        problem=problem.name,
        week_start=problem.week_start,
        time_zone=problem.time_zone,
        appointments=tuple(appointments),
        blocks=(*blocks, *joint),
        left_out=tuple({entry.request: entry for entry in left}.values()),
    )


def _consultations(problem: Problem, diaries: dict[str, _Diary]) -> list[Block]:
    """One hour a day from Tuesday on, seven people at most, led by a supervisor among them."""
    found = []
    people = list(problem.clinicians)
    for number in range(0, len(people), 6):
        team = people[number : number + 6]
        lead = next((c for c in team if c.is_supervisor), None)
        if lead is None or len(team) < 2:
            continue
        for part in range(len(diaries[lead.id].free)):
            start = diaries[lead.id].free[part][0]
            going = [
                c
                for c in team
                if any(a == start and b - a >= timedelta(hours=1) for a, b in diaries[c.id].free)
            ]
            if len(going) > 1:
                for c in going:
                    free = diaries[c.id].free
                    at = next(i for i, (a, _) in enumerate(free) if a == start)
                    free[at] = (start + timedelta(hours=1), free[at][1])
                others = tuple(c.id for c in going if c.id != lead.id)
                found.append(
                    Block(
                        kind=BlockKind.CONSULTATION,
                        clinicians=others,
                        start=start,
                        minutes=60,
                        supervisor=lead.id,
                    )
                )
                break
    return found


def _place(request: Request, entry: SessionType, diary: _Diary) -> Appointment | None:
    crisis = 15 if entry.kind == "crisis" else 0
    recovery = 15 if entry.trauma_processing or entry.intensity == Intensity.HIGH else 0
    start = diary.take(crisis, entry.minutes, recovery)
    if start is None:
        return None
    if crisis:
        diary.block(BlockKind.RESET, start - timedelta(minutes=crisis), crisis)
    if recovery:
        diary.block(BlockKind.RECOVERY, start + timedelta(minutes=entry.minutes), recovery)
    remote = request.mode == AllowedMode.TELEHEALTH
    site = request.site or (diary.problem.sites[0].id if diary.problem.sites else None)
    return Appointment(
        request=request.id,
        session_type=request.session_type,
        clients=(request.client,),
        clinicians=(diary.clinician.id,),
        start=start,
        minutes=entry.minutes,
        mode=Mode.TELEHEALTH if remote else Mode.IN_PERSON,
        site=None if remote else site,
    )


def week(
    start: datetime, zone: str = "Europe/London", client: str = "P1", session: str = "Therapy"
) -> tuple[Problem, Schedule]:
    """Return a week of two clinicians with one session of the first and a consultation after it."""
    monday = start.date() - timedelta(days=start.weekday())
    problem = Problem(
        week_start=monday,
        time_zone=zone,
        clinicians=tuple(Clinician(id=code, is_supervisor=True, working=(DAY,)) for code in ("C1", "C2")),
        clients=(Client(id=client),),
        session_types=(SessionType(id=session, minutes=60),),
        requests=(Request(id="R1", client=client, session_type=session),),
    )
    schedule = Schedule(
        week_start=monday,
        time_zone=zone,
        appointments=(
            Appointment(
                request="R1",
                session_type=session,
                clients=(client,),
                clinicians=("C1",),
                start=start,
                minutes=60,
            ),
        ),
        blocks=(
            Block(
                kind=BlockKind.CONSULTATION,
                clinicians=("C1",),
                start=start + timedelta(hours=2),
                minutes=60,
                supervisor="C2",
            ),
        ),
    )
    return problem, schedule
