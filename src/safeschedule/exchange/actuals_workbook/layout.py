"""The sheets: one for each list of actuals, its fields as columns; and one for what a week has once."""

from __future__ import annotations

from functools import cache

from safeschedule.exchange.structure.fields import properties
from safeschedule.exchange.workbook.kinds.texts import CodeKind, TextKind
from safeschedule.exchange.workbook.layout.declared import ListEntries, SheetPlan
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet, SheetTable, field_of

SETTING, VALUE, MEANING = "setting", "value", "meaning"

TITLES = {
    "visits": ("Visits", "One row for each client of an appointment, as it was planned and as it went."),
    "blocks": ("Protected time", "Protected blocks, and what became of them."),
    "days": ("Days", "Dates of clinicians: presence, breaks, minutes outside the hours."),
    "events": ("Events", "Incidents, near misses, complaints, escalations; never with a clinician."),
    "referrals": ("Referrals", "Who was referred."),
    "discharges": ("Discharges", "Who left the caseload."),
    "first_contacts": ("First contacts", "First contacts, with the date of the referral."),
    "flags": ("Flags", "Flags that were set on clients."),
    "supervision": ("Supervision", "Supervision, consultation, case reviews and debriefs that were held."),
    "staff": ("Staff", "Who joined the team or left it."),
}
"""The sheet of each list. None of it: nobody recorded such things; headings alone: there were none."""

WEEK = Sheet(
    SheetPlan("Week", "Which week it is.", ()),
    (),
    (
        Field(SETTING, ("Setting",), CodeKind()),
        Field(VALUE, ("Value",), TextKind()),
        Field(MEANING, ("Meaning",), TextKind()),
    ),
)


@cache
def week_fields() -> tuple[Field, ...]:
    """Return what a week has once."""
    return tuple(field_of(own, own.name) for own in properties("Actuals") if not own.many)


@cache
def list_sheets() -> dict[str, Sheet]:
    """Return the sheet of each list, by the name of its field."""
    return {own.name: _sheet(own.name, own.inner) for own in properties("Actuals") if own.many}


def _sheet(name: str, model: str) -> Sheet:
    title, about = TITLES[name]
    fields = tuple(field_of(own, own.name) for own in properties(model))
    entries = ListEntries(name)
    return Sheet(SheetPlan(title, about, (entries,)), (SheetTable(entries, fields),), fields)
