"""The agenda of an allocation huddle: what has come up since the last, and what waits for somebody (AB)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.bands import proposed_bands
from safeschedule.caseload.contacts import due_reviews
from safeschedule.caseload.huddle.items import Huddle, HuddleItem, HuddleTopic, LastHuddle
from safeschedule.caseload.huddle.signals import MissedVisits, NewFlag, missed_visits, new_flags
from safeschedule.caseload.panels.panel import Panel, PanelState
from safeschedule.caseload.panels.status import panel_status
from safeschedule.ledger import HuddleAction, HuddleHeld, LedgerEntry, LedgerView, PlanAccepted, Resolved
from safeschedule.ledger.matters import OpenMatter
from safeschedule.ledger.reviews import reviews_ahead
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule


def huddle_agenda(
    problem: Problem,
    ledger: LedgerView,
    schedule: Schedule | None = None,
    *,
    actuals: Sequence[Actuals] = (),
    since: date | None = None,
) -> Huddle:
    """Return what an allocation huddle speaks of (AB): new risk, what nobody owns, who is over, what is late.

    Parameters
    ----------
    problem, schedule
        The week, as for `panel_status`.
    ledger
        What the ledger says on the date of the huddle; see `ledger_view`.
    actuals
        Recorded weeks: flags and missed visits come from there.
    since
        From which date they are new; ``None``: from the last huddle of the ledger on.

    Raises
    ------
    ArgumentError
        An argument makes no sense.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import huddle_agenda, ledger_view
    >>> agenda = huddle_agenda(problem, ledger_view([], date(2026, 10, 5)))
    >>> agenda.last is None, [str(topic) for topic in agenda.unknown]
    (True, ['flag', 'missed_visits'])
    """
    looked = Arguments("huddle_agenda")
    looked.problem(problem) if schedule is None else looked.week(problem, schedule)
    _require_dated(looked, ledger)
    looked.sequence("actuals", actuals, Actuals, "an Actuals").date("since", since).done()
    assert ledger.on is not None
    last = _last(ledger)
    begin = since or (None if last is None else last.on)
    known = set() if last is None or since is not None else set(_held(ledger, last.entry).flagged)
    flags = new_flags(problem, actuals, begin, ledger.on, told=known)
    missed = missed_visits(actuals, begin, ledger.on)
    items = [
        *(_item(HuddleTopic.EXCEPTION, "", matter) for matter in ledger.exceptions),
        *(_flag(each) for each in flags or ()),
        *(_missed(each) for each in missed or ()),
        *_waiting(ledger),
        *_over(panel_status(problem, schedule, ledger=ledger)),
        *_reviews(ledger),
        *_bands(problem, ledger.on),
    ]
    unknown = [(HuddleTopic.FLAG, flags), (HuddleTopic.MISSED, missed)]
    return Huddle(
        week_start=problem.week_start,
        on=ledger.on,
        since=begin,
        last=last,
        items=tuple(items),
        unknown=tuple(topic for topic, found in unknown if found is None),
    )


def _require_dated(looked: Arguments, ledger: object) -> None:
    looked.kind("ledger", ledger, LedgerView, "a LedgerView; see ledger_view")
    if isinstance(ledger, LedgerView) and ledger.on is None:
        looked.fault("missing_argument", "ledger.on", None, "a view as of a date; see ledger_view")


def _held(ledger: LedgerView, number: int) -> HuddleHeld:
    (found,) = (e.content for e in ledger.entries if e.number == number and isinstance(e.content, HuddleHeld))
    return found


def _last(ledger: LedgerView) -> LastHuddle | None:
    """Return the last huddle that nobody has withdrawn."""
    gone = ledger.withdrawn
    held = [e for e in ledger.entries if isinstance(e.content, HuddleHeld) and e.number not in gone]
    if not held:
        return None
    last: LedgerEntry = held[-1]
    came = [e for e in ledger.entries if getattr(e.content, "huddle", None) == last.number]
    actions = {e.number for e in came if isinstance(e.content, HuddleAction)} - gone
    done = {e.content.entry for e in ledger.entries if isinstance(e.content, Resolved)}
    plans = [e.basis.schedule_hash for e in came if isinstance(e.content, PlanAccepted)]
    return LastHuddle(last.number, last.at.date(), len(actions), len(actions & done), tuple(plans))


def _item(topic: HuddleTopic, about: str, matter: OpenMatter) -> HuddleItem:
    return HuddleItem(
        topic, about, matter.what, matter.owner, matter.due, overdue=matter.overdue, entry=matter.entry
    )


def _waiting(ledger: LedgerView) -> Iterator[HuddleItem]:
    waiting = [matter for matter in ledger.open if matter.kind != "exception_opened"]
    clients = {e.number: getattr(e.content, "client", None) or "" for e in ledger.entries}
    for topic, owned in ((HuddleTopic.UNOWNED, False), (HuddleTopic.ACTION, True)):
        for matter in waiting:
            if bool(matter.owner) is owned:
                yield _item(topic, clients.get(matter.entry, ""), matter)


def _over(panel: Panel) -> Iterator[HuddleItem]:
    for row in panel.clinicians:
        if row.state is PanelState.OVER:
            said = " ".join(why.sentence for why in row.because if why.found > why.limit)
            silent = " No capacity exception says so." if row.who in panel.unreported else ""
            yield HuddleItem(HuddleTopic.OVER, row.who, said + silent)


def _reviews(ledger: LedgerView) -> Iterator[HuddleItem]:
    assert ledger.on is not None
    for matter in reviews_ahead(ledger.entries, ledger.on):
        if matter.overdue:
            yield _item(HuddleTopic.REVIEW, "", matter)


def _bands(problem: Problem, on: date) -> Iterator[HuddleItem]:
    for due in due_reviews(problem):
        yield HuddleItem(
            *(HuddleTopic.BAND, due.client, f"The review of the band {due.band} is due."),
            owner=due.clinician or "",
            due=due.due,
            overdue=due.due < on,
        )
    for each in proposed_bands(problem):
        said = f"{each.band} to {each.proposed} is proposed; a clinician confirms it. {each.reason}"
        yield HuddleItem(HuddleTopic.BAND, each.client, said, owner=each.clinician or "")


def _flag(found: NewFlag) -> HuddleItem:
    return HuddleItem(HuddleTopic.FLAG, found.client, found.sentence, owner=found.clinician or "")


def _missed(found: MissedVisits) -> HuddleItem:
    return HuddleItem(HuddleTopic.MISSED, found.client, found.sentence)
