"""How the command starts the application."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from safeschedule.cli import app


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--host", "0.0.0.0"], "--insecure"),
        (["--tls-cert", "cert.pem"], "belong together"),
        (["--data", "a", "--database", "postgresql://x/y"], "either"),
        (["--database", "safeschedule.db"], "is a URL"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_made(given: list[str], told: str) -> None:
    """Passwords would go over the network in plain text, or data to another place than was meant."""
    found = CliRunner().invoke(app, ["serve", *given])
    assert found.exit_code == 2
    assert told in " ".join(found.output.split())
