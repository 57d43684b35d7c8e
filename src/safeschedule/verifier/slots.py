"""What an urgent slot is held for: the service's crisis session, who may take it, and what it needs."""

from __future__ import annotations

from fractions import Fraction

from safeschedule.problem import Clinician, SessionType
from safeschedule.verifier.activity import ProtectedTime
from safeschedule.verifier.intervals import Interval
from safeschedule.verifier.week import Week


class Slots:
    """The urgent slots of a week.

    Parameters
    ----------
    week
        Parameters of other rules hold whether these are on or not.
    """

    def __init__(self, week: Week) -> None:
        self._week = week
        self._rules = week.settings
        crises = [kind for kind in week.types.values() if _is_crisis(kind)]
        # Of several equally long ones the first.
        self.kind: SessionType | None = max(crises, key=lambda kind: kind.minutes, default=None)

    @property
    def minutes(self) -> int:
        """The least length of a slot: that of the crisis session and of the recovery after it."""
        least = self._rules["urgent_slots"].whole("minutes")
        return least if self.kind is None else max(least, self.kind.minutes + self._recovery(self.kind))

    def _recovery(self, kind: SessionType) -> int:
        if kind.recovery_minutes is not None:
            return kind.recovery_minutes
        return self._rules["recovery_buffer"].whole("minutes") if kind.trauma_processing else 0

    @property
    def high(self) -> bool:
        """Whether the crisis session is of high intensity."""
        return self.kind is None or self.kind.intensity.value == "high"

    @property
    def paperwork(self) -> int:
        """The extra documentation of the crisis session."""
        own = None if self.kind is None else self.kind.documentation_minutes
        return self._rules["documentation"].whole("crisis") if own is None else own

    def may_hold(self, clinician: Clinician) -> bool:
        """Return whether somebody may hold slots at all."""
        skills = () if self.kind is None else self.kind.skills
        limits = (clinician.daily_sessions, clinician.weekly_sessions)
        return not clinician.new_in_post and 0 not in limits and set(skills) <= set(clinician.skills)

    def counts(self, block: ProtectedTime) -> bool:
        """Return whether a block is a slot that can be used: long enough, and of one who may hold it."""
        return (
            block.kind == "urgent_slot"
            and block.minutes >= self.minutes
            and len(block.clinicians) == 1
            and self.may_hold(self._week.clinicians[block.clinicians[0]])
        )

    def halves(self, clinician: str, day: int) -> frozenset[bool]:
        """Return in which halves of a working day (the second or not) somebody can hold a slot."""
        midday, found = self._week.turn(clinician, day), set()
        for first, last in self.starts(clinician, day):
            found |= {False} if first < midday else set()
            found |= {True} if last >= midday else set()
        return frozenset(found)

    def starts(self, clinician: str, day: int) -> list[Interval]:
        """Return the first and the last start of a slot in each piece of a working day that can hold one."""
        if not self.may_hold(self._week.clinicians[clinician]):
            return []
        before = self._rules["crisis_reset"].whole("minutes")
        after = self._rules["documentation"].whole("minutes") + self.paperwork
        pieces = (
            (start + before, end - after - self.minutes)
            for start, end in self._week.hours[clinician].free[day]
        )
        found = ((first + -first % self.every, last - last % self.every) for first, last in pieces)
        return [(first, last) for first, last in found if first <= last]

    @property
    def every(self) -> int:
        """The minutes of which a start is a multiple."""
        return self._week.problem.start_every or 1


def _is_crisis(kind: SessionType) -> bool:
    return kind.kind.value == "crisis" and kind.smallest == 1 and kind.facilitators == 1


class Dues:
    """How many slots are due on each date, and how many each clinician takes at most."""

    def __init__(self, week: Week, slots: Slots, each: int, more: int) -> None:
        days = range(len(week.dates))
        self.halves = {(code, day): slots.halves(code, day) for code in week.hours for day in days}
        """By clinician and date: the halves in which a slot can be held."""
        able = [sum(bool(self.halves[code, day]) for code in week.hours) for day in days]
        at_work = [sum(h.works_on(day) for h in week.hours.values()) for day in days]
        self.needs = [min(-(-at_work[day] // each), able[day]) for day in days]
        """By date."""
        self._share = [Fraction(need, max(1, there)) for need, there in zip(self.needs, able, strict=True)]
        self._more = more

    def most(self, clinician: str) -> int:
        """Return the most slots of a clinician in the week."""
        mine = (share for day, share in enumerate(self._share) if self.halves[clinician, day])
        return int(sum(mine, Fraction(0))) + self._more

    def possible(self, afternoon: bool, day: int) -> bool:
        """Return whether anybody can hold a slot in a half of a date."""
        return any(afternoon in halves for (_, date), halves in self.halves.items() if date == day)
