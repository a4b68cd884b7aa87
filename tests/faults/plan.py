"""How many acknowledged answers each fault is tested with, at least."""

ALL = 20_000
LEAST = {
    "worker killed": 2500,
    "site killed": 2500,
    "disk full (file limit)": 1500,
    "disk full (small disk)": 500,
    "store read-only": 1500,
    "PostgreSQL stopped": 2000,
    "PostgreSQL killed": 1500,
    "PostgreSQL restarted": 1500,
    "PostgreSQL frozen": 2000,
    "PostgreSQL read-only": 1000,
    "Redis stopped": 1500,
    "Redis frozen": 1500,
    "clock forward": 1000,
    "clock back": 1000,
}
# What some machines forbid.
OPTIONAL = {"disk full (small disk)"}
