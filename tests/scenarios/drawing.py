"""Scenarios drawn for a problem: any changes of what it has, in any order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from safeschedule.catalogue import Tier, rules
from safeschedule.problem import PRESETS, Problem
from safeschedule.scenarios import Scenario, changes

BREAKABLE = sorted(name for name, rule in rules().items() if rule.tier is not Tier.PHYSICAL)
SCALES = st.sampled_from([0.25, 0.5, 0.9, 1.0, 1.3, 2.0, 10.0])
SHARES = st.sampled_from([0.0, 0.3, 0.5, 1.0])
Drawn = st.SearchStrategy[dict[str, Any]] | None


def some(codes: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), min_size=1, max_size=most, unique=True)


def named_rules(least: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(BREAKABLE), min_size=least, max_size=3, unique=True)


def remove(problem: Problem) -> Drawn:
    codes = [person.id for person in problem.clinicians]
    if len(codes) < 2:
        return None

    def of(leaving: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        staying = st.sampled_from([code for code in codes if code not in leaving])
        return st.fixed_dictionaries(
            {
                "clinicians": st.just(leaving),
                "panel": st.sampled_from(["spread", "moved", "waitlisted"]),
                "to": staying,
                "supervisor": staying,
            }
        )

    return some(codes, len(codes) - 1).flatmap(of)


def add(problem: Problem) -> Drawn:
    return st.fixed_dictionaries(
        {"like": st.sampled_from([person.id for person in problem.clinicians])},
        optional={
            "count": st.integers(1, 2),
            "fte": st.sampled_from([0.05, 0.4, 1.0]),
            "skills": st.just(["fluent"]),
            "new_in_post": st.booleans(),
            "panel": st.sampled_from(["spread", "none"]),
        },
    )


def fte(problem: Problem) -> Drawn:
    codes = [person.id for person in problem.clinicians]
    how = st.one_of(
        st.fixed_dictionaries({"fte": st.sampled_from([0.05, 0.35, 0.8, 1.0])}),
        st.fixed_dictionaries({"scale": SCALES}),
    )
    shape = st.sampled_from(["fewer_days", "shorter_days"])
    return st.builds(lambda a, b, c: {**a, "clinicians": b, "shape": c}, how, some(codes), shape)


def hours(problem: Problem) -> Drawn:
    sites = [None, *(site.id for site in problem.sites)]
    period = st.fixed_dictionaries(
        {
            "day": st.sampled_from(["mon", "tue", "sat"]),
            "start": st.sampled_from(["08:00", "22:00"]),
            "end": st.sampled_from(["09:00", "12:30", "23:00"]),
            "site": st.sampled_from(sites),
        }
    )
    codes = [person.id for person in problem.clinicians]
    one = st.lists(period, max_size=2, unique_by=lambda entry: entry["day"])
    # Nights that run into the next morning's hours are a fault of who says so.
    sound = one.filter(lambda own: sum(entry["end"] <= entry["start"] for entry in own) * len(own) <= 1)
    return st.fixed_dictionaries({"clinicians": some(codes), "working": sound})


def caps(_: Problem) -> Drawn:
    return st.fixed_dictionaries(
        {},
        optional={
            "scale": SCALES,
            "points": st.just({"default": 12.5, "nurse": 40}),
            "high_acuity": st.just({"default": 3}),
        },
    )


def points(problem: Problem) -> Drawn:
    band = problem.bands[0].id
    return st.fixed_dictionaries(
        {}, optional={"scale": SCALES, "bands": st.just({band: 1.5}), "coordination": st.just(2)}
    )


def parameters(_: Problem) -> Drawn:
    tight = {
        name: {p.name: value for p in rule.parameters for value in p.tight[:1]}
        for name, rule in rules().items()
    }
    usable = {name: values for name, values in tight.items() if values}
    return some(sorted(usable), 3).map(lambda names: {name: plain(usable[name]) for name in names})


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return list(value) if isinstance(value, tuple) else value


def referrals(problem: Problem) -> Drawn:
    types = [k.id for k in problem.session_types if k.smallest == 1 and k.facilitators == 1]
    if not types:
        return None
    bands = [band.id for band in problem.bands]
    return st.fixed_dictionaries(
        {"count": st.integers(1, 4), "session_type": st.sampled_from(types)},
        optional={"mix": some(bands).map(lambda own: dict.fromkeys(own, 0.5)), "waited_days": st.just(40)},
    )


def mix(problem: Problem) -> Drawn:
    return some([band.id for band in problem.bands], 3).map(lambda own: dict.fromkeys(own, 1 / len(own)))


def attendance(_: Problem) -> Drawn:
    share = st.fixed_dictionaries({"share": SHARES})
    return st.one_of(share, st.fixed_dictionaries({"scale": SCALES}))


def rooms(problem: Problem) -> Drawn:
    if not problem.rooms:
        return None
    codes = [room.id for room in problem.rooms]
    more = st.fixed_dictionaries({"like": st.sampled_from(codes), "count": st.integers(1, 2)})
    return st.one_of(more, st.fixed_dictionaries({"remove": some(codes)}))


def site(problem: Problem) -> Drawn:
    codes = [each.id for each in problem.sites]
    if len(codes) < 2:
        return None
    pairs = st.permutations(codes)
    return st.builds(lambda own, kept: {"close": own[0], "to": own[1], "rooms": kept}, pairs, st.booleans())


def groups(problem: Problem) -> Drawn:
    codes = [group.id for group in problem.groups]
    if not codes:
        return None
    ends = st.fixed_dictionaries({"end": some(codes)})
    more = st.fixed_dictionaries({"sessions": some(codes).map(lambda own: dict.fromkeys(own, 3))})
    return st.one_of(ends, more, st.fixed_dictionaries({"open": some(codes)}))


def group_instead(problem: Problem) -> Drawn:
    types = [kind.id for kind in problem.session_types]
    if not types:
        return None
    return st.fixed_dictionaries(
        {
            "session_type": st.sampled_from(types),
            "instead_of": st.sampled_from(types),
            "clients": st.integers(1, 4),
        }
    )


DRAWN: dict[str, Callable[[Problem], Any]] = {
    "remove": remove,
    "add": add,
    "fte": fte,
    "hours": hours,
    "caps": caps,
    "points": points,
    "rules_off": lambda _: named_rules(),
    "rules_hard": lambda _: named_rules(),
    "rules_soft": lambda _: named_rules(),
    "parameters": parameters,
    "preset": lambda _: st.sampled_from(sorted(PRESETS)),
    "referrals": referrals,
    "demand": lambda _: SCALES,
    "mix": mix,
    "attendance": attendance,
    "rooms": rooms,
    "site": site,
    "telehealth": lambda _: SHARES,
    "groups": groups,
    "group_instead": group_instead,
}
assert DRAWN.keys() == changes().keys()


def scenario(name: str, value: Any) -> Scenario:
    return Scenario(name, **{name: value})
