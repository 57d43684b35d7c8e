"""The first tables of the application."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "web_account",
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("clinician", sa.String(80)),
        sa.Column("password", sa.Text),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
    )
    op.create_table(
        "web_document",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "web_grant",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("account", sa.String(80)),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("ends_at", sa.String(32)),
    )
    op.create_table(
        "web_try",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("whom", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("ix_web_try", "web_try", ["whom", "at"])
    op.create_table(
        "web_week",
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("week_start", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
    )
    op.create_index("ix_web_week_week_start", "web_week", ["week_start"])
    op.create_table(
        "web_job",
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("week", sa.String(80), sa.ForeignKey("web_week.code"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(80)),
        sa.Column("lease_until", sa.String(32)),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32)),
        sa.Column("found", sa.Text),
    )
    op.create_index("ix_web_job_state", "web_job", ["state"])
    op.create_index("ix_web_job_week", "web_job", ["week"])
    op.create_table(
        "web_publication",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("week", sa.String(80), sa.ForeignKey("web_week.code"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("problem", sa.String(64), sa.ForeignKey("web_document.hash"), nullable=False),
        sa.Column("schedule", sa.String(64), sa.ForeignKey("web_document.hash"), nullable=False),
        sa.Column("head", sa.String(80), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("ix_web_publication_week", "web_publication", ["week"])
    op.create_table(
        "web_session",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(80), sa.ForeignKey("web_account.code"), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.Column("ends_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_web_session_account", "web_session", ["account"])
    op.create_table(
        "web_week_version",
        sa.Column("week", sa.String(80), sa.ForeignKey("web_week.code"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("problem", sa.String(64), sa.ForeignKey("web_document.hash"), nullable=False),
        sa.Column("schedule", sa.String(64), sa.ForeignKey("web_document.hash"), nullable=False),
        sa.Column("action", sa.String(80), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by_code", sa.String(80), nullable=False),
        sa.Column("by_role", sa.String(20), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
    )
    op.create_table(
        "web_job_event",
        sa.Column("job", sa.String(80), sa.ForeignKey("web_job.code"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "web_proposal",
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("week", sa.String(80), sa.ForeignKey("web_week.code"), nullable=False),
        sa.Column("job", sa.String(80), sa.ForeignKey("web_job.code"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("problem", sa.String(64), sa.ForeignKey("web_document.hash"), nullable=False),
        sa.Column("schedule", sa.String(64), sa.ForeignKey("web_document.hash"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_web_proposal_week", "web_proposal", ["week"])
    for event in ("UPDATE", "DELETE"):
        _refuse(event)


def _refuse(event: str) -> None:
    """Let nobody change or remove what a version of a week was: a slip of the hand is stopped here."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ("web_week_version", "web_document", "web_publication"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'what was kept of a week is neither changed nor removed'); END"
            )
        return
    if event == "UPDATE":
        op.execute(
            "CREATE FUNCTION web_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'what was kept of a week is neither changed nor removed'; END $$"
        )
        for table in ("web_week_version", "web_document", "web_publication"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION web_refuse()"
            )
