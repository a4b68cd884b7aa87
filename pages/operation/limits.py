"""How often one address may do something: token buckets in memory, nothing stored."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Protocol

_IPV6_NETWORK_BITS = 64
_MOST_ADDRESSES = 20_000


class Door(Protocol):
    """What may be passed only so often."""

    def seconds_to_wait(self, address: str) -> float:
        """Pass and return 0, or the seconds until one may."""


class TokenBuckets:
    """A bucket for each address: full at first, refilled evenly, one token for each request.

    ``per_minute`` is the size of a bucket and what flows in each minute; 0 means no limit.
    Only the ``most`` addresses seen last are remembered, so memory is bounded.
    """

    def __init__(
        self,
        per_minute: int,
        most: int = _MOST_ADDRESSES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size = per_minute
        self._per_second = per_minute / 60
        self._most = most
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, address: str) -> float:
        """Take a token and return 0, or the seconds until there will be one."""
        if not self._size:
            return 0.0
        network = network_of(address)
        with self._lock:
            now = self._clock()
            level, seen = self._levels.pop(network, (float(self._size), now))
            level = min(self._size, level + (now - seen) * self._per_second)
            allowed = level >= 1
            self._levels[network] = (level - allowed, now)
            if len(self._levels) > self._most:
                self._levels.popitem(last=False)
        return 0.0 if allowed else (1 - level) / self._per_second


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(IPv6Address(int(known) >> _IPV6_NETWORK_BITS << _IPV6_NETWORK_BITS))
    return str(known)
