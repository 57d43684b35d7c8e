"""What there is, and how one run went, in a line each."""

from __future__ import annotations

from typing import Any

from benchmarks import manifest
from benchmarks.records import Record


def table() -> str:
    """Return the stored instances with size, hash, and the best value and bound known, as a text table."""
    lines = [_row("instance", "profile", "clients", "requests", "sessions", "hash", "best", "bound", "by")]
    for name, entry in manifest.read().items():
        best: dict[str, Any] = entry["best"] or {}
        profile = entry["origin"].split("'")[1]
        lines.append(
            _row(
                name,
                profile,
                entry["clients"],
                entry["requests"],
                entry["sessions"],
                entry["hash"][:12],
                number(best.get("objective")),
                number(best.get("bound")),
                (best.get("found_by") or {}).get("solver", ""),
            )
        )
    return "\n".join(lines)


def _row(*cells: object) -> str:
    widths = (18, 18, 8, 9, 9, 13, 9, 9, 12)
    return " ".join(f"{cell!s:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def sentence(record: Record) -> str:
    """Return how one run went."""
    head = f"{record['instance']} {record['solver']}: {record['status']}"
    if record.get("fault"):
        return f"{head}: {record['fault']}"
    if record["objective"] is None:
        return f"{head}, no schedule after {record['seconds']:.1f} s"
    gap = "–" if record["gap"] is None else f"{100 * record['gap']:.3f} %"
    checked = "verified" if record["verified"] else "NOT VERIFIED"
    return (
        f"{head}, {number(record['objective'])} of at most {number(record['bound'])} ({gap}), {checked}, "
        f"{record['seconds']:.1f} s, first after {number(record['time_to_first'], '.1f')} s, "
        f"{number(record['peak_mib'], '.0f')} MiB"
    )


def number(value: float | None, form: str = ".0f") -> str:
    """Return a number for people, a dash for none."""
    return "–" if value is None else format(value, form)
