"""The shape of the application's tables, step by step; Alembic runs the steps that are missing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, for a connection that is open already."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent))
    found.attributes["connection"] = connection
    return found


def upgrade(connection: Connection) -> None:
    """Run the steps that are missing, within the connection's transaction."""
    command.upgrade(config(connection), "head")
