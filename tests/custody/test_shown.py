"""The place on a page of a filed paper, from the store through the other process to the picture."""

import io
from pathlib import Path

import pytest
from PIL import Image

from archiver.catalogue import documents
from archiver.core.model import Document
from archiver.custody import party
from archiver.custody.shown import strip
from archiver.reading.limits import ReadingLimits
from archiver.reading.reader import Reader
from archiver.review import series
from archiver.vault.vault import Vault
from tests.reading.papers import Sheet, pdf_of, words
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"
BOX = (0.1, 0.1, 0.3, 0.12)


def filed(vault: Vault, name: str) -> Document:
    drop(vault, name, CONTRACT.format(name=NAME) + name)
    (taken,) = ingest(vault).values()
    assert taken.document
    return taken.document


def becomes(vault: Vault, document: Document, content: bytes) -> None:
    """Put other bytes where a text was filed: only what is shown of them matters here."""
    path = vault.layout.root / document.path
    path.chmod(0o640)
    path.write_bytes(content)


def wide(content: bytes | None) -> bool:
    assert content
    shown = Image.open(io.BytesIO(content))
    return shown.width > shown.height


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(ReadingLimits(), (), (tmp_path / "vault" / "customers",))


def test_pages_are_counted_through_all_files_of_a_paper(tmp_path: Path, reader: Reader) -> None:
    with a_vault(tmp_path / "vault") as vault, reader:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        whole = series.join(vault, [filed(vault, "IMG_1.txt"), filed(vault, "IMG_2.txt")])
        with vault.catalogue.write() as tx:
            tx.exec_driver_sql("UPDATE documents SET media_type = 'application/pdf'")
            files = tuple(documents.all_documents(tx))
        vault.__dict__["reader"] = reader
        becomes(vault, files[0], pdf_of([Sheet(words("upright"))]))
        becomes(vault, files[1], pdf_of([Sheet(words("lying"), turned=90)]))
        with vault.catalogue.read() as tx:
            (head,) = documents.some(tx, [whole.id])
        assert not wide(strip(vault, head, 1, BOX, whole=True))
        assert wide(strip(vault, head, 2, BOX, whole=True))
        assert wide(strip(vault, head, 1, BOX)), "a strip"
        assert strip(vault, head, 3, BOX) is None


def test_a_page_is_turned_as_it_was_for_reading(tmp_path: Path, reader: Reader) -> None:
    with a_vault(tmp_path / "vault") as vault, reader:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        document = filed(vault, "a.txt")
        with vault.catalogue.write() as tx:
            tx.exec_driver_sql("UPDATE documents SET media_type = 'application/pdf'")
            tx.exec_driver_sql("UPDATE pages SET rotation = 90")
            (document,) = documents.some(tx, [document.id])
        vault.__dict__["reader"] = reader
        becomes(vault, document, pdf_of([Sheet(words("upright"))]))
        assert wide(strip(vault, document, 1, BOX, whole=True))


def test_a_text_has_no_picture(tmp_path: Path, reader: Reader) -> None:
    with a_vault(tmp_path / "vault") as vault, reader:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        document = filed(vault, "a.txt")
        vault.__dict__["reader"] = reader
        assert strip(vault, document, 1, BOX) is None
