"""Brings the tables of the answer store to their newest form."""

from pathlib import Path

from sqlalchemy import Connection, Engine, Text, column, inspect, select, table, text

from quiz.database import NO_TRANSACTION, WRITING, named_faults, open_engine
from quiz.faults import StoreUnavailable

MIGRATIONS = Path(__file__).with_name("migrations")
VERSION_TABLE = "quiz_migrations"
REVISION = select(column("version_num", Text())).select_from(table(VERSION_TABLE))
_LOCK = 0x7175697A  # “quiz”: any number that nobody else locks in the same database.


def migrate(database_url: str, busy_seconds: float = 60, to: str = "head") -> None:
    """Create the tables, or bring them up to date (``to`` a revision); nothing where they are.

    Several processes may call this at once: one does the work, the others wait. The folder
    of an SQLite file is made where it is missing. Tables that later code has brought up to date
    are left as they are: tables are only ever added to, so that earlier code can go on.

    Raises:
        StoreFault: it was not possible; the tables are as they were.
    """
    engine = open_engine(database_url, busy_seconds)
    try:
        with named_faults():
            if engine.dialect.name == "sqlite":
                _prepare_file(engine)
            with engine.execution_options(begin=WRITING).begin() as connection:
                if engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                if not is_current(_revision(connection)):
                    _upgrade(connection, to)
    finally:
        engine.dispose()


def is_current(revision: str | None) -> bool:
    """Return whether tables of this revision serve this code; those of later code do."""
    return revision is not None and revision >= newest_revision()


def newest_revision() -> str:
    """Return the revision that the code expects; each file of a migration has the next number."""
    return f"{len([*(MIGRATIONS / 'versions').glob('[!_]*.py')]):04}"


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision: str | None = connection.scalar(REVISION)
    return revision


def _upgrade(connection: Connection, to: str) -> None:
    # Loading it takes a fifth of a second, and few starts have anything to bring up to date.
    from alembic import command  # noqa: PLC0415  # See above.
    from alembic.config import Config  # noqa: PLC0415  # See above.

    config = Config()
    # Percent signs of a path would be read as references.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _prepare_file(engine: Engine) -> None:
    """Make the folder, and let readers and a writer work side by side (WAL), for good."""
    name = engine.url.database
    if name and name != ":memory:" and not name.startswith("file:"):
        try:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
    with engine.connect().execution_options(begin=NO_TRANSACTION) as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
