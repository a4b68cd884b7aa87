"""Answers that arrive together share a transaction, and fail together where it fails."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event

import pytest

from quiz.faults import StoreFull, StoreUnavailable
from quiz.group_commit import GroupCommit

PATIENCE = 30.0


class Recorder:
    """Commits batches; the first one lasts until ``go_on`` is set."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.go_on = Event(), Event()

    def commit(self, requests: Sequence[int]) -> list[int]:
        """Note a batch and return the double of each request; a batch with a 0 fails."""
        self.batches.append(list(requests))
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if 0 in requests:
            raise StoreFull
        return [2 * request for request in requests]


@pytest.mark.timing
@pytest.mark.parametrize("requests", [(1, 2, 3, 4, 5), (1, 2, 0, 4, 5)])
def test_what_arrives_during_a_commit_shares_the_next_one(requests: tuple[int, ...]) -> None:
    recorder = Recorder()
    group = GroupCommit(recorder.commit, PATIENCE)
    with ThreadPoolExecutor(len(requests)) as pool:
        first = pool.submit(group.submit, requests[0])
        assert recorder.begun.wait(PATIENCE)
        waiting = [pool.submit(group.submit, request) for request in requests[1:]]
        while len(group._waiting) < len(waiting):
            assert not any(other.done() for other in waiting)
        recorder.go_on.set()
        assert first.result(PATIENCE) == 2 * requests[0]
        if 0 in requests:
            for other in waiting:
                with pytest.raises(StoreFull):
                    other.result(PATIENCE)
        else:
            assert [other.result(PATIENCE) for other in waiting] == [2 * n for n in requests[1:]]
    assert [sorted(batch) for batch in recorder.batches] == [[1], sorted(requests[1:])]
    assert group.submit(7) == 14


@pytest.mark.timing
def test_a_request_whose_turn_does_not_come_is_taken_back() -> None:
    recorder = Recorder()
    group = GroupCommit(recorder.commit, patience=0.05)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(group.submit, 1)
        assert recorder.begun.wait(PATIENCE)
        with pytest.raises(StoreUnavailable):
            group.submit(2)
        recorder.go_on.set()
        assert first.result(PATIENCE) == 2
    assert group.submit(3) == 6
    assert recorder.batches == [[1], [3]]


@pytest.mark.timing
def test_who_waits_for_a_transaction_that_does_not_end_is_released() -> None:
    recorder = Recorder()
    group = GroupCommit(recorder.commit, patience=1.0)
    with ThreadPoolExecutor(2) as pool:
        with group._turn:
            requests = [pool.submit(group.submit, request) for request in (1, 2)]
            while len(group._waiting) < len(requests):
                assert not any(request.done() for request in requests)
        released, committing = wait(requests, PATIENCE, FIRST_COMPLETED)
        assert [sorted(batch) for batch in recorder.batches] == [[1, 2]]
        with pytest.raises(StoreUnavailable):
            released.pop().result()
        recorder.go_on.set()
        assert committing.pop().result(PATIENCE) in (2, 4)
    assert group.submit(3) == 6
