"""Which duties of single clinicians a week can ask for, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations

from safeschedule.problem import Clinician, Flag, Problem, Setting
from safeschedule.verifier.caseload import Caseload
from safeschedule.verifier.together import Together

NO_TIME, NO_PARTNER, APART, CROWDED = "no_time", "no_partner", "apart", "crowded"
"""Why a duty is left out: no open time of its length, nobody to hold it with, nobody at the same time, and no
place beside the duties that come before it, or no minutes left by contract."""

_DAYS = 5
"""Dates over which the minutes of coordination are shared out at most."""

Job = tuple[int, int]
"""The starts of a block, as in `Together`, and its length."""


@dataclass(frozen=True)
class WaivedDuty:
    """A duty that the week does not ask of a clinician."""

    clinician: str
    rule: str
    minutes: int
    why: str


class Duties:
    """The duties ``supervision``, ``consultation`` and ``coordination`` of each clinician.

    In this order a duty is asked for if it has a place beside those before it that are asked for: blocks that
    do not overlap, each with a possible partner who has the time open, inside the contract. Whoever is left
    out of consultation is nobody's partner there. A rule that is off asks for nothing.

    Parameters
    ----------
    problem
        Of the whole team.
    settings
        All rules.
    together
        When its people could hold blocks.
    """

    def __init__(self, problem: Problem, settings: Mapping[str, Setting], together: Together) -> None:
        self._problem, self._settings, self._together = problem, settings, together
        self._people = problem.by_code.clinicians
        self._leads = [code for code, person in self._people.items() if person.is_supervisor]

    def asks(self, rule: str, clinician: str) -> bool:
        """Return whether a duty is due to a clinician and not left out."""
        return clinician in self._asked[rule]

    def left_out(self) -> list[WaivedDuty]:
        """Return what is due and left out, of clinicians who have any time left in the week."""
        return [one for one in self._left_out if self._together.pieces(one.clinician)]

    @cached_property
    def _asked(self) -> dict[str, frozenset[str]]:
        return {
            "supervision": frozenset(self._supervised),
            "consultation": frozenset(self._consulted),
            "coordination": frozenset(self._coordinated),
        }

    @cached_property
    def _left_out(self) -> list[WaivedDuty]:
        return [*self._no_supervision(), *self._no_consultation(), *self._no_coordination()]

    def _on(self, rule: str) -> Setting | None:
        setting = self._settings[rule]
        return setting if setting.enabled else None

    # -- supervision

    def supervision(self, clinician: str) -> list[int]:
        """Return the minutes of each need of supervision that is asked for, the longer first."""
        return [minutes for minutes, _ in self._supervised.get(clinician, ())]

    def _needs(self, clinician: Clinician) -> list[int]:
        """Return the minutes of each need of supervision, possible or not, the longer first."""
        setting = self._settings["supervision"]
        new = [setting.whole("new_minutes")] if clinician.new_in_post else []
        high = [setting.whole("high_minutes")] if self._high(clinician, setting) else []
        return sorted([*new, *high], reverse=True)

    def _high(self, clinician: Clinician, setting: Setting) -> bool:
        own = self._caseload.own(clinician.id)
        points = self._caseload.points(own)
        high = self._caseload.points(self._caseload.high_acuity(own))
        # Without points there is nothing of which a share could be high.
        return points > 0 and high >= Fraction(setting.exact("share")) * points

    @cached_property
    def _caseload(self) -> Caseload:
        return Caseload(self._problem, (), self._settings["caseload_cap"])

    def _supervisors(self, clinician: Clinician) -> list[str]:
        named = clinician.supervisor
        possible = self._leads if named is None else [named] if named in self._people else []
        return [code for code in possible if code != clinician.id]

    @cached_property
    def _supervised(self) -> dict[str, list[tuple[int, Job]]]:
        """The needs of supervision that are asked for, each with its minutes and its job."""
        found: dict[str, list[tuple[int, Job]]] = {}
        for code, person in self._people.items() if self._on("supervision") else ():
            for need in self._needs(person):
                starts = self._together.common(code, self._supervisors(person), need)
                job = starts, self._together.up(need)
                before = [job for _, job in found.get(code, ())]
                if starts and self._fits(code, [*before, job]):
                    found.setdefault(code, []).append((need, job))
        return found

    def _no_supervision(self) -> Iterator[WaivedDuty]:
        for code, person in self._people.items() if self._on("supervision") else ():
            missing = self._needs(person)
            for need in self.supervision(code):
                missing.remove(need)
            for need in missing:
                yield WaivedDuty(code, "supervision", need, self._why(code, need, self._supervisors(person)))

    # -- consultation

    @cached_property
    def _consulted(self) -> dict[str, Job]:
        """The jobs of those asked for consultation: the largest team of which each fits with the rest."""
        setting = self._on("consultation")
        if setting is None:
            return {}
        minutes = setting.whole("minutes")
        members = [code for code in self._people if self._together.starts(code, minutes)]
        while True:
            jobs = dict(self._with_others(members, minutes))
            kept = [code for code, job in jobs.items() if self._fits(code, [*self._before(code), job])]
            if kept == members:
                return jobs
            members = kept

    def _with_others(self, members: Sequence[str], minutes: int) -> Iterator[tuple[str, Job]]:
        """Yield each member with the starts that are shared with a possible partner among the members."""
        one = two = lead = 0
        for code in members:
            starts = self._together.starts(code, minutes)
            two |= one & starts
            one |= starts
            lead |= starts if self._people[code].is_supervisor else 0
        for code in members:
            # A supervisor is there as well, and needs another one.
            others = two if self._people[code].is_supervisor else lead
            yield code, (self._together.starts(code, minutes) & others, self._together.up(minutes))

    def _no_consultation(self) -> Iterator[WaivedDuty]:
        setting = self._on("consultation")
        for code, person in self._people.items() if setting is not None else ():
            assert setting is not None
            if code not in self._consulted:
                minutes = setting.whole("minutes")
                others = self._people if person.is_supervisor else self._leads
                partners = [other for other in others if other != code]
                yield WaivedDuty(code, "consultation", minutes, self._why(code, minutes, partners))

    def _before(self, code: str) -> list[Job]:
        return [job for _, job in self._supervised.get(code, ())]

    # -- coordination

    def coordination(self, clinician: str) -> int:
        """Return the minutes of coordination that a caseload asks for in the week, possible or not."""
        flagged = self._caseload.with_flag(self._caseload.own(clinician), Flag.COORDINATION)
        return self._settings["coordination"].whole("per_client") * len(flagged)

    @cached_property
    def _coordinated(self) -> dict[str, int]:
        found = {}
        for code in self._people if self._on("coordination") else ():
            need = self.coordination(code)
            others = [*self._before(code), *([self._consulted[code]] if code in self._consulted else [])]
            if need and any(self._fits(code, others, blocks) for blocks in self._recurring(code, need)):
                found[code] = need
        return found

    def _recurring(self, code: str, need: int) -> Iterator[list[tuple[int, int]]]:
        """Yield the ways in which blocks of one length, at one time of day, hold so many minutes."""
        together, least = self._together, self._settings["coordination"].whole("minutes")
        days = len({start // 1440 for start, _ in together.free(code)})
        share = -(-need // max(1, min(days, _DAYS)))
        for length in sorted({together.up(max(least, part)) for part in (least, share, need)}):
            clocks: dict[int, list[int]] = {}
            for start in together.minutes(together.starts(code, length)):
                clocks.setdefault(start % 1440, []).append(start)
            for _, starts in sorted(clocks.items()):
                for chosen in combinations(starts, -(-need // length)):
                    yield [(start, start + length) for start in chosen]

    def _no_coordination(self) -> Iterator[WaivedDuty]:
        for code in self._people if self._on("coordination") else ():
            need = self.coordination(code)
            if need and code not in self._coordinated:
                possible = any(self._fits(code, [], blocks) for blocks in self._recurring(code, need))
                yield WaivedDuty(code, "coordination", need, CROWDED if possible else NO_TIME)

    # -- places

    def _fits(self, code: str, jobs: Sequence[Job], held: Sequence[tuple[int, int]] = ()) -> bool:
        """Return whether a few jobs have places beside blocks that stand, inside the contract."""
        together, contracted = self._together, self._people[code].contracted_minutes
        total = sum(length for _, length in jobs) + sum(end - start for start, end in held)
        if contracted is not None and total + together.met(code) > contracted:
            return False
        left = []
        for starts, length in jobs:
            for first, end in held:
                starts &= ~together.between(first - length + 1, end)
            left.append((starts, length))
        return any(self._follow(order) for order in permutations(left))

    def _follow(self, jobs: Sequence[Job]) -> bool:
        """Return whether jobs have places one after the other; each goes as early as it can."""
        end, grid = 0, self._together.grid
        for starts, length in jobs:
            later = starts >> (step := -(-end // grid)) << step
            if not later:
                return False
            end = ((later & -later).bit_length() - 1) * grid + length
        return True

    def _why(self, code: str, minutes: int, partners: Sequence[str]) -> str:
        if not self._together.starts(code, minutes):
            return NO_TIME
        if not partners:
            return NO_PARTNER
        return CROWDED if self._together.common(code, partners, minutes) else APART
