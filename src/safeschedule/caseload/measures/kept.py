"""Measures of quality and of the workforce: whether what protects people is kept."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.actuals import Actuals, BlockFate, EventKind, Presence, StaffMove, WorkedDay
from safeschedule.caseload.contacts import due_contacts, due_reviews
from safeschedule.caseload.measures.definition import Area, Count, Counting, Definition
from safeschedule.caseload.measures.record import TeamRecord


def _note_in_hours(record: TeamRecord, week: Actuals) -> Count | None:
    visits = record.attended(week)
    if visits is None:
        return None
    noted = [(visit.clinicians[0], visit.documented) for visit in visits if visit.documented is not None]
    found = [record.inside_hours(code, moment) for code, moment in noted]
    known = [inside for inside in found if inside is not None]
    return sum(known), len(known)


def _note_same_day(record: TeamRecord, week: Actuals) -> Count | None:
    visits = record.attended(week)
    if visits is None:
        return None
    noted = [
        (visit.planned.date(), visit.documented.date()) for visit in visits if visit.documented is not None
    ]
    return sum(day == planned for planned, day in noted), len(noted)


def _on_time(what: str) -> Counting:
    def count(record: TeamRecord, _: Actuals) -> Count | None:
        problem = record.problem
        own = {c for person in record.clinicians for c in record.facts.carried[person.id].clients}
        if what == "reviews":
            known = {client.id for client in problem.clients if client.next_review is not None}
            late = {due.client for due in due_reviews(problem) if due.overdue}
        else:
            known = set(record.facts.week.last_contacts)
            late = {due.client for due in due_contacts(problem) if due.overdue}
        return len(own & known - late), len(own & known)

    return count


def _fate(fate: BlockFate) -> Counting:
    def count(record: TeamRecord, week: Actuals) -> Count | None:
        blocks = record.blocks(week)
        return None if blocks is None else (sum(block.fate is fate for block in blocks), len(blocks))

    return count


def _of_days(value: Callable[[WorkedDay], float | None]) -> Counting:
    """Count what is known of dates: the sum of a value over how many dates have one."""

    def count(record: TeamRecord, week: Actuals) -> Count | None:
        days = record.days(week)
        if days is None:
            return None
        known = [found for day in days if (found := value(day)) is not None]
        return (sum(known), len(known)) if known or not days else None

    return count


def _sick(day: WorkedDay) -> float | None:
    return None if day.presence is None else float(day.presence is Presence.SICK)


def _supervised(record: TeamRecord, week: Actuals) -> Count | None:
    if week.supervision is None:
        return None
    came = [code for held in week.supervision for code in held.attended if record.person in (None, code)]
    missed = [code for held in week.supervision for code in held.missed if record.person in (None, code)]
    return len(came), len(came) + len(missed)


def _events(kind: EventKind) -> Counting:
    def count(record: TeamRecord, week: Actuals) -> Count | None:
        if week.events is None:
            return None
        return sum(event.kind is kind for event in week.events), len(record.clinicians)

    return count


def _left(record: TeamRecord, week: Actuals) -> Count | None:
    if week.staff is None:
        return None
    return sum(change.move is StaffMove.LEFT for change in week.staff), len(record.clinicians)


def _exposure(record: TeamRecord, week: Actuals) -> Count | None:
    visits = record.attended(week)
    if visits is None:
        return None
    known = [visit.client for visit in visits if visit.client in record.facts.week.clients]
    return sum(map(record.facts.is_high, known)), len(known)


_NOTED = "visits of the week that took place, with the time of the note on record"
_FATED = "protected blocks of the week of which it is known what became of them"
_DATES = "dates of clinicians of which it is recorded"


def _block(fate: BlockFate) -> Definition:
    title, numerator = f"Protected time {fate}", f"those of them that were {fate}"
    return Definition(
        f"protected_{fate}", Area.WORKFORCE, title, numerator, _FATED, "share", "TC, CD", _fate(fate)
    )


def _event(kind: EventKind, title: str, source: str) -> Definition:
    return Definition(
        f"{kind}_rate",
        Area.QUALITY,
        title,
        "those of the week",
        "clinicians",
        "a clinician-week",
        source,
        _events(kind),
        personal=False,
    )


DEFINITIONS = (
    Definition(
        "notes_in_hours",
        Area.QUALITY,
        "Notes finished inside working hours",
        "those of them finished in the clinician's working hours and outside leave",
        f"{_NOTED}, by clinicians of the team",
        "share",
        "TC",
        _note_in_hours,
    ),
    Definition(
        "notes_same_day",
        Area.QUALITY,
        "Notes finished on the day",
        "those of them finished on the date of the visit",
        _NOTED,
        "share",
        "TC, CD",
        _note_same_day,
    ),
    Definition(
        "reviews_on_time",
        Area.QUALITY,
        "Reviews on time",
        "those of them whose review is not overdue",
        "clients on caseloads whose next review is dated, today",
        "share",
        "AB",
        _on_time("reviews"),
        today=True,
    ),
    Definition(
        "contacts_on_time",
        Area.QUALITY,
        "Contact expectations met",
        "those of them whose contact is not overdue by the contact days of the band",
        "clients on caseloads with a contact on record, today",
        "share",
        "AB, CD",
        _on_time("contacts"),
        today=True,
    ),
    _event(EventKind.INCIDENT, "Incidents", "TC"),
    _event(EventKind.NEAR_MISS, "Near misses", "IG"),
    _event(EventKind.COMPLAINT, "Complaints", "IG"),
    _event(EventKind.ESCALATION, "Escalations", "CD"),
    *map(_block, BlockFate),
    Definition(
        "missed_breaks",
        Area.WORKFORCE,
        "Missed meal breaks",
        "those of them with a missed break",
        _DATES,
        "share",
        "TC",
        _of_days(lambda day: None if day.missed_break is None else float(day.missed_break)),
    ),
    Definition(
        "minutes_outside",
        Area.WORKFORCE,
        "Work outside the hours",
        "minutes worked outside the hours",
        _DATES,
        "minutes a day",
        "TC, CD",
        _of_days(lambda day: day.minutes_outside),
    ),
    Definition(
        "documentation_outside",
        Area.WORKFORCE,
        "Documentation outside the hours",
        "minutes of documentation outside the hours",
        _DATES,
        "minutes a day",
        "TC",
        _of_days(lambda day: day.documentation_outside),
    ),
    Definition(
        "sickness",
        Area.WORKFORCE,
        "Sickness",
        "those of them on which somebody was sick",
        "dates of clinicians of which it is known whether they were at work",
        "share",
        "TC, IG",
        _of_days(_sick),
    ),
    Definition(
        "supervision_attended",
        Area.WORKFORCE,
        "Supervision and case review attended",
        "those of them that were attended",
        "attendances due: attended and missed",
        "share",
        "TC, CD",
        _supervised,
    ),
    Definition(
        "turnover_of_staff",
        Area.WORKFORCE,
        "Turnover of staff",
        "clinicians who left in the week",
        "clinicians of the team today",
        "share",
        "TC, IG",
        _left,
        personal=False,
    ),
    Definition(
        "exposure",
        Area.WORKFORCE,
        "Exposure to high acuity",
        "those of them with clients of high-acuity bands",
        "visits of the week that took place, with clients of the problem",
        "share",
        "TC, CD",
        _exposure,
    ),
)
