"""Verdicts in plain words: what each option's rules find, and alike options together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from safeschedule.catalogue import Trait, rules, traits_of
from safeschedule.explaining.unplaced.answers import Option
from safeschedule.explaining.unplaced.attended import of_request
from safeschedule.explaining.unplaced.barriers import OptionVerdict
from safeschedule.explaining.unplaced.facts import Commitment
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.rules_apart import BACKGROUND
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.model.stand_ins import CoverState, bound_to, standing
from safeschedule.problem import AllowedMode, Request
from safeschedule.problem.clock import DAY, format_clock
from safeschedule.reports.words import weekday
from safeschedule.solving.budget import Budget
from safeschedule.verifier.registry import check_of
from safeschedule.verifier.week import Week as Checked

_NAMED = 3


class Wording:
    """Tells the verdicts on one request.

    Parameters
    ----------
    week
        The planned week.
    request
        The request's number.
    budget
        Ends the evidence: what the verifier would have to be asked for is not told any more.
    """

    def __init__(self, week: Ground, request: int, budget: Budget | None = None) -> None:
        self._week, self._budget = week, budget
        self._request = week.index.requests[request]
        self._told: dict[tuple[object, ...], str] = {}

    def option(self, verdict: OptionVerdict) -> Option:
        """Return a verdict as an option, with what its rules find."""
        place = verdict.place
        return Option(
            clinicians=tuple(self._week.index.clinicians[c].id for c in place.people),
            day=self._week.problem.week_start + timedelta(days=place.half // 2),
            afternoon=bool(place.half % 2),
            fits=verdict.fits,
            rules=verdict.rules,
            evidence=self.evidence(verdict),
        )

    def evidence(self, verdict: OptionVerdict) -> tuple[str, ...]:
        """Return what the rules of a verdict find, a sentence or a part of one each."""
        told = [self._fact(rule, verdict) for rule in verdict.rules[:1] if len(verdict.rules) == 1]
        if not any(told):
            told = [verdict.finding] if verdict.finding else self._findings(verdict)
        told = [sentence for sentence in told if sentence]
        if self._request.group is not None and verdict.rules == BACKGROUND:
            told.append("what is fixed leaves no time to the client, or to those who may lead")
        if verdict.busy:
            told.append(f"{activities(verdict.busy)} {'is' if len(verdict.busy) == 1 else 'are'} there")
        return tuple(told)

    def _findings(self, verdict: OptionVerdict) -> list[str]:
        """Return what the verifier finds in the weeks that show what the rules ask."""
        told = []
        for rule, example in verdict.examples:
            key = (rule, example.start.tobytes(), example.clinician.tobytes(), example.request.tobytes())
            if key not in self._told and self._budget is not None and self._budget.over:
                return []
            told.append(self._finding(key, rule, example, verdict))
        return told

    def _fact(self, rule: str, verdict: OptionVerdict) -> str:
        """Return what a rule says of the clinician or the client alone; nothing for most rules."""
        if self._request.group is not None:
            return ""
        index, asked = self._week.index, self._request
        said = of_people(index, asked, verdict.place.people[0], rule)
        if said:
            return said
        if rule == "client_availability":
            return self._availability(asked, verdict)
        return ""

    def _availability(self, asked: Request, verdict: OptionVerdict) -> str:
        index = self._week.index
        client = index.clients[index.client_number[asked.client]]
        day = self._week.problem.week_start + timedelta(days=verdict.place.half // 2)
        if (asked.earliest or day) > day or (asked.latest or day) < day:
            return "it is not asked for on that date"
        told = []
        for windows, never, some in (
            (client.windows, "the client cannot come that day", "the client can come"),
            (asked.windows, "the request does not allow that day", "the request allows"),
        ):
            spans = [(w.start, w.end) for w in windows if w.day.number == day.weekday()]
            if windows and not spans:
                return never
            if spans:
                times = [f"{format_clock(a)}-{format_clock(b)}" for a, b in spans]
                told.append(f"{some} {listing(times)}")
        return "; ".join(told)

    def _finding(self, key: tuple[object, ...], rule: str, example: Rows, verdict: OptionVerdict) -> str:
        """Return what the verifier finds against a rule in a week that breaks it."""
        if key not in self._told:
            index, place = self._week.index, verdict.place
            checked = Checked(self._week.problem, extract(index, example, self._week.schedule))
            found = list(check_of(index.settings[rule])(checked, index.settings[rule]))
            asked = self._request.id
            people = {*(index.clinicians[c].id for c in place.people), self._request.client}
            near = [f for f in found if people & set(f.who)] or found
            mine = (example.request == index.request_number[self._request.id]) & example.is_visit
            days = {self._week.problem.week_start + timedelta(days=int(day)) for day in example.day[mine]}
            here = [f for f in near if f.when is not None and f.when.date() in days] or near
            said = here[0].sentence if here else ""
            self._told[key] = of_request(checked, asked, said) if rule == "attendants" else said
        return self._told[key]


def of_people(index: Index, asked: Request, clinician: int, rule: str) -> str:
    """Return what a rule says of a clinician and a request at any time; nothing for most rules."""
    person = index.clinicians[clinician]
    client = index.clients[index.client_number[asked.client]]
    if rule == "qualification":
        missing = sorted({*asked.skills, *index.types[asked.session_type].skills} - {*person.skills})
        if missing:
            return f"lacks {'the skill' if len(missing) == 1 else 'the skills'} {listing(missing)}"
        if asked.mode is AllowedMode.TELEHEALTH and not person.telehealth:
            return "does not work by telehealth"
        return ""
    if rule == "continuity" and (asked.clinician or client.clinician):
        named = asked.clinician is not None
        bound = (
            f"the request names {asked.clinician}"
            if named
            else f"the client's own clinician is {client.clinician}"
        )
        return bound + _standing(index, asked)
    return ""


def _standing(index: Index, asked: Request) -> str:
    """Return who may stand in for somebody away, as an addition to who it is."""
    setting, number = index.settings.get("continuity"), index.request_number[asked.id]
    if setting is None or asked.group is not None or bound_to(index, number) < 0:
        return ""
    cover = index.clinicians[bound_to(index, number)].cover
    return {
        CoverState.THERE: "",
        CoverState.OPEN: "",
        CoverState.WAITS: ", who is away; it is not urgent and waits",
        CoverState.COVERED: f", who is away; only the cover {cover} may stand in",
        CoverState.NOBODY: ", who is away, and no cover is named",
    }[standing(index, setting, number)]


def barriers(options: Iterable[Option], *, costly: bool = False) -> tuple[str, ...]:
    """Return sentences about what blocks options, alike ones together.

    `costly`: it is known that no option that fits is without cost.
    """
    by_place: defaultdict[tuple[object, ...], list[Option]] = defaultdict(list)
    for option in options:
        by_place[option.clinicians, option.fits, option.rules, option.evidence].append(option)
    # Then clinicians of whom the same is told on the same half-days.
    alike: defaultdict[tuple[object, ...], list[list[Option]]] = defaultdict(list)
    for same in by_place.values():
        first = same[0]
        personal = _is_personal(first.rules)
        when = () if personal else tuple((o.day, o.afternoon) for o in same)
        alike[when, first.fits, first.rules, first.evidence].append(same)
    told = [_sentence(every, costly=costly) for every in alike.values()]
    return tuple(sorted(told, key=lambda text: len(text) > 400))


def _sentence(every: Sequence[Sequence[Option]], *, costly: bool) -> str:
    first = every[0][0]
    people = [" or ".join(same[0].clinicians) for same in every]
    who = listing(people) if len(people) <= 6 else f"{len(people)} other clinicians"
    when = "" if _is_personal(first.rules) else f", {half_days(every[0])}"
    if first.fits:
        if costly:
            return f"{who}{when}: it fits as the week stands, but at a cost."
        return f"{who}{when}: no hard rule forbids it as the week stands."
    if first.fits is None:
        return f"{who}{when}: not decided in the time."
    told = [sentence.rstrip(".") for sentence in first.evidence]
    said = "; ".join(told or [title(rule) for rule in first.rules])
    if len(people) > 1:
        said = said.replace("lacks ", "lack ", 1).replace("does not", "do not", 1)
    if len(first.rules) > 1:
        said = f"one of these would follow: {said}"
    return f"{who}{when}: {said} ({', '.join(first.rules)})."


def _is_personal(rules: tuple[str, ...]) -> bool:
    """Return whether what stands against an option holds of a clinician whatever the half-day."""
    return len(rules) == 1 and Trait.PERSONAL in traits_of(rules[0])


def title(rule: str) -> str:
    """Return a rule's title inside a sentence."""
    # A rule of one's own is told by its name.
    found = rules()[rule].title if rule in rules() else f"the rule {rule}"
    return found[:1].lower() + found[1:]


