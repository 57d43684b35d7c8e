"""The week's requests of a generated team: how much is asked for, of what, and standing times."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from safeschedule.problem import Rulebook
from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.caseload import Clients
from safeschedule.samples.cells import (
    CELL,
    DAYS,
    MIDDAY,
    WAKING,
    WEEKDAYS,
    Bools,
    Floats,
    Ints,
    clock,
    moment,
    starts_of,
)
from safeschedule.samples.places import Entry
from safeschedule.samples.session_types import Sample
from safeschedule.samples.staff import Staff


def session_capacity(staff: Staff, given: Assumptions) -> Floats:
    """Return about how many sessions fit each clinician's week beside the protected time."""
    book: Rulebook = given.rulebook
    limits, documentation = book.setting("session_limits"), book.setting("documentation")
    free = staff.free.copy()
    free[:, :, :WAKING], free[:, :, given.evening // CELL :] = False, False
    cells = (free[:, :, :MIDDAY].sum(axis=2), free[:, :, MIDDAY:].sum(axis=2))
    half_days = sum((half * CELL >= 120).sum(axis=1) for half in cells)
    days = free.any(axis=2).sum(axis=1)
    rota = np.maximum(1, staff.hours.any(axis=2).sum(axis=1))
    urgent = book.setting("urgent_slots")
    minutes = free.sum(axis=(1, 2)) * CELL - documentation.whole("minutes") * half_days
    minutes = minutes - days * book.setting("breaks").whole("meal")
    minutes = minutes - book.setting("consultation").whole("minutes")
    held = urgent.whole("minutes") + book.setting("crisis_reset").whole("minutes")
    minutes = minutes - days * held / urgent.whole("clinicians")
    flagged = given.coordination * given.caseload * staff.fte
    minutes = minutes - book.setting("coordination").whole("per_client") * flagged
    minutes[: staff.leads] -= book.setting("supervision").whole("high_minutes") * given.supervisees / 2
    weekly = [entry.get("weekly_sessions") for entry in staff.entries]
    week = np.array(
        [limits.whole("week") * f if own is None else own for own, f in zip(weekly, staff.fte, strict=True)]
    )
    fits = np.minimum(given.filled * minutes / given.session_minutes, week * days / rota)
    found: Floats = np.clip(np.minimum(fits, limits.whole("day") * days), 0.0, None)
    return found


def newcomers(staff: Staff, capacity: Floats, given: Assumptions) -> int:
    """Return how many new clients ask for an intake."""
    at_work = float(staff.fte[~staff.away].sum())
    return min(round(given.intakes * at_work * given.demand), int(capacity.sum() / 3))


class RequestDrawer:
    """Draws the requests of a week, clinician by clinician."""

    def __init__(
        self, staff: Staff, clients: Clients, given: Assumptions, week_start: date, rng: np.random.Generator
    ) -> None:
        self.staff, self.clients, self.given = staff, clients, given
        self.week_start, self.rng = week_start, rng
        self.requests: list[Entry] = []
        self.history: list[Entry] = []
        self.team_skills = {skill for entry in staff.entries for skill in entry["skills"]}
        self.index_of = {entry["id"]: i for i, entry in enumerate(staff.entries)}
        self.types = {sample.id: sample for sample in given.types}
        shared = [sample for sample in given.types if sample.share]
        self.routine = [sample for sample in shared if sample.intensity != "high"]
        self.intense = [sample for sample in shared if sample.intensity == "high"]

    def draw(self, targets: Ints) -> None:
        """Draw every clinician's requests, the intakes and the cover requests."""
        owned = np.argsort(self.clients.owner, kind="stable")
        begins = np.searchsorted(self.clients.owner[owned], np.arange(len(targets) + 1))
        for clinician, target in enumerate(targets):
            own = owned[begins[clinician] : begins[clinician + 1]]
            if self.staff.away[clinician]:
                self._cover(clinician, own)
            else:
                self._caseload(clinician, own, int(target))
        for client in owned[: begins[0]]:
            self._intake(int(client))

    def _caseload(self, clinician: int, own: Ints, target: int) -> None:
        """Ask for sessions of the caseload until the target is reached."""
        order = self.rng.permutation(own)
        counts = 1 + self.rng.choice(len(self.given.visits), size=len(order), p=self.given.visits)
        luck = self.rng.random((len(order), 6))
        room = starts_of(self.staff.hours[clinician], 1)
        room[:, 48:52] = False  # lunch from 12:00 to 13:00 is not a standing time
        room[:, :WAKING], room[:, self.given.evening // CELL :] = False, False
        room &= ~self.staff.meeting[clinician]
        left = target
        for client, count, chance in zip(order, counts, luck, strict=True):
            if left > 0:
                asked = min(int(count), left, self._most(client))
                left -= asked
                self._existing(clinician, int(client), asked, chance, room)
            else:
                self._last_contact(int(client), seen_last_week=False)

    def _most(self, client: int) -> int:
        """Return on how many dates a client can come, with the free dates between that the rules ask for."""
        days = int(self.clients.halves[client].any(axis=1).sum())
        apart = 1 + self.given.rulebook.setting("client_spacing").whole("days")
        return max(1, (days + apart - 1) // apart)

    def _existing(self, clinician: int, client: int, count: int, luck: Floats, room: Bools) -> None:
        given, band = self.given, int(self.clients.band[client])
        sample = self._type_for(clinician, band, luck)
        urgent = sample.kind in ("crisis", "court")
        count = 1 if urgent or sample.kind == "medication" else count
        request = self._request(client, sample, count, luck[3])
        request["priority"] = (
            5 if sample.kind == "crisis" else 4 if band >= 2 or sample.kind == "court" else 3 - (band == 0)
        )
        self._skills_for(clinician, request, luck[4])
        if sample.kind == "crisis":
            request["latest"] = str(
                self.week_start + timedelta(days=int(self.rng.integers(1, self.given.days)))
            )
        elif sample.kind == "court":
            weekday = WEEKDAYS[int(self.rng.integers(DAYS))]
            request["windows"] = [{"day": weekday, "start": "09:00", "end": "17:00"}]
        standing = None
        if count == 1 and not urgent and luck[5] < given.standing:
            there = room & ~self.staff.remote[clinician] if request["mode"] == "in_person" else room
            standing = self._standing(client, sample.minutes // CELL, there)
            if standing is not None:
                day, cell = standing
                room[day, cell : cell + sample.minutes // CELL] = False
        if standing is not None:
            self._keep_standing(clinician, client, request, sample, standing)
        else:
            self._last_contact(client, seen_last_week=bool(luck[5] < 0.8))

    def _type_for(self, clinician: int, band: int, luck: Floats) -> Sample:
        given, own = self.given, self.staff.skills(clinician)
        chance = luck[0]
        special = [(given.crisis, "crisis_60"), (given.court, "court_60")]
        if "prescribing" in self.team_skills:
            special.append((given.medication, "medication_review_30"))
        if "emdr" in own or luck[1] < given.elsewhere:
            special.append((given.trauma * 0.7, "emdr_60"))
            special.append((given.trauma * 0.3, "emdr_90"))
        for share, name in special:
            if chance < share:
                return self.types[name]
            chance -= share
        pool = self.intense if luck[1] < given.high_intensity[band] else self.routine
        weights = np.cumsum([sample.share for sample in pool])
        return pool[int(np.searchsorted(weights, luck[2] * weights[-1], side="right"))]

    def _skills_for(self, clinician: int, request: Entry, luck: float) -> None:
        """Ask for a language or work with children, mostly of those who can."""
        own, given = self.staff.skills(clinician), self.given
        wanted = {
            "child": given.child_clients,
            "spanish": given.language_clients,
            "sign_language": given.language_clients,
        }
        for skill, share in wanted.items():
            if luck < (share if skill in own else given.elsewhere if skill in self.team_skills else 0.0):
                request["skills"] = [skill]
                return

    def _request(self, client: int, sample: Sample, count: int, luck: float) -> Entry:
        given = self.given
        either = luck < given.in_person + given.either
        mode = "in_person" if luck < given.in_person else "either" if either else "telehealth"
        request: Entry = {
            "client": self.clients.entries[client]["id"],
            "session_type": sample.id,
            "mode": sample.mode or mode,
        }
        if count > 1:
            request["count"] = count
        if sample.trauma:
            self._flag(client, "trauma_processing")
        if sample.kind == "crisis":
            self._flag(client, "crisis_risk")
        self.requests.append(request)
        return request

    def _flag(self, client: int, flag: str) -> None:
        flags = self.clients.entries[client]["flags"]
        if flag not in flags:
            flags.append(flag)

    def _standing(self, client: int, cells: int, room: Bools) -> tuple[int, int] | None:
        """Return a day and cell of last week that suited both, on the half-hour."""
        found = starts_of(room & self.clients.free_cells(client), cells)
        found[:, 1::2] = False
        places = np.argwhere(found)
        if not len(places):
            return None
        day, cell = places[self.rng.integers(len(places))]
        return int(day), int(cell)

    def _keep_standing(
        self, clinician: int, client: int, request: Entry, sample: Sample, standing: tuple[int, int]
    ) -> None:
        day, cell = standing
        request["standing"] = {"day": WEEKDAYS[day], "start": clock(cell * CELL)}
        request["every"] = 1
        entry = self.clients.entries[client]
        entry["last_contact"] = str(self.week_start + timedelta(days=day - 7))
        # Rules that look back look at most four working days back.
        if day > 0 and not (set(self._needs(request, sample)) - self.staff.skills(clinician)):
            self.history.append(
                {
                    "client": entry["id"],
                    "clinician": self.staff.entries[clinician]["id"],
                    "start": moment(self.week_start, day - 7, cell * CELL),
                    "minutes": sample.minutes,
                    "kind": sample.kind,
                    "intensity": "high" if self._raised(client, sample) else sample.intensity,
                }
            )

    def _raised(self, client: int, sample: Sample) -> bool:
        """Return whether a session is of high intensity by the client's flags, as the catalogue has it."""
        setting = Rulebook().setting("daily_intensity")
        flags, exempt = setting.names("flags"), setting.names("exempt")
        return sample.kind not in exempt and not set(flags).isdisjoint(self.clients.entries[client]["flags"])

    def _needs(self, request: Entry, sample: Sample) -> list[str]:
        return [*request.get("skills", []), *([sample.skill] if sample.skill else [])]

    def _last_contact(self, client: int, *, seen_last_week: bool) -> None:
        days = int(self.rng.integers(3, 8) if seen_last_week else self.rng.integers(8, 36))
        self.clients.entries[client]["last_contact"] = str(self.week_start - timedelta(days=days))

    def _cover(self, clinician: int, own: Ints) -> None:
        """Ask for a few urgent sessions, with the cover, of a colleague who is away all week."""
        some = self.rng.permutation(own)[: int(self.rng.poisson(self.given.cover_requests))]
        for client in own:
            self._last_contact(int(client), seen_last_week=bool(self.rng.random() < 0.5))
        for client in some:
            name = "crisis_60" if self.rng.random() < 0.5 else self.given.contact_types[1]
            request = self._request(int(client), self.types[name], 1, float(self.rng.random()))
            request["clinician"] = self.staff.entries[clinician]["cover"]
            request["priority"] = 5

    def _intake(self, client: int) -> None:
        """Ask for the first session of a client who is on nobody's caseload."""
        name = "intake_90" if self.rng.random() < 0.4 else "intake_60"
        request = self._request(client, self.types[name], 1, float(self.rng.random()))
        days = min(180, int(self.rng.exponential(self.given.waiting_days)))
        if self.rng.random() < self.given.urgent_intakes:
            days, request["latest"] = min(days, 3), str(self.week_start + timedelta(days=1))
        self.clients.entries[client]["waiting_since"] = str(self.week_start - timedelta(days=days + 1))
        request["priority"] = 5 if "latest" in request else 4 if days > 28 else 3
        languages = [s for s in ("child", "spanish", "sign_language") if s in self.team_skills]
        if languages and self.rng.random() < 0.1:
            request["skills"] = [str(self.rng.choice(languages))]
