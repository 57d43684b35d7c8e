"""Hashes that say whether two problems or rulebooks are the same."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel

from safeschedule.problem.problem import Problem
from safeschedule.problem.rulebook import Rulebook


def problem_hash(problem: Problem) -> str:
    """Return the SHA-256 of a problem in 64 hexadecimal digits; 16 are enough to show.

    It is taken over JSON with sorted keys and all defaults written out, so that it does not depend on how a
    file was laid out. The order of entries counts.
    """
    return _sha256(problem)


def rulebook_hash(rulebook: Rulebook) -> str:
    """Return the SHA-256 of a rulebook in 64 hexadecimal digits, as for `problem_hash`."""
    return _sha256(rulebook)


def _sha256(entity: BaseModel) -> str:
    plain = entity.model_dump(mode="json")
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
