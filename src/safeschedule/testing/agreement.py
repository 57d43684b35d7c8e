"""The agreement of encoder and check: the model accepts a schedule if and only if the check is silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeschedule.catalogue import Tier, rules
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.represent import represent
from safeschedule.model.rows import Rows, make_rows
from safeschedule.problem import Problem, RuleSetting
from safeschedule.schedule import Schedule
from safeschedule.solving.evaluate import amounts_of
from safeschedule.verifier import examine


@dataclass(frozen=True)
class Accounts:
    """What both sides say of one schedule, with one rule and those on which it builds.

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


def accounts(rule: str, problem: Problem, schedule: Schedule) -> Accounts:
    """Ask encoder and check about one schedule.

    All variables are fixed to the schedule; rows that it does not choose take part as well, so that an
    encoder which counts what is not chosen is found out.

    Raises
    ------
    ValueError
        The schedule cannot be said in rows (see `safeschedule.model.represent`).
    """
    builds_on = rules()[rule].assumes
    hard = _only(problem, {rule: True, **dict.fromkeys(builds_on, True)})
    verification = examine(hard, schedule)
    check = verification.amounts[rule]
    sound = not any(verification.amounts[name] for name in builds_on)
    accepts = _amount(rule, hard, schedule) is not None
    amount = None
    if rules()[rule].tier is not Tier.PHYSICAL:
        soft = _only(problem, {rule: False, **dict.fromkeys(builds_on, True)})
        amount = _amount(rule, soft, schedule)
        if sound and amount is None:
            # A soft rule that refuses anything is as wrong as a wrong amount.
            amount = -1
    return Accounts(sound=sound, check=check, model_accepts=accepts, model_amount=amount)


def _only(problem: Problem, enabled: dict[str, bool]) -> Problem:
    """Return the problem with only some rules on, hard or soft as given."""
    book = problem.rulebook
    settings = {
        name: (
            _with(book.rules.get(name, RuleSetting()), hard=enabled[name])
            if name in enabled
            else _with(book.rules.get(name, RuleSetting()), enabled=False)
        )
        for name in rules()
    }
    # Rooms are given out after the model, so neither side is asked about the room of a pin.
    pins = tuple(pin.model_copy(update={"room": None}) for pin in problem.pinned_appointments)
    rulebook = book.model_copy(update={"rules": settings})
    return problem.model_copy(update={"rulebook": rulebook, "pinned_appointments": pins})


def _with(setting: RuleSetting, **changes: bool) -> RuleSetting:
    """Return a rule's setting with some choices changed."""
    return setting.model_copy(update={"enabled": True, **changes})


def _amount(rule: str, problem: Problem, schedule: Schedule) -> int | None:
    """Return the model's amount of the rule (0 for a hard one), or ``None`` when the model refuses."""
    index = Index(problem)
    chosen = represent(index, schedule)
    rows = _with_others(index, chosen)
    build = encode(index, rows)
    for number, variable in enumerate(build.row_vars):
        build.model.add(variable == int(number < len(chosen)))
    amounts = amounts_of(build)
    return None if amounts is None else amounts.get(rule, 0)


def _with_others(index: Index, chosen: Rows) -> Rows:
    """Return the chosen rows first, then some candidates that are not chosen."""
    open_index = Index(_only(index.problem, {}))
    others = candidates(open_index)
    own = set(chosen.records())
    # Every seventh, which keeps the models small and still gives each half-day several rows.
    extra = [record for record in others.take(np.arange(0, len(others), 7)).records() if record not in own]
    return make_rows([*chosen.records(), *extra])
