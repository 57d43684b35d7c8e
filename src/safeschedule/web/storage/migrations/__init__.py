"""The shape of the application's tables, step by step; Alembic runs the steps that are missing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from safeschedule.web.storage.tables import VERSIONS


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, for a connection that is open already."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent))
    found.attributes["connection"] = connection
    return found


def upgrade(connection: Connection) -> None:
    """Run the steps that are missing, within the connection's transaction."""
    command.upgrade(config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Return whether every step was run, and none that this release does not know."""
    found = MigrationContext.configure(connection, opts={"version_table": VERSIONS}).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(config()).get_heads())
