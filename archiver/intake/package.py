"""Files that hold several papers: a mail, an archive, a PDF with attachments, a batch scan.

What is inside is laid out in the scratch folder and taken in like any other file, under receipts
that count on from the file's own: `R….1`, `R….2`; what a mail or a PDF says itself is `R….0`. The
file has its receipt when all of them have theirs, so a crash between repeats what is missing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archiver.core.errors import DocumentError
from archiver.core.model import Arrival, Because, Reading, ReceiptId, Scan, own_receipt
from archiver.core.names import safe_name
from archiver.disk.guard import shape_of
from archiver.disk.scratch import fresh, settle
from archiver.intake.batch import divided
from archiver.reading.members import Member
from archiver.reading.sniff import ZIP
from archiver.vault.vault import Vault

_DEEPEST = 2
"""A scan in an archive in a mail is taken out; below that a mail or PDF stays whole."""


@dataclass(frozen=True, slots=True)
class Package:
    """A file that was opened.

    Attributes:
        scan: the file.
        own: what it says itself; None for an archive or a batch, which is no paper.
        parts: what was inside, in order.
    """

    scan: Scan
    own: Reading | None
    parts: tuple[Arrival, ...]


class Allowance:
    """How many parts one drop may have, with all mails and archives inside one another."""

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._spent: Counter[str] = Counter()

    def spend(self, receipt: ReceiptId, parts: int) -> None:
        """Take note of so many more parts.

        Raises:
            DocumentError: `too_many_parts`.
        """
        drop = receipt.partition(".")[0]
        self._spent[drop] += parts
        if self._spent[drop] > self._most:
            because = Because.of("too_many_parts", parts=self._spent[drop], most=self._most)
            raise DocumentError(because)


def opened(vault: Vault, scan: Scan, allowance: Allowance) -> Reading | Package:
    """Read a file, and take out what it holds.

    Raises:
        DocumentError: it cannot be read or taken apart; then nothing of it is taken.
    """
    if scan.media_type == ZIP:
        if _depth(scan) >= _DEEPEST:
            raise DocumentError(Because.of("nested_too_deep", most=_DEEPEST))
        return Package(scan, None, _parts(vault, scan, allowance))
    members = divided(vault, scan)
    if members:
        return Package(scan, None, _laid_out(scan, members, allowance))
    reading = _with_pages(vault.reader.read(scan))
    holds = dict(reading.facts).get("attachments", "0") != "0"
    parts = _parts(vault, scan, allowance) if holds and _depth(scan) < _DEEPEST else ()
    return Package(scan, _its_own(reading), parts) if parts else reading


def _depth(scan: Scan) -> int:
    """How many files it lies within."""
    return scan.arrival.receipt.count(".")


def _with_pages(reading: Reading) -> Reading:
    """The reading of a paper from a batch says from which pages of it."""
    pages = reading.scan.arrival.pages
    return replace(reading, facts=(*reading.facts, ("batch_pages", pages))) if pages else reading


def _its_own(reading: Reading) -> Reading:
    """The reading under the receipt of what the file says itself."""
    arrival = reading.scan.arrival
    own = replace(arrival, receipt=own_receipt(arrival.receipt), within=arrival.receipt, again=None)
    return replace(reading, scan=replace(reading.scan, arrival=own))


def _parts(vault: Vault, scan: Scan, allowance: Allowance) -> tuple[Arrival, ...]:
    """Lay out what is inside.

    Raises:
        DocumentError: one part cannot be had; the file is put aside whole, so that none is lost.
    """
    folder = fresh(vault.layout.scratch / scan.arrival.receipt)
    members = vault.reader.unpack(scan, folder)
    parts = _laid_out(scan, members, allowance)
    if not parts and scan.media_type == ZIP:
        raise DocumentError(Because.of("nothing_inside"))
    return parts


def _laid_out(scan: Scan, members: Sequence[Member], allowance: Allowance) -> tuple[Arrival, ...]:
    """Files taken out of another one as arrivals, on stable storage."""
    allowance.spend(scan.arrival.receipt, len(members))
    found = []
    for number, member in enumerate(members, start=1):
        if member.trouble:
            raise DocumentError(member.trouble)
        found.append(_arrival(scan, member, number))
    if found:
        settle(found[0].path.parent, (one.path for one in found))
    return tuple(found)


def _arrival(scan: Scan, member: Member, number: int) -> Arrival:
    """One part as an arrival; what its container calls it is not trusted as a path."""
    whole = scan.arrival
    shape = shape_of(member.path) if member.path else None
    if member.path is None or shape is None:
        raise DocumentError(Because.of("damaged", why=member.name))
    steps = [safe_name(step) for step in member.name.split("/") if step.strip(". ")]
    return Arrival(
        receipt=ReceiptId(f"{whole.receipt}.{number}"),
        source="/".join((whole.source, *steps)),
        path=member.path,
        folder=whole.folder,
        named=whole.named,
        received=whole.received,
        shape=shape,
        within=whole.receipt,
        pages=member.pages,
    )
