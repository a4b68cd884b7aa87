"""How many bytes of requests a process holds, which have arrived and are not answered yet."""

from __future__ import annotations

from pages.operation.connections import Connection

MOST_ARRIVED = 16 << 20


class Arrivals:
    """What has arrived on all connections together, within a budget."""

    def __init__(self, connections: int) -> None:
        """Nothing yet. Who holds no more than its ``share`` of the budget is never hung up on."""
        self.size = 0
        self.share = MOST_ARRIVED // connections

    def weigh(self, conn: Connection) -> None:
        """Note what a connection holds now."""
        self.size += len(conn.arrived) - conn.weighed
        conn.weighed = len(conn.arrived)

    def leave(self, conn: Connection) -> None:
        """Forget a connection."""
        self.size -= conn.weighed
        conn.weighed = 0

    @property
    def over(self) -> bool:
        """Whether all hold too much together."""
        return self.size > MOST_ARRIVED

    def too_much(self, conn: Connection) -> bool:
        """Whether all hold too much together, and this one more than its share."""
        return self.over and conn.weighed > self.share
