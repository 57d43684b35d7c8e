"""Caseload points in exact hundredths of a point, never in floating point."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from fractions import Fraction

from safeschedule.problem import Client, Clinician, Flag, Problem, Setting
from safeschedule.verifier.activity import Session


def hundredths(value: Decimal) -> int:
    """Return a decimal in hundredths, rounded down."""
    return int(Fraction(value) * 100)


def at_fte(value: Decimal | int, clinician: Clinician) -> Fraction:
    """Return a full-time figure times the clinician's FTE, exactly."""
    return Fraction(value) * Fraction(clinician.fte)


def per_fte(amount: int, clinician: Clinician) -> int:
    """Return an amount divided by the clinician's FTE, rounded up."""
    exact = Fraction(amount) / Fraction(clinician.fte)
    return -(-exact.numerator // exact.denominator)


def points_cap(clinician: Clinician, setting: Setting) -> int:
    """Return the most points that a clinician may carry by the rule ``caseload_cap``, in hundredths."""
    if clinician.caseload_cap is not None:
        return hundredths(clinician.caseload_cap)
    return int(at_fte(setting.by_role("points", clinician.role), clinician) * 100)


def clients_cap(clinician: Clinician, setting: Setting) -> int:
    """Return the most high-acuity clients that a clinician may have by the rule ``high_acuity_cap``."""
    if clinician.high_acuity_cap is not None:
        return clinician.high_acuity_cap
    return int(at_fte(setting.by_role("clients", clinician.role), clinician))


class Caseload:
    """Who is on whose caseload, who is new there, and what they weigh.

    Parameters
    ----------
    problem
        With clients, bands and clinicians.
    sessions
        The week's sessions; they decide who is new to whom.
    setting
        The rule ``caseload_cap``, whose parameters are the points of flags.
    """

    def __init__(self, problem: Problem, sessions: Sequence[Session], setting: Setting) -> None:
        self._clients = problem.by_code.clients
        self._bands = problem.by_code.bands
        self._extra = {
            Flag.COORDINATION: hundredths(setting.exact("coordination")),
            Flag.SAFETY_PLANNING: hundredths(setting.exact("safety_planning")),
        }
        self._points = {client.id: self._weigh(client) for client in self._clients.values()}
        self._own: dict[str, list[str]] = {clinician.id: [] for clinician in problem.clinicians}
        for client in self._clients.values():
            if client.clinician in self._own:
                self._own[client.clinician].append(client.id)
        self._new = self._arriving(sessions)

    def with_sessions(self, sessions: Sequence[Session]) -> Caseload:
        """Return the caseload with other sessions in the week."""
        found = copy(self)
        found._new = self._arriving(sessions)
        return found

    def _arriving(self, sessions: Sequence[Session]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for session in sessions:
            new = () if session.group else session.clients
            arriving = [code for code in new if self._clients[code].clinician is None]
            for clinician in session.clinicians if arriving else ():
                found.setdefault(clinician, set()).update(arriving)
        return found

    def own(self, clinician: str) -> list[str]:
        """Return the clients whose own clinician this is."""
        return self._own[clinician]

    def new(self, clinician: str) -> list[str]:
        """Return the clients without an own clinician who have a session with this clinician."""
        return sorted(self._new.get(clinician, ()))

    def points(self, clients: Sequence[str]) -> int:
        """Return what clients weigh together, in hundredths of a point."""
        return sum(self._points[client] for client in clients)

    def high_acuity(self, clients: Sequence[str]) -> list[str]:
        """Return those of the clients whose band is marked high acuity."""
        bands = ((client, self._bands.get(self._clients[client].band)) for client in clients)
        return [client for client, band in bands if band is not None and band.high_acuity]

    def with_flag(self, clients: Sequence[str], flag: Flag) -> list[str]:
        """Return those of the clients who carry a flag."""
        return [client for client in clients if flag in self._clients[client].flags]

    def _weigh(self, client: Client) -> int:
        if client.points is not None:
            return hundredths(client.points)
        band = self._bands.get(client.band)
        base = 0 if band is None else hundredths(band.points)
        return base + sum(extra for flag, extra in self._extra.items() if flag in client.flags)
