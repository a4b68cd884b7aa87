"""Rooms, and the runs of each by an index. There is no way down."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table and the index."""
    op.create_table(
        "quiz_rooms",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("drawn", sa.JSON, nullable=False),
        sa.Column("led", sa.Boolean, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("members", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
    )
    op.create_index("quiz_rooms_by_secret", "quiz_rooms", ["secret"], unique=True)
    op.create_index("quiz_rooms_by_end", "quiz_rooms", ["ends_at"])
    op.create_index("quiz_runs_by_room", "quiz_runs", ["room"])
