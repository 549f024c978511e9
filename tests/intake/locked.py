"""Papers behind a password, and vaults that have put them aside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archiver.catalogue import aside
from archiver.catalogue.aside import Entry
from archiver.core.errors import DocumentError
from archiver.core.model import Because, Reading, Scan
from archiver.custody import party
from archiver.reading.members import Member
from archiver.vault.vault import Vault
from tests.worlds import CODE, LICENCE, PlainReader, a_vault, a_zip, drop, ingest, reopened

NAME = "青梧市华信样本运输有限公司"
KEY = "芝麻开门"
PAPER = f"SHUT\n{LICENCE}"


class LockedReader(PlainReader):
    """Reads a text that begins with SHUT, or an archive with such a member, by its key alone."""

    def read(self, scan: Scan) -> Reading:
        if not scan.arrival.path.read_bytes().startswith((b"SHUT", b"X-Shut")):
            return super().read(scan)
        _try(scan)
        reading = super().read(scan)
        return replace(reading, facts=(*reading.facts, ("encrypted", "password")))

    def unpack(self, scan: Scan, folder: Path) -> tuple[Member, ...]:
        if scan.arrival.path.read_bytes().find(b"KEEP OUT") >= 0:
            try:
                _try(scan)
            except DocumentError as error:
                return (Member("x", None, error.because),)
        return super().unpack(scan, folder)


def _try(scan: Scan) -> None:
    password = scan.arrival.again.password if scan.arrival.again else None
    if password is None:
        raise DocumentError(Because.of("encrypted"))
    if password != KEY:
        raise DocumentError(Because.of("wrong_password"))


def a_locked_zip(*texts: str) -> bytes:
    files = {f"{number}.txt": text.encode() for number, text in enumerate(texts)}
    return a_zip({"KEEP OUT": b"KEEP OUT", **files})


@contextmanager
def with_aside(root: Path, name: str = "a.txt", content: str | bytes = PAPER) -> Iterator[Vault]:
    """A vault with one customer that has put this file aside."""
    with a_vault(root) as vault:
        vault.__dict__["reader"] = LockedReader()
        party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
        drop(vault, name, content)
        ingest(vault)
        yield vault


@contextmanager
def again(root: Path) -> Iterator[Vault]:
    """The vault after a restart, with the same reader."""
    with reopened(root) as vault:
        vault.__dict__["reader"] = LockedReader()
        yield vault


def entries(vault: Vault, *, settled: bool = False) -> tuple[Entry, ...]:
    with vault.catalogue.read() as tx:
        return aside.entries(tx, settled=settled)
