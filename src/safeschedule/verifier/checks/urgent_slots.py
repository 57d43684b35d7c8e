"""Check of the rule ``urgent_slots``: urgent slots held open every day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Block
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("urgent_slot")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield missing slots, slots too many for one clinician, and dates with all slots in one half."""
    least, each = setting.whole("minutes"), setting.whole("clinicians")
    slots: list[list[Block]] = [[] for _ in week.dates]
    for block in week.blocks:
        if block.kind == "urgent_slot" and block.minutes >= least and len(block.clinicians) == 1:
            slots[block.day].append(block)
    needs = [-(-sum(h.works_on(day) for h in week.hours.values()) // each) for day in range(len(slots))]
    for day, (found, need) in enumerate(zip(slots, needs, strict=True)):
        yield from _missing(week, setting, day, len(found), need)
        yield from _twice(week, setting, day, found)
        if need >= 2:
            yield from _halves(week, setting, day, found)
    yield from _shares(week, setting, [block for day in slots for block in day], sum(needs))


def _missing(week: Week, setting: Setting, day: int, found: int, need: int) -> Iterator[Finding]:
    if found < need:
        sentence = f"{week.day_name(day)} has {wording.count(found, 'urgent slot')}; the team needs {need}."
        yield report(setting, [], week.moment(day * 1440), str(found), str(need), sentence, need - found)


def _twice(week: Week, setting: Setting, day: int, slots: list[Block]) -> Iterator[Finding]:
    for clinician, found in sorted(Counter(slot.clinicians[0] for slot in slots).items()):
        if found > 1:
            sentence = f"{clinician} has {found} urgent slots on {week.day_name(day)}; at most 1 is allowed."
            yield report(setting, [clinician], week.moment(day * 1440), str(found), "1", sentence, found - 1)


def _halves(week: Week, setting: Setting, day: int, slots: list[Block]) -> Iterator[Finding]:
    covered = {week.afternoon(slot.start) for slot in slots}
    for afternoon, name in ((False, "morning"), (True, "afternoon")):
        if afternoon not in covered:
            when = week.moment(day * 1440 + (week.midday % 1440 if afternoon else 0))
            sentence = f"No urgent slot starts in the {name} of {week.day_name(day)}."
            yield report(setting, [], when, "0", "1", sentence)


def _shares(week: Week, setting: Setting, slots: list[Block], need: int) -> Iterator[Finding]:
    at_work = sum(hours.works() for hours in week.hours.values())
    most = -(-need // max(1, at_work)) + 1
    for clinician, found in sorted(Counter(slot.clinicians[0] for slot in slots).items()):
        if found > most:
            sentence = f"{clinician} has {found} urgent slots this week; the fair share allows {most}."
            yield report(setting, [clinician], None, str(found), str(most), sentence, found - most)
