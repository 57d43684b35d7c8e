"""Session types, requests, places and bookings of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from safeschedule.exchange.ehr_csv.export import EhrExport
from safeschedule.exchange.ehr_csv.mapping import Mapping, VisitTypeMapping
from safeschedule.exchange.ehr_csv.people import program_codes
from safeschedule.exchange.ehr_csv.records import Visit
from safeschedule.exchange.ehr_csv.week import ImportedWeek, completed_before
from safeschedule.problem.clock import Slot, Weekday
from safeschedule.problem.fixed import History, PastAppointment
from safeschedule.problem.people import Client, Clinician
from safeschedule.problem.places import Room, Site
from safeschedule.problem.work import AllowedMode, Intensity, Mode, Request, SessionType
from safeschedule.schedule import Appointment
from safeschedule.verifier.intensity import Intensities


class Work:
    """Turns the visits of one week into what a problem and a schedule hold."""

    def __init__(
        self, export: EhrExport, week: ImportedWeek, mapping: Mapping, clinicians: Sequence[Clinician]
    ) -> None:
        self._export, self._week, self._mapping = export, week, mapping
        self._clinicians = {clinician.id: clinician for clinician in clinicians}
        self._codes = program_codes(export)
        self._types = {entry.visit_type_id: entry for entry in export.visit_types}
        self._places = {entry.location_id: entry.location_name for entry in export.locations}
        self._remote = {name.casefold() for name in mapping.telehealth_locations}

    @property
    def grid(self) -> Literal[5, 15]:
        """15 minutes when every start and duration of the week fits it, otherwise 5."""
        numbers = [self._minutes(visit) for visit in self._week.planned]
        numbers += [visit.scheduled_start.minute for visit in self._week.planned]
        return 15 if all(number % 15 == 0 for number in numbers) else 5

    def _minutes(self, visit: Visit) -> int:
        # A duration off the grid of 5 comes this far only where the mapping has it rounded up.
        return -(-visit.scheduled_duration_minutes // 5) * 5

    def _means(self, visit: Visit) -> VisitTypeMapping:
        return self._mapping.visit_type(self._types[visit.visit_type_id].description) or VisitTypeMapping()

    def _type_id(self, visit: Visit) -> str:
        entry, minutes = self._types[visit.visit_type_id], self._minutes(visit)
        typical = entry.typical_minutes == minutes
        return entry.description if typical else f"{entry.description} ({minutes} min)"

    def _site(self, visit: Visit) -> str | None:
        name = self._places[visit.location_id]
        return None if name.casefold() in self._remote else name

    def session_types(self) -> tuple[SessionType, ...]:
        """Return one session type for each visit type and duration of the week."""
        found: dict[str, SessionType] = {}
        for visit in self._week.planned:
            means = self._means(visit)
            found[self._type_id(visit)] = SessionType(
                id=self._type_id(visit),
                minutes=self._minutes(visit),
                intensity=means.intensity,
                trauma_processing=means.trauma_processing,
                kind=means.kind,
                documentation_minutes=means.documentation_minutes,
                recovery_minutes=means.recovery_minutes,
                preparation_minutes=means.preparation_minutes,
                room_kind=means.room_kind,
            )
        return tuple(found[name] for name in sorted(found))

    def request(self, visit: Visit) -> Request:
        """Return the request that a planned visit becomes."""
        skills = self._skills(visit)
        qualified = set(skills) <= set(self._clinicians[visit.employee_id].skills)
        return Request(
            id=visit.visit_id,
            client=visit.individual_id,
            session_type=self._type_id(visit),
            priority=self._means(visit).priority,
            # Booked with somebody outside the programme: the need stays, and is open to who has it.
            clinician=visit.employee_id if qualified else None,
            skills=skills,
            mode=AllowedMode.IN_PERSON if self._site(visit) else AllowedMode.TELEHEALTH,
            site=self._site(visit),
            earliest=self._week.monday,
            latest=self._week.sunday,
            standing=self._standing(visit),
        )

    def _skills(self, visit: Visit) -> tuple[str, ...]:
        known = self._export.employee_programs is not None and visit.program_id is not None
        return (self._codes[str(visit.program_id)],) if known else ()

    def _standing(self, visit: Visit) -> Slot | None:
        start = visit.scheduled_start
        day, minute = Weekday.of(start.date()), start.hour * 60 + start.minute
        inside = any(
            period.day == day and period.start <= minute and minute + self._minutes(visit) <= period.end
            for period in self._clinicians[visit.employee_id].working
        )
        wanted = self._mapping.keep_booked_times and inside and minute % self.grid == 0
        return Slot(day=day, start=minute) if wanted else None

    def booking(self, visit: Visit) -> Appointment:
        """Return a planned visit as it is booked."""
        site = self._site(visit)
        return Appointment(
            request=visit.visit_id,
            session_type=self._type_id(visit),
            clients=(visit.individual_id,),
            clinicians=(visit.employee_id,),
            start=visit.scheduled_start,
            minutes=self._minutes(visit),
            mode=Mode.IN_PERSON if site else Mode.TELEHEALTH,
            site=site,
        )

    def sites(self) -> tuple[Site, ...]:
        """Return the places of work, telehealth left out."""
        names = self._places.values()
        return tuple(Site(id=name) for name in names if name.casefold() not in self._remote)

    def rooms(self) -> tuple[Room, ...]:
        """Return as many rooms a site as the mapping says, or as there are clinicians."""
        kinds = sorted({t.room_kind for t in self.session_types() if t.room_kind})
        return tuple(
            Room(id=f"{site.id} {kind} {number}", kind=kind, site=site.id)
            for site in self.sites()
            for kind in kinds
            for number in range(1, self._mapping.rooms.get(site.id, len(self._clinicians)) + 1)
        )

    def history(self, clients: tuple[Client, ...]) -> History:
        """Return the completed visits of the weeks before; the flags of clients make them intense, too."""
        intensities = Intensities(clients, (), self._mapping.book().setting("daily_intensity"))
        since = self._week.monday - timedelta(weeks=self._mapping.history_weeks)
        past = completed_before(self._export, self._week.monday)
        return History(
            appointments=tuple(
                PastAppointment(
                    client=visit.individual_id,
                    clinician=visit.employee_id,
                    start=visit.began,
                    minutes=visit.lasted,
                    kind=self._means(visit).kind,
                    intensity=_intensity(intensities, self._means(visit), visit.individual_id),
                )
                for visit in past
                if visit.began.date() >= since
            )
        )


def _intensity(intensities: Intensities, means: VisitTypeMapping, client: str) -> Intensity:
    kind = SessionType(id="past", minutes=5, intensity=means.intensity, kind=means.kind)
    return Intensity.HIGH if intensities.is_high(kind, (client,), None) else means.intensity
