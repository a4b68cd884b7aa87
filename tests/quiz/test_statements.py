"""Statements that the driver runs: values and faults as from SQLAlchemy, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Engine,
    MetaData,
    Table,
    Text,
    bindparam,
    func,
    select,
    text,
)

from quiz.database import named_faults
from quiz.faults import StoreUnavailable
from quiz.statements import Statement

THINGS = Table(
    "things",
    MetaData(),
    Column("name", Text, primary_key=True),
    Column("day", Date),
    Column("right", Boolean),
    Column("times", BigInteger),
)
ROWS = (("a", date(2026, 11, 30), True, 2**40), ("b", None, None, None))


def test_a_statement_reads_what_sqlalchemy_reads(engine: Engine) -> None:
    query = select(THINGS).where(THINGS.c.name == bindparam("name"))
    with engine.begin() as connection:
        THINGS.create(connection)
        names = THINGS.c.keys()
        connection.execute(THINGS.insert(), [dict(zip(names, row, strict=True)) for row in ROWS])
        for row in ROWS:
            (own,) = Statement(query).rows(connection, {"name": row[0]})
            assert own == tuple(connection.execute(query, {"name": row[0]}).one()) == row
        more = [{"name": name, "day": None, "right": False, "times": 1} for name in "cd"]
        Statement(THINGS.insert()).run(connection, more)
        assert connection.scalar(select(func.count()).select_from(THINGS)) == 4


def test_a_fault_of_the_driver_is_told_by_its_cause(engine: Engine) -> None:
    statement = Statement(text("SELECT 1 FROM nowhere"))
    for use in (lambda other: statement.rows(other, {}), statement.run):
        with (
            pytest.raises(StoreUnavailable, match="nowhere"),
            named_faults(),
            engine.begin() as connection,
        ):
            use(connection)
