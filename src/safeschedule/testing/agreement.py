"""The agreement of encoder and check: the model accepts a schedule if and only if the check is silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.model.represent import represent
from safeschedule.model.rows import MODES, Rows, make_rows
from safeschedule.problem import Mode, Problem, RuleSetting
from safeschedule.problem.clock import DAY
from safeschedule.schedule import Schedule
from safeschedule.solving.evaluate import amounts_of
from safeschedule.testing.names import with_names_pinned, without_names
from safeschedule.verifier import examine


@dataclass(frozen=True)
class Accounts:
    """What both sides say of one schedule, with one rule and those on which it builds, or which it heeds.

    Parameters
    ----------
    sound
        Whether the check of every rule on which it builds is silent.
    check
        The check's amount.
    model_accepts
        Whether the model with the hard rule accepts the schedule.
    model_amount
        The model's amount with the soft rule; ``None``: it refuses the schedule (or the rule is physical).
    """

    sound: bool
    check: int
    model_accepts: bool
    model_amount: int | None

    @property
    def agree(self) -> bool:
        """Whether both sides say the same."""
        if self.model_accepts != (self.sound and self.check == 0):
            return False
        return self.model_amount is None or not self.sound or self.model_amount == self.check


class Agreement:
    """Asks encoder and check about one schedule, rule by rule.

    All variables are fixed to the schedule; rows that it does not choose take part as well, so that an
    encoder which counts what is not chosen, or takes one row of a plan entry for all, is found out.

    Parameters
    ----------
    problem, schedule
        The week; codes and lengths of the schedule agree with the problem.

    Raises
    ------
    ValueError
        The schedule cannot be said in rows (see `safeschedule.model.represent`), or leaves attendants open.
    """

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem, self.schedule = with_names_pinned(problem, schedule)
        index = Index(_only(self.problem, {}))
        self._rows, self._chosen = _among_others(index, represent(index, without_names(self.schedule)))

    def of(self, rule: str) -> Accounts:
        """Return what both sides say of the schedule with a rule and those on which it builds."""
        problem, schedule = self.problem, self.schedule
        statement = problem.rulebook.known()[rule]
        heeded = [name for name in statement.heeds if problem.rulebook.setting(name).enabled]
        builds_on = (*statement.assumes, *heeded)
        hard = _only(problem, {rule: True, **dict.fromkeys(builds_on, True)})
        verification = examine(hard, schedule)
        check = verification.amounts[rule]
        sound = not any(verification.amounts[name] for name in builds_on)
        accepts = self._amount(rule, hard) is not None
        amount = None
        if statement.tier is not Tier.PHYSICAL:
            amount = self._amount(rule, _only(problem, {rule: False, **dict.fromkeys(builds_on, True)}))
            if sound and amount is None:
                # A soft rule that refuses anything is as wrong as a wrong amount.
                amount = -1
        return Accounts(sound=sound, check=check, model_accepts=accepts, model_amount=amount)

    def _amount(self, rule: str, problem: Problem) -> int | None:
        """Return the model's amount of the rule (0 for a hard one), or ``None`` when the model refuses."""
        build = encode(Index(problem), self._rows)
        for variable, held in zip(build.row_vars, self._chosen.tolist(), strict=True):
            build.model.add(variable == int(held))
        amounts = amounts_of(build)
        return None if amounts is None else amounts.get(rule, 0)


def accounts(rule: str, problem: Problem, schedule: Schedule) -> Accounts:
    """Ask encoder and check of one rule about one schedule (see `Agreement`)."""
    return Agreement(problem, schedule).of(rule)


def _only(problem: Problem, enabled: dict[str, bool]) -> Problem:
    """Return the problem with only some rules on, hard or soft as given."""
    book = problem.rulebook
    settings = {
        name: (
            _with(book.rules.get(name, RuleSetting()), hard=enabled[name])
            if name in enabled
            else _with(book.rules.get(name, RuleSetting()), enabled=False)
        )
        for name in book.known()
    }
    return problem.with_settings(settings)


def _with(setting: RuleSetting, **changes: bool) -> RuleSetting:
    """Return a rule's setting with some choices changed."""
    return setting.model_copy(update={"enabled": True, **changes})


def _among_others(index: Index, own: Rows) -> tuple[Rows, Bools]:
    """Return rows in no order, and which of them are a schedule's own.

    The others are some candidates, and for each own row some that share its plan entry and are at another
    time or place. So an encoder that takes one row of an entry for all of them is found out, wherever in
    the entry the row is that it takes.
    """
    others = candidates(index)
    # Every seventh, which keeps the models small and still gives each half-day several rows.
    some = others.take(np.arange(0, len(others), 7))
    records = list(dict.fromkeys([*own.records(), *some.records(), *_beside(index, own)]))
    order = np.random.default_rng(len(records)).permutation(len(records))
    return make_rows([records[n] for n in order]), order < len(own)


def _beside(index: Index, own: Rows) -> Iterator[tuple[int, ...]]:
    """Yield for each row the same a grid step later and earlier in its half-day, in other modes and sites."""
    half, ends = index.half_of(own.start), (own.end - 1) // DAY
    for step in (index.grid, -index.grid):
        start = own.start + step
        there = (index.half_of(start) == half) & (start >= 0) & (start // DAY == own.day)
        there &= (start + own.minutes - 1) // DAY == ends
        yield from replace(own, start=start).take(there).records()
    sessions = own.take(own.is_session)
    yield from replace(sessions, mode=1 - sessions.mode, site=np.full_like(sessions.site, -1)).records()
    for site in index.site_number.values():
        in_person = np.full_like(sessions.mode, MODES.index(Mode.IN_PERSON))
        yield from replace(sessions, mode=in_person, site=np.full_like(sessions.site, site)).records()
