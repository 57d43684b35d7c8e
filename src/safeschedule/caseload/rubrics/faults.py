"""What is wrong with a rubric, or with answers to it: all at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from safeschedule.caseload.rubrics.items import AcuityRubric, RubricAnswers
from safeschedule.errors import Fault
from safeschedule.problem import Problem
from safeschedule.problem.showing import did_you_mean, show


def rubric_faults(problem: Problem, rubric: AcuityRubric) -> Iterator[Fault]:
    """Yield what in a rubric contradicts itself, or does not fit the bands of a problem."""
    items = [item.id for item in rubric.items]
    for number, code in enumerate(items):
        if code in items[:number]:
            yield Fault("duplicate", f"items[{number}].id", show(code), "each item once")
    ranked = sorted(problem.bands, key=lambda band: band.rank)
    known = [band.id for band in ranked]
    named = [band.band for band in rubric.bands]
    for number, code in enumerate(named):
        if code not in known:
            expected = f"one of the bands {', '.join(known)}{did_you_mean(code, known)}"
            yield Fault("unknown_reference", f"bands[{number}].band", show(code), expected)
        elif code in named[:number]:
            yield Fault("duplicate", f"bands[{number}].band", show(code), "each band once")
    for code in known:
        if code not in named:
            yield Fault("missing_entry", "bands", show(code), "a score for each band of the problem")
    starts = {band.band: band.from_score for band in rubric.bands}
    scores = [starts[code] for code in known if code in starts]
    if scores and scores[0] != 0 and known[0] in starts:
        yield Fault("bad_value", "bands", str(scores[0]), f"0, where the lowest band {known[0]} begins")
    if any(low >= high for low, high in pairwise(scores)):
        found = ", ".join(map(str, scores))
        yield Fault("bad_value", "bands", found, f"scores that rise in the order {', '.join(known)}")
    highest = sum(item.weight * max(item.answers.values()) for item in rubric.items)
    if scores and max(scores) > highest:
        yield Fault(
            "out_of_range", "bands", str(max(scores)), f"at most {highest}, the highest score there is"
        )


def answer_faults(problem: Problem, rubric: AcuityRubric, answers: RubricAnswers) -> Iterator[Fault]:
    """Yield clients, items and answers that are not known, and answers that are missing."""
    clients = {client.id for client in problem.clients}
    items = {item.id: item for item in rubric.items}
    for client, given in answers.clients.items():
        place = f"clients.{show(client)[1:-1]}"
        if client not in clients:
            expected = f"the id of a client{did_you_mean(client, sorted(clients)[:5000])}"
            yield Fault("unknown_reference", place, show(client), expected)
        for code, item in items.items():
            if code not in given:
                yield Fault("missing_field", f"{place}.{code}", "", f"one of {', '.join(item.answers)}")
        for code, answer in given.items():
            if code not in items:
                expected = f"one of {', '.join(items)}{did_you_mean(code, list(items))}"
                yield Fault("unknown_field", f"{place}.{show(code)[1:-1]}", show(answer), expected)
            elif answer not in items[code].answers:
                known = list(items[code].answers)
                expected = f"one of {', '.join(known)}{did_you_mean(answer, known)}"
                yield Fault("unknown_value", f"{place}.{code}", show(answer), expected)
