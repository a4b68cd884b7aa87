"""Group commit: what threads send while another one commits shares the next transaction."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

from quiz.faults import StoreUnavailable

Request = TypeVar("Request")
Result = TypeVar("Result")


class GroupCommit(Generic[Request, Result]):
    """Runs the requests of many threads in as few transactions as their arrival allows.

    It has no thread of its own: whose turn it is commits for all that wait by then.
    """

    def __init__(
        self, commit: Callable[[Sequence[Request]], Sequence[Result]], patience: float
    ) -> None:
        """``commit`` does all requests of a sequence in one transaction, or raises.

        A thread that waits more than ``patience`` seconds for its turn takes its request back,
        and one whose request is in another thread's transaction by then waits half as long again.
        """
        self._commit = commit
        self._patience = patience
        self._waiting: deque[tuple[Request, Future[Result]]] = deque()
        self._turn = Lock()

    def submit(self, request: Request) -> Result:
        """Return the result of a request once it is committed, or raise what prevented that.

        Raises ``StoreUnavailable`` where its turn did not come in time, and nothing is done; or
        where the transaction that has it did not end in time, and what becomes of it is open.
        """
        pending = (request, Future[Result]())
        self._waiting.append(pending)
        if self._turn.acquire(timeout=self._patience):
            try:
                if not pending[1].done():
                    self._commit_waiting()
            finally:
                self._turn.release()
        else:
            # Unless another thread has it in its transaction by now.
            with suppress(ValueError):
                self._waiting.remove(pending)
                raise StoreUnavailable("Other writers of this process did not end in time")
            # Its transaction may be stuck, with as many threads as there are answers in it.
            try:
                return pending[1].result(self._patience / 2)
            except TimeoutError as error:
                raise StoreUnavailable("The transaction of the answer does not end") from error
        return pending[1].result()

    def _commit_waiting(self) -> None:
        batch = []
        with suppress(IndexError):
            while True:
                batch.append(self._waiting.popleft())
        try:
            results = self._commit([request for request, _ in batch])
        except Exception as fault:  # noqa: BLE001  # Each thread raises it for itself.
            for _, future in batch:
                future.set_exception(fault)
        else:
            for (_, future), result in zip(batch, results, strict=True):
                future.set_result(result)
