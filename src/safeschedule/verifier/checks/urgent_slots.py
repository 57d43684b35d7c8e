"""Check of the rule ``urgent_slots``: urgent slots held open every day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import ProtectedTime
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.slots import Dues, Slots
from safeschedule.verifier.week import Week

REACH = blocks_of("urgent_slot")

_NAMES = {False: "morning", True: "afternoon"}


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield missing slots, slots too many for one clinician, and halves of dates and of the week without."""
    usable = Slots(week)
    dues = Dues(week, usable, setting.whole("clinicians"), setting.whole("more"))
    slots: dict[int, list[ProtectedTime]] = {day: [] for day in range(-1, len(week.dates))}
    for block in week.blocks:
        if usable.counts(block):
            slots[week.working_day(block.clinicians[0], block.start)].append(block)
    for day, found in slots.items():
        yield from _twice(week, setting, day, found)
    for day, need in enumerate(dues.needs):
        found = slots[day]
        yield from _missing(week, setting, day, len(found), need)
        if need >= 2:
            yield from _halves(week, setting, day, found, dues)
    held = [block for day in slots.values() for block in day]
    yield from _shares(setting, held, dues)
    yield from _week_halves(week, setting, held, dues)


def _missing(week: Week, setting: Setting, day: int, found: int, need: int) -> Iterator[Finding]:
    if found < need:
        sentence = (
            f"{week.day_name(day)} has {wording.count(found, 'urgent slot')} that can be used; "
            f"the team needs {need}."
        )
        yield report(setting, [], week.beginning(day), str(found), str(need), sentence, need - found)


def _twice(week: Week, setting: Setting, day: int, slots: list[ProtectedTime]) -> Iterator[Finding]:
    for clinician, found in sorted(Counter(slot.clinicians[0] for slot in slots).items()):
        if found > 1:
            sentence = f"{clinician} has {found} urgent slots on {week.day_name(day)}; at most 1 is allowed."
            yield report(setting, [clinician], week.beginning(day), str(found), "1", sentence, found - 1)


def _halves(
    week: Week, setting: Setting, day: int, slots: list[ProtectedTime], dues: Dues
) -> Iterator[Finding]:
    covered = {week.second_half(slot.clinicians[0], slot.start) for slot in slots}
    for afternoon, name in _NAMES.items():
        if afternoon not in covered and dues.possible(afternoon, day):
            when = week.moment(day * 1440 + (week.midday % 1440 if afternoon else 0))
            sentence = f"No urgent slot starts in the {name} of {week.day_name(day)}."
            yield report(setting, [], when, "0", "1", sentence)


def _shares(setting: Setting, slots: list[ProtectedTime], dues: Dues) -> Iterator[Finding]:
    for clinician, found in sorted(Counter(slot.clinicians[0] for slot in slots).items()):
        most = dues.most(clinician)
        if found > most:
            sentence = f"{clinician} has {found} urgent slots this week; the fair share allows {most}."
            yield report(setting, [clinician], None, str(found), str(most), sentence, found - most)


def _week_halves(week: Week, setting: Setting, slots: list[ProtectedTime], dues: Dues) -> Iterator[Finding]:
    wanted = int(setting.exact("half") * sum(dues.needs))
    for afternoon, name in _NAMES.items():
        days = sum(need > 0 and dues.possible(afternoon, day) for day, need in enumerate(dues.needs))
        found, due = (
            sum(week.second_half(slot.clinicians[0], slot.start) is afternoon for slot in slots),
            min(wanted, days),
        )
        if found < due:
            begin = "starts" if found == 1 else "start"
            sentence = (
                f"The week has {wording.count(found, 'urgent slot')} that {begin} in the {name}; at least "
                f"{due} {'is' if due == 1 else 'are'} due."
            )
            yield report(setting, [], None, f"{found} in the {name}", str(due), sentence, due - found)
