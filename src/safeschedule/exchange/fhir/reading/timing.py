"""When a request is wanted, where it says so as FHIR's Timing."""

from __future__ import annotations

from typing import Any

from safeschedule.exchange.fhir.look import Plain, ResourceReader
from safeschedule.exchange.fhir.moments import boundary

_READ = {"boundsPeriod", "dayOfWeek", "frequency", "period", "periodUnit"}
_WEEK = "wk"


def timing(look: ResourceReader) -> Plain:
    """Return what ``occurrenceTiming`` says of a request: days, first and last date, how often in a week."""
    found = look.data.get("occurrenceTiming")
    if not found:
        return {}
    repeat: dict[str, Any] = found.get("repeat") or {}
    made: Plain = {}
    left = sorted({*found} - {"repeat"} | {*repeat} - _READ)
    if left:
        look.note("occurrenceTiming", f"{', '.join(left)}: not read")
    days = repeat.get("dayOfWeek") or ()
    if days:
        look.note("occurrenceTiming.repeat.dayOfWeek", "read as windows of these whole days")
        made["windows"] = [{"day": day, "start": "00:00", "end": "24:00"} for day in days]
    bounds = repeat.get("boundsPeriod") or {}
    for name, field in (("start", "earliest"), ("end", "latest")):
        if name in bounds:
            text = boundary(str(bounds[name]), look.around.zone, end=False)
            if text is None:
                look.fault(
                    "bad_value", f"occurrenceTiming.repeat.boundsPeriod.{name}", bounds[name], "a date"
                )
            else:
                made[field] = text[:10]
    return made | _how_often(repeat, look)


def _how_often(repeat: Plain, look: ResourceReader) -> Plain:
    often, weeks, unit = (repeat.get(name) for name in ("frequency", "period", "periodUnit"))
    if often is None and weeks is None and unit is None:
        return {}
    if unit != _WEEK or not isinstance(weeks, int | float) or weeks != int(weeks):
        look.note("occurrenceTiming.repeat", "how often is read only of whole weeks")
        return {}
    made: Plain = {"every": int(weeks)}
    if isinstance(often, int) and often > 1:
        made["count"] = often
    look.note("occurrenceTiming.repeat", f"read as {made.get('count', 1)} in a week, every {made['every']}")
    return made
