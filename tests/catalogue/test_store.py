"""What the catalogue says when it cannot do what it is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, OperationalError

from archiver.catalogue import numbers, store
from archiver.catalogue.store import Catalogue, open_catalogue
from archiver.catalogue.tables import migrations
from archiver.core.errors import Busy, EngineError, VaultError

NOW = datetime(2026, 5, 20, tzinfo=UTC)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    found = open_catalogue("sqlite:///catalogue.db", tmp_path)
    found.prepare(NOW)
    yield found
    found.close()


def test_numbers_are_never_given_twice(catalogue: Catalogue) -> None:
    given = []
    for _ in range(3):
        with catalogue.write() as tx:
            given.append(numbers.take(tx, "series"))
    with pytest.raises(ZeroDivisionError):
        _take_and_fail(catalogue)
    with catalogue.write() as tx:
        given.append(numbers.take(tx, "series"))
        assert numbers.take(tx, "another") == 1
    assert given == [1, 2, 3, 4]


def _take_and_fail(catalogue: Catalogue) -> None:
    with catalogue.write() as tx:
        numbers.take(tx, "series")
        raise ZeroDivisionError


def test_what_is_remembered_is_recalled(catalogue: Catalogue) -> None:
    with catalogue.write() as tx:
        assert numbers.recall(tx, "key") is None
        numbers.remember(tx, "key", "one")
        numbers.remember(tx, "key", "two")
        assert numbers.person(tx, "clerk") == numbers.person(tx, "clerk") == "P0001"
    with catalogue.read() as tx:
        assert numbers.recall(tx, "key") == "two"


def test_a_catalogue_of_a_newer_program_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.prepare(NOW)  # harmless to repeat
    with catalogue.write() as tx:
        tx.execute(insert(migrations).values(number=999, name="later", ran_at=NOW.isoformat()))
    with pytest.raises(EngineError, match="999"):
        catalogue.prepare(NOW)
    with pytest.raises(EngineError, match="postgresql"):
        open_catalogue("postgresql:///x", tmp_path)


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("database is locked", Busy),
        ("database or disk is full", VaultError),
        ("attempt to write a readonly database", VaultError),
        ("disk I/O error", VaultError),
    ],
)
def test_the_drivers_complaints_are_told_as_ours(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, words: str, family: type[Exception]
) -> None:
    def refuse(_: object) -> None:
        raise OperationalError("COMMIT", None, Exception(words))

    monkeypatch.setattr(store, "commit", refuse)
    with pytest.raises(family), catalogue.write() as tx:
        numbers.take(tx, "series")


def test_the_database_itself_refuses_what_cannot_be(catalogue: Catalogue) -> None:
    row = {"number": 5, "name": "x", "ran_at": "x"}
    with pytest.raises(IntegrityError), catalogue.write() as tx:
        tx.execute(insert(migrations), [row, row])
