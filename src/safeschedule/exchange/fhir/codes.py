"""To which code a reference leads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_VERSION = re.compile(r"/_history/[^/]+$")
_RELATIVE = re.compile(r"(?:^|.*/)([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})")


@dataclass(frozen=True)
class Known:
    """What a reference leads to.

    Parameters
    ----------
    type
        The type of the resource.
    code
        Its code in the problem.
    path
        The list of the problem to which it belongs; empty where nobody says, or for what is not in the file.
    """

    type: str
    code: str
    path: str = ""


@dataclass
class Codes:
    """The resources of a file by what references call them.

    Parameters
    ----------
    known
        By ``Type/id`` and by full URL.
    """

    known: dict[str, Known] = field(default_factory=dict)

    def add(self, names: Iterable[str], known: Known) -> None:
        """Add a resource under its names."""
        self.known.update(dict.fromkeys(names, known))

    def find(self, reference: str, near: str = "") -> Known | None:
        """Return what a reference leads to.

        A relative reference is taken from beside the entry in which it is, as FHIR says for Bundles. What is
        not in the file is known by the type and the id that the reference names; ``None``: it names neither.

        Parameters
        ----------
        reference
            The text of the reference.
        near
            The full URL of the resource in which it stands.
        """
        plain = _VERSION.sub("", reference)
        match = _RELATIVE.fullmatch(plain)
        beside = _RELATIVE.fullmatch(near)
        if match and plain == f"{match[1]}/{match[2]}" and beside and "://" in near:
            whole = near[: -len(f"{beside[1]}/{beside[2]}")] + plain
            if whole in self.known:
                return self.known[whole]
        if plain in self.known:
            return self.known[plain]
        if match is None:
            return None
        return Known(match[1], match[2])
