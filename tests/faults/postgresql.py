"""The PostgreSQL server that these tests break: found by its processes, which we may signal."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from tests.operation.running import wait_until

_WAIT_SECONDS = 60


class PostgreSQL:
    """A server that can be stopped, killed, frozen and begun again with its own command."""

    def __init__(self, url: str) -> None:
        """``url`` names a role that may do everything, on a server of this machine."""
        self.url = make_url(url).set(drivername="postgresql+psycopg")
        with self._administering() as connection:
            backend = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            process = Path(f"/proc/{backend}/stat").read_text()
        self.postmaster = int(process.rpartition(")")[2].split()[1])
        place = Path(f"/proc/{self.postmaster}")
        command = [part for part in place.joinpath("cmdline").read_text().split("\0") if part]
        self.program = place.joinpath("exe").readlink()
        self.folder = place.joinpath("cwd").readlink()
        self.user = place.stat().st_uid
        # Without the program and, after -D, its folder.
        self._options = [*command[1 : command.index("-D")], *command[command.index("-D") + 2 :]]

    @contextmanager
    def database(self) -> Iterator[str]:
        """A fresh database; its address."""
        name = f"faults_{uuid.uuid4().hex}"
        with self._administering() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield self.url.set(drivername="postgresql", database=name).render_as_string(
                hide_password=False
            )
        finally:
            with self._administering() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def stop(self) -> None:
        """Stop in order, though without waiting for those who are connected."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill the server and everything that works for it: it recovers when it begins again."""
        processes = self._processes()
        self._end(signal.SIGKILL)
        for process in processes[1:]:
            wait_until(lambda ended=process: not lives(ended), _WAIT_SECONDS)

    def begin(self) -> None:
        """Begin again as it was begun before, and wait until it answers.

        As whoever watches over a server does, this tries until it starts: after a kill the last of
        its processes may hold its memory for a moment longer.
        """
        wait_until(self._started, _WAIT_SECONDS)
        self.postmaster = int((self.folder / "postmaster.pid").read_text().split()[0])

    def _started(self) -> bool:
        control = [self.program.with_name("pg_ctl"), "start", "-w", "-t", str(_WAIT_SECONDS)]
        place = ["-D", self.folder, "-l", os.devnull]
        done = subprocess.run(
            [*control, *place, "-o", shlex.join(self._options)],
            check=False,
            user=self.user,
            group=self.user,
            extra_groups=[],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return done.returncode == 0

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the server keep its connections and say nothing."""
        processes = self._processes()
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def allow_writing(self, allowed: bool) -> None:
        """Let everybody write, or only read: what a server does that became a replica."""
        with self._administering() as connection:
            setting = "off" if allowed else "on"
            connection.execute(text(f"ALTER SYSTEM SET default_transaction_read_only = {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))

    @contextmanager
    def _administering(self) -> Iterator[object]:
        options = {"options": "-c default_transaction_read_only=off"}
        url = self.url.update_query_dict(options)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    def _processes(self) -> list[int]:
        place = Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children")
        return [self.postmaster, *map(int, place.read_text().split())]

    def _end(self, with_signal: signal.Signals) -> None:
        os.kill(self.postmaster, with_signal)
        wait_until(lambda: not lives(self.postmaster), _WAIT_SECONDS)


def lives(process: int) -> bool:
    """Whether a process still runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
