"""The tables of the answer store, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

# Days, not times: a time would tell when somebody was online. `drawn` holds the items of the run.
runs = Table(
    "quiz_runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("drawn", JSON, nullable=False),
    Column("predecessor", Text),
    Column("first", Boolean, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("completed_on", Date),
    Column("origin", Text, nullable=False, server_default="site"),
    Column("room", Text),
    Index("quiz_runs_by_day", "started_on"),
    Index("quiz_runs_by_room", "room"),
)

answers = Table(
    "quiz_answers",
    metadata,
    Column("run_id", Text, ForeignKey("quiz_runs.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("question_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("option", Text, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("excluded", Text),
    sqlite_with_rowid=False,
)

# Start tokens that were used, until they have expired for certain. The token is stored before
# its run, in the same transaction, hence the deferred check.
tokens = Table(
    "quiz_tokens",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column(
        "run_id",
        Text,
        ForeignKey("quiz_runs.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    Column("forget_on", Date, nullable=False),
    Index("quiz_tokens_by_day", "forget_on"),
    sqlite_with_rowid=False,
)

# Rooms that are open, by code: what is asked, the step that the room is at, and a hash of the
# presenter's secret. `ends_at` is in seconds since 1970; the row is deleted after that.
rooms = Table(
    "quiz_rooms",
    metadata,
    Column("code", Text, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("drawn", JSON, nullable=False),
    Column("led", Boolean, nullable=False),
    Column("step", Integer, nullable=False),
    Column("members", Integer, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Index("quiz_rooms_by_secret", "secret", unique=True),
    Index("quiz_rooms_by_end", "ends_at"),
)

# Statistics as they grow: one row per thing that is counted, see quiz.counters.
counts = Table(
    "quiz_counts",
    metadata,
    Column("tally", Text, primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("series", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("bucket", Text, primary_key=True),
    Column("total", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# The published statistics as they stood at the end of a month such as 2026-11, and the counts
# behind them, which the next snapshot is held against; see quiz.snapshots.
snapshots = Table(
    "quiz_snapshots",
    metadata,
    Column("month", Text, primary_key=True),
    Column("made_on", Date, nullable=False),
    Column("document", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
)

# How often each published file was downloaded, by month such as 2026-11; see quiz.counters.
downloads = Table(
    "downloads",
    metadata,
    Column("month", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("total", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
