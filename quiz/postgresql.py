"""Engine for PostgreSQL, whose connections give up on a server that says nothing."""

from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL

# A statement ends on the server before its client gives up.
_ROUND_TRIP_SECONDS = 1.0


def open_postgresql(url: URL, busy_seconds: float, pool: dict[str, Any]) -> Engine:
    """Return an engine; a statement ends after ``busy_seconds``."""
    connect_args = {"connect_timeout": max(1, round(busy_seconds))}
    # The server may have been restarted meanwhile, hence the ping.
    engine = create_engine(url, connect_args=connect_args, pool_pre_ping=True, **pool)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, args: Any, options: Any) -> PatientConnection:
        connection = PatientConnection.connect(*args, **options)
        connection.patience = busy_seconds + _ROUND_TRIP_SECONDS
        return connection

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, false)", [f"{busy_seconds * 1000:.0f}"]
            )
            # A server may be set to acknowledge before it has written: not for answers.
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') = 'off'"
            )
        connection.commit()

    return engine


class PatientConnection(psycopg.Connection[Any]):
    """A connection that gives up on a server that keeps it open and says nothing.

    The server itself ends statements that take too long, but one that is frozen does not.
    """

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server's answer; psycopg calls this for everything it asks."""
        try:
            return super().wait(gen, interval, timeout if self.patience is None else self.patience)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001  # It has no other name.
            self.pgconn.finish()  # Whatever comes now would be taken for another answer.
            message = f"no answer within {self.patience} s"
            raise psycopg.OperationalError(message) from error
