"""Whether the database is away for now: a fault that passes, and is nobody's who asks."""

from __future__ import annotations

from sqlalchemy import exc

from safeschedule import InputError


def away(error: BaseException) -> bool:
    """Return whether an error says that the database cannot be reached now.

    What was going on then was done or not: the answer to the last question may be lost on the way.
    """
    if isinstance(error, InputError):
        return bool(error.faults) and all(fault.code == "unreachable" for fault in error.faults)
    if isinstance(error, exc.DBAPIError):
        return error.connection_invalidated or isinstance(error, (exc.OperationalError, exc.InterfaceError))
    return isinstance(error, exc.TimeoutError)
