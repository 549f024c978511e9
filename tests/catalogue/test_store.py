"""What the catalogue says when it cannot do what it is asked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from archiver.catalogue import documents, numbers, receipts, store
from archiver.catalogue.store import Catalogue, open_catalogue
from archiver.catalogue.tables import documents as rows
from archiver.catalogue.tables import migrations
from archiver.core.errors import Busy, DamageFound, EngineError, VaultError
from archiver.repair.check import check
from tests.worlds import a_vault, drop, ingest, reopened

NOW = datetime(2026, 5, 20, tzinfo=UTC)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    found = open_catalogue("sqlite:///catalogue.db", tmp_path)
    found.prepare(NOW, founding=True)
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
        assert numbers.person(tx, ["clerk"]) == numbers.person(tx, ["clerk"]) == "P0001"
    with catalogue.read() as tx:
        assert numbers.recall(tx, "key") == "two"


def test_a_catalogue_of_a_newer_program_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.prepare(NOW, founding=False)  # harmless to repeat
    with catalogue.write() as tx:
        tx.execute(insert(migrations).values(number=999, name="later", ran_at=NOW.isoformat()))
    with pytest.raises(EngineError, match="999"):
        catalogue.prepare(NOW, founding=False)
    with pytest.raises(EngineError, match="postgresql"):
        open_catalogue("postgresql:///x", tmp_path)


def test_a_lost_catalogue_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    lost = open_catalogue("sqlite:///elsewhere.db", tmp_path)
    with pytest.raises(VaultError, match=r"elsewhere\.db is gone"):
        lost.prepare(NOW, founding=False)
    assert list(tmp_path.iterdir()) == [], "nothing is made"
    lost.prepare(NOW, founding=True)
    with lost.write() as tx:
        tx.execute(text("DROP TABLE migrations"))
    with pytest.raises(VaultError, match="gone"):
        lost.prepare(NOW, founding=False)
    lost.close()


@pytest.mark.parametrize("lose", ["catalogue", "ledger too"])
def test_a_vault_with_a_history_says_so(tmp_path: Path, lose: str) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", "LOCKED")
        ingest(vault)
        state, exported = vault.layout.state, vault.layout.exported
    for path in state.glob("catalogue.db*"):
        path.unlink()
    if lose == "ledger too":
        exported.unlink()
    with reopened(tmp_path / "vault") as vault, pytest.raises(VaultError, match="gone"):
        _ = vault.catalogue
    assert not list(state.glob("catalogue.db*"))


@pytest.mark.parametrize(
    ("content", "family", "words"),
    [
        (b"not a database at all" * 99, DamageFound, "not a database"),
        (None, VaultError, "unable to open"),
    ],
)
def test_what_is_no_catalogue_is_told(
    tmp_path: Path, content: bytes | None, family: type[Exception], words: str
) -> None:
    path = tmp_path / "catalogue.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    found = open_catalogue("sqlite:///catalogue.db", tmp_path)
    with pytest.raises(family, match=words):
        found.prepare(NOW, founding=False)
    found.close()


def test_a_row_that_points_nowhere_is_found(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.close()
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as raw:
        raw.execute("INSERT INTO archive_numbers VALUES ('1', 'D000009')")
        raw.commit()
    with catalogue.read() as tx:
        assert "archive_numbers" in str(catalogue.fault(tx))


def test_a_torn_page_is_found(catalogue: Catalogue, tmp_path: Path) -> None:
    with catalogue.read() as tx:
        assert catalogue.fault(tx) is None
    catalogue.close()
    path = tmp_path / "catalogue.db"
    data = bytearray(path.read_bytes())
    for start in range(8192, len(data), 4096):
        data[start : start + 60] = b"\xff" * 60
    path.write_bytes(data)
    with pytest.raises(DamageFound, match="torn"), catalogue.read() as tx:
        catalogue.fault(tx)


def test_a_catalogue_of_the_first_shape_is_brought_to_the_present_one(tmp_path: Path) -> None:
    """As the first version made it: no parts, no series, no folders of receipts, no links."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "新店/a.txt", "LOCKED")
        drop(vault, "b.txt", "today is a fine day")
        ingest(vault)
        with vault.catalogue.write() as tx:
            for index in ("by_file", "by_folder", "by_document"):
                tx.execute(text(f"DROP INDEX receipts_{index}"))
            tx.execute(text("DROP INDEX documents_by_head"))
            tx.execute(text("DROP INDEX documents_by_kind"))
            tx.execute(text("DROP INDEX events_by_kind"))
            tx.execute(text("DROP INDEX events_by_document"))
            for table, column in (
                ("receipts", "within"),
                ("receipts", "folder"),
                ("documents", "joined_to"),
                ("documents", "position"),
                ("pages", "look"),
                ("events", "page"),
                ("events", "box"),
                ("events", "raw"),
                ("index_queue", "customer"),
            ):
                tx.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
            for table in ("notices", "links", "marks"):
                tx.execute(text(f"DROP TABLE {table}"))
            tx.execute(text("DELETE FROM migrations WHERE number > 1"))
    with reopened(tmp_path / "vault") as vault:
        with vault.catalogue.read() as tx:
            folders = {one.source: one.folder for one in receipts.latest(tx, None, 9)}
            assert len(tuple(documents.own_documents(tx))) == 1
        assert folders == {"新店/a.txt": "新店", "b.txt": None}
        drop(vault, "新店/c.txt", "LOCKED")
        assert len(ingest(vault)) == 1
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_one_customer_may_have_the_same_bytes_twice_in_an_older_catalogue_too(
    tmp_path: Path,
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", "today is a fine day")
        ingest(vault)
        with vault.catalogue.write() as tx:
            shape = tx.execute(text("SELECT sql FROM sqlite_schema WHERE name = 'documents'"))
            one_only = f"{shape.scalar_one()[:-1]}, UNIQUE (digest, customer))"
            for statement in (
                "PRAGMA defer_foreign_keys=ON",
                "CREATE TABLE aside AS SELECT * FROM documents",
                "DROP TABLE documents",
                one_only,
                "INSERT INTO documents SELECT * FROM aside",
                "DROP TABLE aside",
                "DELETE FROM migrations WHERE number >= 8",
            ):
                tx.execute(text(statement))
        with vault.catalogue.read() as tx:
            known = list(documents.all_documents(tx))
    with reopened(tmp_path / "vault") as vault:
        with vault.catalogue.write() as tx:
            assert list(documents.all_documents(tx)) == known
            row = dict(tx.execute(select(rows)).one()._mapping)
            again = {"id": "D9", "archive_no": "9", "receipt": "9", "path": "9"}
            tx.execute(insert(rows), {**row, **again})
            tx.execute(delete(rows).where(rows.c.id == "D9"))
            assert vault.catalogue.fault(tx) is None
        assert not check(vault, deep=True, progress=lambda done, of: None)


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
