"""Runs, answers, used tokens and counts. There is no way down: answers are never dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the four tables."""
    op.create_table(
        "quiz_runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("drawn", sa.JSON, nullable=False),
        sa.Column("predecessor", sa.Text),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("completed_on", sa.Date),
    )
    op.create_index("quiz_runs_by_day", "quiz_runs", ["started_on"])
    op.create_table(
        "quiz_answers",
        sa.Column("run_id", sa.Text, sa.ForeignKey("quiz_runs.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("excluded", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quiz_tokens",
        sa.Column("nonce", sa.Text, primary_key=True),
        sa.Column(
            "run_id",
            sa.Text,
            sa.ForeignKey("quiz_runs.id", deferrable=True, initially="DEFERRED"),
            nullable=False,
        ),
        sa.Column("forget_on", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("quiz_tokens_by_day", "quiz_tokens", ["forget_on"])
    op.create_table(
        "quiz_counts",
        sa.Column("tally", sa.Text, primary_key=True),
        sa.Column("question_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("bucket", sa.Text, primary_key=True),
        sa.Column("total", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
