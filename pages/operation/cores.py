"""How many processor cores this program may use."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path

_CONTAINER_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores(quota: Path = _CONTAINER_QUOTA) -> int:
    """Cores that the system lets this process run on; a container's quota is rounded up."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        allowed, period = quota.read_text("ascii").split()
        return max(1, min(cores or 1, ceil(int(allowed) / int(period))))
    except (OSError, ValueError):
        return cores or 1  # There is no quota, or this system has no such file.
