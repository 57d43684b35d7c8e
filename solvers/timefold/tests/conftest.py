"""Leaves the tests out where the engine is missing, and says what is missing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


def _missing() -> str | None:
    if find_spec("safeschedule_timefold") is None:
        return "safeschedule-timefold is not installed: pip install ./solvers/timefold"
    from safeschedule_timefold import engine

    return engine.missing()


_MISSING = _missing()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give everything here the same reason to be skipped."""
    if _MISSING is not None:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=f"Timefold cannot run here: {_MISSING}"))


@pytest.fixture(scope="session")
def java() -> Any:
    """Return the Java package of the back-end, the virtual machine started."""
    from safeschedule_timefold import engine

    return engine.start()
