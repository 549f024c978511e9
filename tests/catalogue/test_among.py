"""However long a list of values is, it is asked for whole."""

import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert, select

from archiver.catalogue.among import among

THERE = Table("there", MetaData(), Column("name", String))


@pytest.mark.parametrize("many", [0, 1, 49, 50, 51, 120, 40_000])
def test_what_is_asked_for_is_found(many: int) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        THERE.create(connection)
        connection.execute(insert(THERE), [{"name": f"D'{at}"} for at in range(100)])
        asked = select(THERE.c.name).where(among(THERE.c.name, {f"D'{at}" for at in range(many)}))
        assert connection.execute(asked).scalars().all() == [
            f"D'{at}" for at in range(min(many, 100))
        ]
    engine.dispose()
