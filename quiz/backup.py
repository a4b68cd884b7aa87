"""A copy of the answers, made while the site runs: for SQLite; PostgreSQL has pg_dump."""

from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from quiz.database import NO_TRANSACTION, named_faults, open_engine
from quiz.faults import StoreUnavailable
from quiz.tables import answers, runs


def back_up(database_url: str, file: Path) -> dict[str, int]:
    """Copy a SQLite database into ``file``, which must not exist, and count the rows it holds.

    The copy is of one moment, whatever is written meanwhile, and its content is checked.

    Raises:
        StoreFault: there is no copy; the reason is told.
    """
    if file.exists():
        raise StoreUnavailable(f"{file} exists already; a copy never overwrites another")
    engine = open_engine(database_url)
    try:
        if engine.dialect.name != "sqlite":
            raise StoreUnavailable("this copies SQLite only; use pg_dump, as docs/deployment.md")
        name = engine.url.database or ""
        if not Path(name).is_file():
            raise StoreUnavailable(f"{name} is no file")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        with named_faults(), _open(engine) as connection:
            connection.execute(text("VACUUM INTO :file"), {"file": str(file)})
    finally:
        engine.dispose()
    return _checked(file)


def _checked(file: Path) -> dict[str, int]:
    engine = open_engine(f"sqlite:///{file}")
    try:
        with named_faults(), _open(engine) as connection:
            verdict = connection.scalar(text("PRAGMA integrity_check"))
            if verdict != "ok":
                raise StoreUnavailable(f"the copy is damaged: {verdict}")
            return {
                table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
                for table in (runs, answers)
            }
    finally:
        engine.dispose()


def _open(engine: Engine) -> Connection:
    return engine.connect().execution_options(begin=NO_TRANSACTION)
