"""What overrides excuse in the old plan, and what becomes of it in the new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.errors import DisagreementError, Fault, InputError
from safeschedule.ledger.overrides import OverrideInForce, not_used
from safeschedule.verifier import Verification


def what_became(
    before: Verification, after: Verification | None, overrides: Sequence[OverrideInForce]
) -> Iterator[str]:
    """Yield what became of what overrides excused, and which are in force."""
    left = set() if after is None else set(after.excused)
    for each in before.excused:
        if after is not None:
            yield f"{each} {'It stays as it was.' if each in left else 'The new plan keeps the rule.'}"
    yield from not_used(overrides)


def require_agreement(before: Verification, after: Verification) -> None:
    """Raise where the new plan breaks a rule: the search makes no use of overrides.

    What was excused before and stays as it was, is what people have decided, and not of the search's making.

    Raises
    ------
    InputError
        The plan cannot be made round what is excused.
    DisagreementError
        The verifier refuses what the solver accepts.
    """
    stays = {each.finding for each in before.excused}
    wrong = [f for f in after.findings if f.hard]
    wrong += [each.finding for each in after.excused if each.finding not in stays]
    if wrong and before.excused:
        expected = "that it is mended first (see `safeschedule check-move`): no plan was found round it"
        told = [Fault("not_compliant", each.finding.rule, str(each), expected) for each in before.excused]
        raise InputError("schedule", told)
    if wrong:
        raise DisagreementError([f"verifier: [{f.rule}] {f.sentence}" for f in wrong])
