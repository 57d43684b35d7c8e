"""What the rules ask of a day and of a week, as far as it takes time: read from the rulebook, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from safeschedule.caseload.capacity.assumptions import CapacityAssumptions
from safeschedule.problem import Flag, Rulebook
from safeschedule.problem.people import default_bands
from safeschedule.problem.rulebook import Setting
from safeschedule.verifier.caseload import hundredths

GRID = 15
"""Minutes; protected blocks are rounded up to it, as in a week that is planned by it."""

ROW = 2
"""Working stretches that one meal break parts."""


def on_grid(minutes: float) -> int:
    """Return minutes rounded up to the grid."""
    return GRID * ceil(round(minutes / GRID, 6))


@dataclass(frozen=True)
class Demands:
    """What one set of assumptions and one rulebook ask for.

    Parameters
    ----------
    given
        The assumptions.
    book
        The rules.
    """

    given: CapacityAssumptions
    book: Rulebook

    def rule(self, name: str) -> Setting | None:
        """Return a rule that is on, or nothing."""
        setting = self.book.setting(name)
        return setting if setting.enabled else None

    def minutes(self, rule: str, name: str = "minutes") -> int:
        """Return a rule's minutes; 0 where it is off."""
        setting = self.rule(rule)
        return setting.whole(name) if setting else 0

    # -- a day

    @cached_property
    def paid(self) -> float:
        """Paid minutes of a day."""
        return 60 * self.given.hours_per_fte / self.given.days

    @cached_property
    def meal(self) -> int:
        """Minutes of meal breaks of a day, which come to the paid ones."""
        breaks = self.rule("breaks")
        if breaks is None or self.paid + breaks.whole("meal") < breaks.whole("day"):
            return 0
        whole = breaks.whole("meal")
        needed = max(1, ceil((self.paid - breaks.whole("meal_stretch")) / breaks.whole("meal_stretch")))
        return whole * needed

    @cached_property
    def rota(self) -> int:
        """Minutes of a day on the rota, of those that the grid holds."""
        return int((self.paid + self.meal) // GRID) * GRID

    @cached_property
    def notes(self) -> int:
        """Documentation of each session beyond the blocks of its half-days."""
        blocks = 2 * self.minutes("documentation") / self.given.sessions_a_day
        return max(0, ceil(self.given.documentation_minutes - blocks))

    @cached_property
    def recovery(self) -> int:
        """Recovery after trauma processing."""
        return on_grid(self.minutes("recovery_buffer"))

    @cached_property
    def slot(self) -> int:
        """An urgent slot with the reset before it."""
        return on_grid(self.minutes("urgent_slots")) + on_grid(self.minutes("crisis_reset"))

    def documentation(self, sessions: int, intakes: int, slots: int) -> int:
        """Return the documentation of a day."""
        rule = self.rule("documentation")
        least = rule.whole("minutes") if rule else 0
        extra = (rule.whole("intake") * intakes + rule.whole("crisis") * slots) if rule else 0
        halves = min(2, sessions + slots)
        return on_grid(least * halves + extra + self.notes * (sessions + slots))

    def pauses(self, sessions: int, slots: int) -> int:
        """Return minutes of pauses beside meal breaks, between stretches with clients."""
        breaks = self.rule("breaks")
        if breaks is None:
            return 0
        each = max(1, breaks.whole("longest") // self.given.session_minutes)
        stretches = ceil((sessions + slots) / each)
        return on_grid(breaks.whole("pause")) * max(0, stretches - (ROW if self.meal else 1))

    def day(self, sessions: int, intakes: int = 0, recoveries: int = 0, slots: int = 0) -> int:
        """Return the minutes that a day with so many sessions takes, intakes among them."""
        given = self.given
        clients = given.session_minutes * (sessions - intakes) + given.intake_minutes * intakes
        held = self.slot * slots + self.recovery * recoveries
        return (
            clients
            + held
            + self.documentation(sessions, intakes, slots)
            + self.pauses(sessions, slots)
            + self.meal
        )

    # -- a week

    def blocks(self, clients: float, supervises: int = 0) -> dict[str, int]:
        """Return the protected blocks of a week by name, each whole on some day."""
        given, high = self.given, self.high_caseload
        consultation = given.consultation_minutes
        found = {
            "consultation": self.minutes("consultation") if consultation is None else consultation,
            "meetings": given.meeting_minutes,
            "coordination": self.coordination(clients),
            "case_review": self.minutes("case_review") if high else 0,
            "supervision": self.minutes("supervision", "high_minutes") if high else 0,
        }
        if high:
            each = on_grid(self.minutes("supervision", "high_minutes"))
            found |= {f"supervising {number}": each for number in range(1, supervises + 1)}
        return {name: on_grid(minutes) for name, minutes in found.items() if minutes}

    def coordination(self, clients: float) -> int:
        """Return the coordination of a week."""
        if self.given.coordination_minutes is not None:
            return self.given.coordination_minutes
        return self.minutes("coordination", "per_client") * round(
            float(self.given.coordination_share) * clients
        )

    @cached_property
    def high_caseload(self) -> bool:
        """Whether supervision and case review are due: by the share of points of high-acuity clients."""
        rule = self.rule("supervision")
        low, high = self.band_points
        share = float(self.given.high_acuity_share)
        points = share * high + (1 - share) * low
        return rule is not None and share * high / points >= float(rule.exact("share"))

    @cached_property
    def band_points(self) -> tuple[float, float]:
        """Points of a client of the bands moderate and high, with what coordination adds on average."""
        rule = self.book.setting("caseload_cap")
        extra = float(self.given.coordination_share) * hundredths(rule.exact(str(Flag.COORDINATION))) / 100
        points = {band.id: float(band.points) for band in default_bands()}
        return points["moderate"] + extra, points["high"] + extra

    def points(self) -> float:
        """Return the points of a client on average."""
        low, high = self.band_points
        share = float(self.given.high_acuity_share)
        return share * high + (1 - share) * low

    def slots(self, clinicians: int) -> int:
        """Return the urgent slots that a team holds on each date."""
        rule = self.rule("urgent_slots")
        return ceil(clinicians / rule.whole("clinicians")) if rule else 0

    def supervisors(self, clinicians: int) -> int:
        """Return how many have to supervise, so that everybody has consultation."""
        rule = self.rule("consultation")
        return max(1, ceil(clinicians / (1 + rule.whole("most")))) if rule else 1

    def limits(self, days: int, fte: float) -> Iterator[tuple[str, int]]:
        """Yield what the limits allow in a week, urgent slots among the sessions: rule and sessions."""
        rule = self.rule("session_limits")
        if rule:
            yield "session_limits", min(rule.whole("day") * days, int(rule.whole("week") * fte + 1e-9))

    def intense(self, days: int) -> int | None:
        """Return the most high-intensity sessions of a week; ``None``: no rule limits them."""
        daily, rolling = self.rule("daily_intensity"), self.rule("rolling_exposure")
        found = [daily.whole("most") * days] if daily else []
        found += [rolling.whole("minutes") // self.given.session_minutes] if rolling else []
        return min(found) if found else None
