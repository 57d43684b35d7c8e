"""File names from codes: the same on every system, and never the same for two codes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)|.*-[0-9a-f]{16}(-\d+)?", re.IGNORECASE)
"""Names of Windows' devices, and what looks like the name that a changed code gets."""


def file_names(codes: Iterable[str], suffix: str) -> dict[str, str]:
    """Return a safe file name for each code, different ones for different codes whatever the system keeps.

    Letters and digits of ASCII, ``-`` and ``_`` stay. A code that had to be changed, that is reserved, or
    that differs from another only by case, gets a hash of itself; so its name does not depend on the other
    codes. Should even that be another's, a number follows.

    Parameters
    ----------
    codes
        The codes; those that come again count once.
    suffix
        The ending, such as ``.ics``.

    Examples
    --------
    >>> file_names(["C1", "C 2"], ".ics")
    {'C1': 'C1.ics', 'C 2': 'C-2-fb50cffdbda6b1b7.ics'}
    """
    codes = list(dict.fromkeys(codes))
    plain = {code: re.sub(r"[^A-Za-z0-9_-]+", "-", code).strip("-")[:60] for code in codes}
    count = Counter(name.casefold() for name in plain.values())
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code, name in plain.items():
        changed = name != code or count[name.casefold()] > 1 or _RESERVED.fullmatch(name)
        digest = hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        stem = base = f"{name or 'code'}-{digest}" if changed else name
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{base}-{number}"
        taken.add(stem.casefold())
        names[code] = f"{stem}{suffix}"
    return names
