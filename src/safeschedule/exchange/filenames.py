"""File names from codes: the same on every system, and never the same for two codes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def file_names(codes: Iterable[str], suffix: str) -> dict[str, str]:
    """Return a safe file name for each code.

    Letters and digits of ASCII, ``-`` and ``_`` stay. A code that had to be changed, that is reserved on
    Windows, or that differs from another only by case, gets a short hash of itself; so its name hardly ever
    depends on the other codes.

    Parameters
    ----------
    codes
        The codes, each once.
    suffix
        The ending, such as ``.ics``.
    """
    codes = list(codes)
    plain = {code: re.sub(r"[^A-Za-z0-9_-]+", "-", code).strip("-")[:60] for code in codes}
    count = Counter(name.casefold() for name in plain.values())
    names = {}
    for code, name in plain.items():
        changed = name != code or count[name.casefold()] > 1 or _RESERVED.fullmatch(name)
        digest = hashlib.sha256(code.encode()).hexdigest()[:8]
        names[code] = f"{name or 'clinician'}-{digest}{suffix}" if changed else f"{name}{suffix}"
    return names
