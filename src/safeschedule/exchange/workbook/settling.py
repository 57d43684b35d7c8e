"""Hours without a site get the one that the sheet Team names for their day."""

from __future__ import annotations

from typing import Any

from safeschedule.exchange.workbook.gathering import Gathered


def settle_sites(got: Gathered) -> None:
    """Put sites that were said by day into the hours of whose they are; hours that name a site keep it."""
    for entries in got.data.values():
        for entry in entries if isinstance(entries, list) else ():
            said = entry.get("sites") if isinstance(entry, dict) else None
            if isinstance(said, dict):
                entry["sites"] = said["sites"]
                _into_hours(entry.get("working"), said["on"])


def _into_hours(periods: Any, on: dict[str, str]) -> None:
    for period in periods if isinstance(periods, list) else ():
        if isinstance(period, dict) and period.get("site") is None and period.get("day") in on:
            period["site"] = on[period["day"]]
