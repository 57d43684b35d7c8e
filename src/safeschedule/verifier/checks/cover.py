"""Check of the rule ``cover``: a cover for clinicians on leave, with room for urgent matters."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Clinician, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("cover")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each date of absence that no cover takes, and each date on which a cover has too few blocks."""
    absences = {code: Absences(week, code) for code in week.clinicians}
    for day in range(len(week.dates)):
        covered: dict[str, list[str]] = {}
        for code, clinician in week.clinicians.items():
            if not absences[code].is_regular(day) or absences[code].works_on(day):
                continue
            cover = _cover(week, clinician, day, setting.whole("minutes"))
            if cover is None:
                yield _nobody(week, setting, clinician, day)
            else:
                covered.setdefault(cover, []).append(code)
        for cover, absent in sorted(covered.items()):
            yield from _blocks(week, setting, cover, absent, day)


def _cover(week: Week, absent: Clinician, day: int, least: int) -> str | None:
    cover = None if absent.cover is None else week.clinicians.get(absent.cover)
    if cover is None or not (cover.role == absent.role or cover.is_supervisor):
        return None
    pieces = week.hours[cover.id].free[day]
    return cover.id if any(end - start >= least for start, end in pieces) else None


def _nobody(week: Week, setting: Setting, absent: Clinician, day: int) -> Finding:
    why = "no cover is named" if absent.cover is None else f"{absent.cover} cannot cover"
    sentence = f"{absent.id} is away on {week.day_name(day)}, and {why}."
    return report(setting, [absent.id], week.beginning(day), "no cover", "a cover", sentence)


def _blocks(week: Week, setting: Setting, cover: str, absent: list[str], day: int) -> Iterator[Finding]:
    least, due = setting.whole("minutes"), len(absent)
    found = sum(block.minutes >= least for block in week.blocks_on(cover, day, "cover"))
    if found < due:
        sentence = (
            f"{cover} covers {wording.listing(absent)} on {week.day_name(day)} and has "
            f"{wording.count(found, 'cover block')} of at least {wording.count(least, 'minute')}; "
            f"{due} {'is' if due == 1 else 'are'} due."
        )
        who, when = [cover, *absent], week.beginning(day)
        limit = wording.count(due, "block")
        yield report(setting, who, when, wording.count(found, "block"), limit, sentence, due - found)
