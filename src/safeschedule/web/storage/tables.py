"""The tables, for SQLAlchemy Core. What makes them in a database are the migrations.

The library's JSON is the body; columns are only what is looked for. Times are text in UTC.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

VERSIONS = "web_version"
"""Alembic's table of these tables; the ledger has its own."""

metadata = MetaData()

CODE, STAMP, HASH = String(80), String(32), String(64)

accounts = Table(
    "web_account",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("clinician", CODE),
    Column("password", Text),
    Column("active", Integer, nullable=False, default=1),
    Column("made_at", STAMP, nullable=False),
    Column("made_by", CODE, nullable=False),
)

sessions = Table(
    "web_session",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("account", CODE, ForeignKey("web_account.code"), nullable=False, index=True),
    Column("made_at", STAMP, nullable=False),
    Column("seen_at", STAMP, nullable=False),
    Column("ends_at", STAMP, nullable=False),
)

# Addresses that are secrets: to join, to read a calendar, to ask as a program. Only their hashes are kept.
grants = Table(
    "web_grant",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("account", CODE),
    Column("label", Text, nullable=False, default=""),
    Column("made_at", STAMP, nullable=False),
    Column("ends_at", STAMP),
)

tries = Table(
    "web_try",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("whom", String(200), nullable=False),
    Column("at", STAMP, nullable=False),
)
Index("ix_web_try", tries.c.whom, tries.c.at)

# Problems and schedules never change: each is kept once, by the hash of its text.
documents = Table(
    "web_document",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", STAMP, nullable=False),
)

weeks = Table(
    "web_week",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("name", Text, nullable=False),
    Column("week_start", String(10), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
)

versions = Table(
    "web_week_version",
    metadata,
    Column("week", CODE, ForeignKey("web_week.code"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("parent", Integer),
    Column("state", String(20), nullable=False),
    Column("problem", HASH, ForeignKey("web_document.hash"), nullable=False),
    Column("schedule", HASH, ForeignKey("web_document.hash"), nullable=False),
    Column("action", CODE, nullable=False),
    Column("why", Text, nullable=False),
    Column("by_code", CODE, nullable=False),
    Column("by_role", String(20), nullable=False),
    Column("at", STAMP, nullable=False),
    Column("entry", Integer, nullable=False),
)

publications = Table(
    "web_publication",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("week", CODE, ForeignKey("web_week.code"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("problem", HASH, ForeignKey("web_document.hash"), nullable=False),
    Column("schedule", HASH, ForeignKey("web_document.hash"), nullable=False),
    Column("head", String(80), nullable=False),
    Column("at", STAMP, nullable=False),
)

jobs = Table(
    "web_job",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("week", CODE, ForeignKey("web_week.code"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("asked", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("stop", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),
    Column("holder", String(80)),
    Column("lease_until", STAMP),
    Column("made_by", CODE, nullable=False),
    Column("made_at", STAMP, nullable=False),
    Column("ended_at", STAMP),
    Column("found", Text),
)

events = Table(
    "web_job_event",
    metadata,
    Column("job", CODE, ForeignKey("web_job.code"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", STAMP, nullable=False),
    Column("body", Text, nullable=False),
)

# What a job found, to be taken or left; a week is never replaced by itself.
proposals = Table(
    "web_proposal",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("week", CODE, ForeignKey("web_week.code"), nullable=False, index=True),
    Column("job", CODE, ForeignKey("web_job.code"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("problem", HASH, ForeignKey("web_document.hash"), nullable=False),
    Column("schedule", HASH, ForeignKey("web_document.hash"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", STAMP, nullable=False),
)

# Papers that are being brought in: gone as soon as the week is there, or nobody has looked at them for days.
bringings = Table(
    "web_bringing",
    metadata,
    Column("code", CODE, primary_key=True),
    Column("made_by", CODE, ForeignKey("web_account.code"), nullable=False, index=True),
    Column("made_at", STAMP, nullable=False),
    Column("seen_at", STAMP, nullable=False),
    Column("body", Text, nullable=False),
)

papers = Table(
    "web_paper",
    metadata,
    Column("bringing", CODE, ForeignKey("web_bringing.code"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("data", LargeBinary),
)

# How tables were understood, and what no table has: proposed again when the like comes next week.
remembered = Table(
    "web_remembered",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("body", Text, nullable=False),
    Column("made_by", CODE, nullable=False),
    Column("made_at", STAMP, nullable=False),
)

# Who of a call list was called, and what they said.
ticks = Table(
    "web_tick",
    metadata,
    Column("proposal", CODE, ForeignKey("web_proposal.code"), primary_key=True),
    Column("who", String(100), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("by_code", CODE, nullable=False),
    Column("at", STAMP, nullable=False),
)

# Weeks as they went; a later record of a week replaces an earlier one.
actuals = Table(
    "web_actuals",
    metadata,
    Column("week_start", String(10), primary_key=True),
    Column("body", Text, nullable=False),
    Column("made_by", CODE, nullable=False),
    Column("made_at", STAMP, nullable=False),
)

# Links by which one client books one session; only their hashes are kept.
bookings = Table(
    "web_booking",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("week", CODE, ForeignKey("web_week.code"), nullable=False, index=True),
    Column("client", CODE, nullable=False),
    Column("session_type", CODE, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("made_by", CODE, nullable=False),
    Column("made_at", STAMP, nullable=False),
    Column("ends_at", STAMP, nullable=False),
    Column("booked", Text),
)
