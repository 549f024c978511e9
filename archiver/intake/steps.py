"""The first steps of a paper's way: what its bytes are, whether they are known, who is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from archiver.catalogue.receipts import Receipt
from archiver.core.errors import N_, NotYet
from archiver.core.model import Arrival, CustomerId, Document, Scan
from archiver.custody import duplicate, party
from archiver.disk.digest import digest_of
from archiver.intake.batch import for_anybody
from archiver.intake.taken import Seconds
from archiver.reading.sniff import media_type
from archiver.recognition.directory import Directory
from archiver.vault.vault import Vault

NOBODY_YET = CustomerId("")
"""The customer of a folder whose name is new: has no papers."""


class Stopwatch:
    """Measures named steps, in seconds."""

    def __init__(self) -> None:
        self._laps: dict[str, float] = {}

    @contextmanager
    def lap(self, step: str) -> Iterator[None]:
        """Time the block under the name `step`."""
        begun = perf_counter()
        try:
            yield
        finally:
            self._laps[step] = self._laps.get(step, 0.0) + perf_counter() - begun

    @property
    def seconds(self) -> Seconds:
        """Every step measured so far, rounded to a tenth of a millisecond."""
        return tuple((step, round(time, 4)) for step, time in self._laps.items())


def identify(arrival: Arrival) -> Scan:
    """What the bytes are.

    Raises:
        DocumentError: empty, or of a kind the archive does not take.
        NotYet: the claim cannot be read now (locked, or the disk under the inbox fails).
    """
    try:
        digest, size = digest_of(arrival.path)
    except OSError as error:
        raise NotYet(
            N_("{file} cannot be read now: {why}"), file=arrival.source, why=error.strerror
        ) from error
    return Scan(arrival, digest, size, media_type(arrival.path))


def known(vault: Vault, scan: Scan, directory: Directory) -> Receipt | Document | None:
    """The outcome this drop has already, or the document that holds its bytes.

    Bytes that another customer than the one named for the drop has are not known.
    """
    arrival = scan.arrival
    named = arrival.named
    if not named and arrival.folder:
        nobody = None if for_anybody(vault.settings.batch, arrival.folder) else NOBODY_YET
        found = directory.resolve(arrival.folder)
        named = found.id if found else nobody
    return duplicate.seen(vault, scan, named)


def introduce(vault: Vault, arrival: Arrival, directory: Directory) -> Directory:
    """A directory that knows the folder's name: an unknown one becomes a proposed customer."""
    if arrival.named or not arrival.folder or directory.resolve(arrival.folder):
        return directory
    if for_anybody(vault.settings.batch, arrival.folder):
        return directory
    party.propose(vault, arrival.folder)
    return party.directory(vault)
