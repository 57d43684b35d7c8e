"""What a week is made of, with times in minutes from the first minute of the week's first date."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.problem import Request, SessionType
from safeschedule.verifier import wording


@dataclass(frozen=True, slots=True)
class Activity:
    """Something with a time.

    Parameters
    ----------
    start, end
        Minutes from the first minute of the week's first date; the end is excluded.
    """

    start: int
    end: int

    @property
    def day(self) -> int:
        """The date on which it starts; 0 is the week's first."""
        return self.start // 1440

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.end - self.start

    @property
    def name(self) -> str:
        """What it is, in a few words."""
        return "an activity"


@dataclass(frozen=True, slots=True)
class Session(Activity):
    """An appointment, without the people that the problem does not know.

    Parameters
    ----------
    clients, clinicians
        Known ones, sorted, without repetition.
    type, request
        ``None`` where the appointment names none or an unknown one.
    high
        Whether it is a high-intensity session, by its type or by the flags of its clients.
    requests
        What it serves: its request, or what its clients have asked of its group.
    group
        The group of which it is a session.
    attendants
        Known ones whom it names, sorted, without repetition.
    """

    clients: tuple[str, ...]
    clinicians: tuple[str, ...]
    type: SessionType | None
    request: Request | None
    mode: str
    site: str | None
    room: str | None
    high: bool
    requests: tuple[Request, ...] = ()
    group: str | None = None
    attendants: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind of its type."""
        return None if self.type is None else self.type.kind.value

    @property
    def name(self) -> str:
        """What it is, and with whom."""
        return f"a session with {wording.listing(self.clients)}" if self.clients else "a session"

    @property
    def short(self) -> str:
        """The same with the definite article."""
        return f"the {self.name[2:]}"


@dataclass(frozen=True, slots=True)
class ProtectedTime(Activity):
    """Protected time, without the people that the problem does not know.

    Parameters
    ----------
    clinicians
        Known ones who attend, sorted, without repetition.
    supervisor
        ``None`` where it names none or an unknown one.
    site
        Where travel leads.
    """

    kind: str
    clinicians: tuple[str, ...]
    supervisor: str | None
    site: str | None = None

    @property
    def name(self) -> str:
        """What it is, with its article."""
        return wording.block_name(self.kind)


@dataclass(frozen=True, slots=True)
class MeetingTime(Activity):
    """A meeting fixed by others."""

    id: str

    @property
    def name(self) -> str:
        """What it is, by its code."""
        return f"the meeting {self.id}"
