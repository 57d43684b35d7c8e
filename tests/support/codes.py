"""Codes of every sort that a problem takes, for tests of what becomes of them."""

from __future__ import annotations

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from safeschedule.problem.entity import Code

_CODE = TypeAdapter[str](Code)


def allowed(text: str) -> bool:
    """Return whether a text is a code."""
    try:
        _CODE.validate_python(text)
    except ValidationError:
        return False
    return True


signs = st.one_of(st.characters(min_codepoint=32, max_codepoint=126), st.sampled_from("éÄßøИ中٣¨’\u0489€"))
codes = st.text(signs, min_size=1, max_size=22).filter(allowed)