def half_days(options: Sequence[Option]) -> str:
    """Return half-days in words, such as ``Tuesday and Friday; Thursday morning``."""
    by_day: defaultdict[date, list[bool]] = defaultdict(list)
    for option in sorted(options, key=lambda o: (o.day, o.afternoon)):
        by_day[option.day].append(option.afternoon)
    whole = [day for day, halves in by_day.items() if len(halves) == 2]
    parts = [_days(whole)] if whole else []
    for afternoon, half in ((False, "morning"), (True, "afternoon")):
        days = [day for day, halves in by_day.items() if halves == [afternoon]]
        if days:
            parts.append(f"{_days(days)} {half}" if len(days) == 1 else f"the {half}s of {_days(days)}")
    return "; ".join(parts)


def _days(days: Sequence[date]) -> str:
    """Return dates by weekday; three and more in a row by the first and the last."""
    if len(days) > 2 and (days[-1] - days[0]).days == len(days) - 1:
        return f"{weekday(days[0])} to {weekday(days[-1])}"
    return listing([weekday(day) for day in days])


def activities(busy: Sequence[Commitment]) -> str:
    """Return what is fixed, with its times of day, and how many more there are."""
    named = [
        f"{a.name} {format_clock(a.start % DAY)}-{format_clock((a.end - 1) % DAY + 1)}" for a in busy[:_NAMED]
    ]
    if len(busy) > _NAMED:
        named.append(f"{len(busy) - _NAMED} more")
    return listing(named)


def listing(names: Sequence[str]) -> str:
    """Return names such as ``A, B and C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
