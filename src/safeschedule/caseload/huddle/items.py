"""The agenda of a huddle, as it is told: items by topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeschedule.returned import Returned


class HuddleTopic(StrEnum):
    """What a huddle speaks of, in this order."""

    EXCEPTION = "exception"
    FLAG = "flag"
    MISSED = "missed_visits"
    UNOWNED = "unowned"
    ACTION = "action"
    OVER = "over"
    REVIEW = "review"
    BAND = "band"


@dataclass(frozen=True)
class HuddleItem(Returned):
    """One item of the agenda.

    Parameters
    ----------
    topic
        What it is.
    about
        The client or the clinician; empty: the team.
    what
        In one sentence.
    owner
        Whose it is; empty: nobody's yet.
    due
        By when; ``None``: no date is set.
    overdue
        Whether that has passed.
    entry
        The ledger's entry that it comes from; ``None``: it comes from the problem or from what was recorded.
    """

    topic: HuddleTopic
    about: str
    what: str
    owner: str = ""
    due: date | None = None
    overdue: bool = False
    entry: int | None = None

    def __str__(self) -> str:
        late = "" if self.due is None else f"{'OVERDUE since' if self.overdue else 'due'} {self.due}"
        told = ", ".join(
            filter(None, (late, self.owner, "" if self.entry is None else f"entry {self.entry}"))
        )
        return f"{f'{self.about}: ' if self.about else ''}{self.what}{f' ({told})' if told else ''}"


@dataclass(frozen=True)
class LastHuddle(Returned):
    """The huddle before, and what came of it.

    Parameters
    ----------
    entry, on
        Its entry in the ledger, and its date in UTC.
    actions, done
        Actions that name it, and how many of them are resolved.
    plans
        Hashes of the schedules that were accepted because of it.
    """

    entry: int
    on: date
    actions: int
    done: int
    plans: tuple[str, ...]

    def __str__(self) -> str:
        plans = ", ".join(each[:12] or "no hash" for each in self.plans)
        planned = f"; planned again: {plans}" if plans else ""
        done = f"{self.done} of {self.actions} actions done"
        return f"Last huddle: {self.on} (entry {self.entry}), {done}{planned}."


@dataclass(frozen=True)
class Huddle(Returned):
    """The agenda of a huddle.

    Parameters
    ----------
    week_start, on
        The week that is looked at, and the date of the huddle.
    since
        From when flags and missed visits are new; ``None``: there was no huddle before, and all count.
    last
        The huddle before, where the ledger has one.
    items
        What is to be spoken of, topic after topic.
    unknown
        Topics of which nothing was recorded, which is not the same as none.
    """

    week_start: date
    on: date
    since: date | None
    last: LastHuddle | None
    items: tuple[HuddleItem, ...]
    unknown: tuple[HuddleTopic, ...]

    def of(self, topic: HuddleTopic | str) -> tuple[HuddleItem, ...]:
        """Return the items of a topic."""
        return tuple(item for item in self.items if item.topic == topic)

    def __str__(self) -> str:
        lines = [f"Huddle on {self.on}"]
        lines += ["There is no huddle in the ledger." if self.last is None else str(self.last)]
        for topic in HuddleTopic:
            own = self.of(topic)
            lines += [f"{TITLES[topic]}: {self.count(topic)}", *(f"  {item}" for item in own)]
        return "\n".join(lines)

    def count(self, topic: HuddleTopic) -> str:
        """Return how many items a topic has, or that it is not known."""
        return "not known" if topic in self.unknown else str(len(self.of(topic)) or "none")


TITLES = {
    HuddleTopic.EXCEPTION: "Capacity exceptions that are open",
    HuddleTopic.FLAG: "New risk flags",
    HuddleTopic.MISSED: "Repeated missed visits",
    HuddleTopic.UNOWNED: "Nobody's: actions and concerns",
    HuddleTopic.ACTION: "Actions",
    HuddleTopic.OVER: "Over a limit",
    HuddleTopic.REVIEW: "Reviews overdue",
    HuddleTopic.BAND: "Band reviews due, and bands proposed",
}
"""What each topic is called."""
