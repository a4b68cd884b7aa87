"""Origin and room of a run, and monthly snapshots of the statistics. There is no way down."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add two columns, which earlier code leaves to their defaults, and a table."""
    op.add_column("quiz_runs", sa.Column("origin", sa.Text, nullable=False, server_default="site"))
    op.add_column("quiz_runs", sa.Column("room", sa.Text))
    op.create_table(
        "quiz_snapshots",
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
    )
