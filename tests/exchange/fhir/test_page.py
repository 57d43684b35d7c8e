from __future__ import annotations

import pytest

pytest.importorskip("fhir.resources")

from docs import generate_fhir


def test_the_page_of_fhir_is_that_of_the_code() -> None:
    """Otherwise the page would promise an element that is not read; `make docs-rules` mends it."""
    assert generate_fhir.FILE.read_text(encoding="utf-8") == generate_fhir.page()
