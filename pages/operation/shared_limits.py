"""Limits that several machines share through Redis; without it each process has its share."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from redis import Redis

from pages.operation.limits import TokenBuckets, network_of
from pages.operation.metrics import LIMITED
from pages.operation.redis_link import RedisLink
from pages.settings import Settings

# The same bucket as TokenBuckets; the time is that of Redis, so machines need not agree on it.
_TAKE = """
local size = tonumber(ARGV[1])
local per_second = size / 60
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'seen')
local passed = math.max(0, now - (tonumber(kept[2]) or now))
local level = math.min(size, (tonumber(kept[1]) or size) + passed * per_second)
local wait = '0'
if level >= 1 then level = level - 1 else wait = tostring((1 - level) / per_second) end
redis.call('HSET', KEYS[1], 'level', tostring(level), 'seen', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], 61)
return wait
"""


class Limit:
    """How often one address may pass one door."""

    def __init__(
        self,
        door: str,
        per_minute: int,
        link: RedisLink | None = None,
        key: str = "",
        processes: int = 1,
    ) -> None:
        """``key`` makes of an address what stands for it in Redis, for a minute.

        Without Redis each of so many ``processes`` lets its share of the limit pass, so that all
        of them together keep to it; one at least, or the door would be shut.
        """
        self._door = door
        self._per_minute = per_minute
        self._own = TokenBuckets(max(1, per_minute // processes))
        self._link = link
        self._key = key.encode()
        self._take = link.client.register_script(_TAKE) if link else None

    def seconds_to_wait(self, address: str) -> float:
        """Take a token and return 0, or the seconds until there will be one."""
        if not self._per_minute:
            return 0.0
        wait = self._shared(address)
        if wait is None:
            wait = self._own.seconds_to_wait(address)
        if wait:
            LIMITED.labels(self._door).inc()
        return wait

    def _shared(self, address: str) -> float | None:
        if self._link is None or self._take is None:
            return None
        take, name = self._take, self._name_of(address)

        def ask(_client: Redis) -> float | None:
            return float(take(keys=[name], args=[self._per_minute]))

        return self._link.ask(ask, None)

    def _name_of(self, address: str) -> str:
        """A name that nobody without the key can turn back into an address."""
        told = f"{self._door} {network_of(address)}".encode()
        return f"city:limit:{hmac.new(self._key, told, hashlib.sha256).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of all doors."""

    starts: Limit
    answers: Limit
    callbacks: Limit
    oembed: Limit
    renders: Limit
    variants: Limit


def open_limits(settings: Settings, link: RedisLink | None = None) -> Limits:
    """The limits as set, shared where there is a link."""

    def limit(door: str, per_minute: int) -> Limit:
        return Limit(door, per_minute, link, settings.secret_key, settings.processes)

    return Limits(
        starts=limit("starts", settings.starts_per_minute),
        answers=limit("answers", settings.answers_per_minute),
        callbacks=limit("callbacks", settings.callbacks_per_minute),
        oembed=limit("oembed", settings.oembed_per_minute),
        renders=limit("renders", settings.renders_per_minute),
        variants=limit("variants", settings.variants_per_minute),
    )
