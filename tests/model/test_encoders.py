"""Encoders are made of hooks that are checked when they are loaded."""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.encoder import EncoderError, encoder_from
from safeschedule.model.index import Index
from safeschedule.model.need import Need, Offers
from safeschedule.model.registry import all_encoders
from tests.solving.weeks import team
from tests.support import own_rules


def post(build: Any, setting: Any) -> None:
    """Do nothing."""
    del build, setting


@pytest.mark.parametrize(
    ("hooks", "message"),
    [
        ({"post": post, "ammounts": own_rules.amounts}, "ammounts, which no model calls"),
        ({"post": post, "helper": post}, "helper, which no model calls"),
        ({"HELPERS": ("post",)}, "none of the hooks"),
        ({}, "none of the hooks"),
        ({"amounts": post}, "does not take its 3 arguments"),
        ({"post": own_rules.amounts}, "does not take its 2 arguments"),
        ({"post": post, "NEEDS": ("used", "bussy")}, "needs bussy"),
    ],
)
def test_a_slip_is_an_error(hooks: dict[str, Any], message: str) -> None:
    """If it fails, a misspelt hook is never called, and the rule never kept."""
    with pytest.raises(EncoderError, match=message):
        encoder_from("mine", SimpleNamespace(**hooks))


def test_what_an_encoder_may_have_besides() -> None:
    """If it fails, encoders cannot have classes, helpers, or functions of their own and of others."""
    module = ModuleType("mine")
    source = (
        "from math import floor\nclass Team: ...\ndef _own(): ...\ndef helper(): ...\nHELPERS = ('helper',)\n"
    )
    exec(source + "def post(build, setting): ...\n", module.__dict__)
    assert encoder_from("mine", module).post is module.post
    assert encoder_from("mine", module).amounts is None


@pytest.mark.parametrize("ask", [lambda b: b.people, lambda b: b.used(0, 0), lambda b: b.joining(0)])
def test_what_is_not_named_is_not_given(ask: Any) -> None:
    """If it fails, explanations forget whom a rule asks, or rules stand on each other's literals."""
    index = Index(team())
    build = Build(index, candidates(index))
    ask(build)
    build.offers.only("mine", frozenset())
    with pytest.raises(LookupError, match="NEEDS"):
        ask(build)
    build.offers.only("mine", frozenset(Need))
    ask(build)


def test_shared_literals_are_there_before_any_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, one rule's constraints hold literals of another, and cannot be taken away alone."""
    builds, sizes = list[Build](), set[int]()
    prepare, only = Build.prepare, Offers.only

    def note(build: Build, needs: Collection[Need]) -> None:
        prepare(build, needs)
        builds.append(build)

    def look(offers: Offers, rule: str, needs: frozenset[Need]) -> None:
        only(offers, rule, needs)
        sizes.add(sum(name in builds[-1].__dict__ for name in ("_used_halves", "_new_clients")))

    monkeypatch.setattr(Build, "prepare", note)
    monkeypatch.setattr(Offers, "only", look)
    index = Index(team())
    encode(index, candidates(index))
    assert sizes == {2}


def test_each_need_is_somebodys() -> None:
    """If it fails, there is a need that nothing asks for."""
    assert {need for encoder in all_encoders().values() for need in encoder.needs} == set(Need)
