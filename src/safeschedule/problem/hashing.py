"""Hashes that say whether two problems or rulebooks are the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel

from safeschedule.problem.kinds import require_kind
from safeschedule.problem.once import once_each
from safeschedule.problem.problem import Problem
from safeschedule.problem.rulebook import Rulebook


def problem_hash(problem: Problem) -> str:
    """Return the SHA-256 of a problem in 64 hexadecimal digits; 16 are enough to show.

    It is taken over JSON with sorted keys and without what is at its default, so that it depends neither on
    how a file was laid out nor on fields that a later release adds. The version of the format does not count;
    the order of entries does.

    Examples
    --------
    >>> from safeschedule.samples import sample
    >>> problem_hash(sample()) == problem_hash(sample())
    True
    """
    require_kind("problem_hash", "problem", problem, Problem)
    return _hash_of_problem(problem)


def rulebook_hash(rulebook: Rulebook) -> str:
    """Return the SHA-256 of a rulebook, with what the catalogue says where the rulebook is silent.

    So it is another one when a new release has other defaults, too.

    Examples
    --------
    >>> from safeschedule import Rulebook
    >>> silent, said = Rulebook(), Rulebook(rules={"no_overlap": {"enabled": True}})
    >>> rulebook_hash(silent) == rulebook_hash(said)
    True
    """
    require_kind("rulebook_hash", "rulebook", rulebook, Rulebook)
    return _hash_of_rulebook(rulebook)


def entity_hash(entity: BaseModel) -> str:
    """Return the SHA-256 of an entity, as for `problem_hash`."""
    return _sha256(entity.model_dump(mode="json", exclude_defaults=True, exclude={"schema_version"}))


@once_each
def _hash_of_problem(problem: Problem) -> str:
    return entity_hash(problem)


@once_each
def _hash_of_rulebook(rulebook: Rulebook) -> str:
    known = rulebook.known()
    said = {name: rulebook.setting(name) for name in known}
    resolved = {
        name: [s.enabled, s.hard, str(s.tier), s.weight, {key: _plain(v) for key, v in s.values.items()}]
        for name, s in said.items()
    }
    # What the catalogue does not know is a fault, and no reason to fail here.
    strange = {name: own.model_dump(mode="json") for name, own in rulebook.rules.items() if name not in known}
    # Of early warnings only what is said counts: releases that did not know of them gave the same hash.
    said_of_warnings = {
        name: value
        for name, value in rulebook.model_dump(mode="json", exclude_defaults=True).items()
        if name in ("watched", "warning_review_days", "warning_reviewer")
    }
    head = {"name": rulebook.name, "version": rulebook.version, "midday": rulebook.midday, **said_of_warnings}
    return _sha256({**head, "rules": resolved, "unknown": strange})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _sha256(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
