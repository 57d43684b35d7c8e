"""The ledger's one table, for SQLAlchemy Core. What makes it in a database are the migrations."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

REVISION = "0001"
"""The newest migration: what a database has to have for this release to read it."""

metadata = MetaData()

# That both hashes are unique keeps the chain from forking, even where a lock failed.
entries = Table(
    "ledger_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("before", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("kind", String(80), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

revisions = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
"""Alembic's own table, to be read without Alembic."""
