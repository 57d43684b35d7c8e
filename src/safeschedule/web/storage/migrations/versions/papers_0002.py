"""Papers that are brought in, call lists, weeks as they went, and links to book."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "web_bringing",
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("made_by", sa.String(80), sa.ForeignKey("web_account.code"), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_web_bringing_made_by", "web_bringing", ["made_by"])
    op.create_table(
        "web_paper",
        sa.Column("bringing", sa.String(80), sa.ForeignKey("web_bringing.code"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary),
    )
    op.create_table(
        "web_remembered",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "web_tick",
        sa.Column("proposal", sa.String(80), sa.ForeignKey("web_proposal.code"), primary_key=True),
        sa.Column("who", sa.String(100), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("by_code", sa.String(80), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "web_actuals",
        sa.Column("week_start", sa.String(10), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "web_booking",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("week", sa.String(80), sa.ForeignKey("web_week.code"), nullable=False),
        sa.Column("client", sa.String(80), nullable=False),
        sa.Column("session_type", sa.String(80), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("ends_at", sa.String(32), nullable=False),
        sa.Column("booked", sa.Text),
    )
    op.create_index("ix_web_booking_week", "web_booking", ["week"])
