"""The first steps of a paper's way: what its bytes are, whether they are known, who is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from archiver.core.errors import N_, NotYet
from archiver.core.model import Arrival, Document, Scan
from archiver.custody import duplicate, party
from archiver.disk.digest import digest_of
from archiver.intake.taken import Seconds
from archiver.reading.sniff import media_type
from archiver.recognition.directory import Directory
from archiver.vault.vault import Vault


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


def known(vault: Vault, scan: Scan, directory: Directory) -> Document | None:
    """The document that holds these bytes already, unless another customer is named."""
    arrival = scan.arrival
    if arrival.named:
        return duplicate.stored(vault, scan.digest, arrival.named)
    if arrival.folder:
        found = directory.resolve(arrival.folder)
        return duplicate.stored(vault, scan.digest, found.id) if found else None
    return duplicate.stored(vault, scan.digest, None)


def introduce(vault: Vault, arrival: Arrival, directory: Directory) -> Directory:
    """A directory that knows the folder's name: an unknown one becomes a proposed customer."""
    if arrival.named or not arrival.folder or directory.resolve(arrival.folder):
        return directory
    party.propose(vault, arrival.folder)
    return party.directory(vault)
