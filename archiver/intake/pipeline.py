"""The way of a paper, from its claim to its place in the archive.

Bytes first, then the row, then the source: whatever stops us in between, the claim is still
there and the next run repeats every step without harm. Several papers are read ahead by threads
that wait for the worker processes; everything that decides or writes happens here, one paper at a
time, in the order of the drops.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from archiver.catalogue.receipts import Receipt
from archiver.core.errors import N_, ArchiverError, DocumentError, NotYet, VaultError
from archiver.core.model import (
    UNASSIGNED,
    Arrival,
    Because,
    Customer,
    CustomerId,
    Digest,
    Document,
    Findings,
    Outcome,
    Reading,
    ReceiptId,
    Scan,
)
from archiver.custody import duplicate, file, party, quarantine, settlement, whole
from archiver.custody.matching import matched
from archiver.disk.claim import give_back, release
from archiver.disk.scratch import clear
from archiver.intake.package import Allowance, Package, opened
from archiver.intake.steps import Stopwatch, identify, introduce, known
from archiver.intake.taken import Taken, from_receipt, not_yet, waits
from archiver.recognition.directory import Directory
from archiver.recognition.match import beside
from archiver.recognition.recognise import recognise
from archiver.vault.vault import Vault

_AHEAD = 4
"""Papers read ahead for each parser process."""

log = logging.getLogger(__name__)

Prepared = Receipt | tuple[Scan, Document] | Reading | Package
"""Done already under this receipt; bytes we hold; a paper that has been read; several papers."""


def run(
    vault: Vault, arrivals: Iterable[Arrival], published: Callable[[], None]
) -> Iterator[Taken]:
    """Take every arrival in; gives each with its one outcome, in the order they came.

    Args:
        vault: the open vault.
        arrivals: claimed files; drawn from only as fast as papers are read.
        published: called after each paper, so that the index can follow in batches.

    Raises:
        VaultError: the store refused; what was not yet taken stays in its claim.
    """
    parsers = vault.settings.reading.parsers
    with ThreadPoolExecutor(parsers * 2, thread_name_prefix="read") as readers:
        for taken in Desk(vault, readers, ahead=parsers * _AHEAD).take(arrivals):
            yield taken
            published()


class Desk:
    """Where papers are taken in: the vault, and the customers as known so far in this run."""

    def __init__(self, vault: Vault, readers: ThreadPoolExecutor, *, ahead: int) -> None:
        self._vault = vault
        self._readers = readers
        self._ahead = ahead
        self._directory: Directory = party.directory(vault)
        self._filed: set[Digest] = set()
        self._allowance = Allowance()
        self._beside: dict[ReceiptId, CustomerId] = {}

    def take(self, arrivals: Iterable[Arrival]) -> Iterator[Taken]:
        """Each arrival with its outcome, in order; the next ones are read meanwhile."""
        ahead: deque[tuple[Arrival, Stopwatch, Future[Prepared]]] = deque()
        for arrival in arrivals:
            watch = Stopwatch()
            ahead.append((arrival, watch, self._readers.submit(self.prepare, arrival, watch)))
            if len(ahead) >= self._ahead:
                yield self.finish(*ahead.popleft())
        while ahead:
            yield self.finish(*ahead.popleft())

    def prepare(self, arrival: Arrival, watch: Stopwatch) -> Prepared:
        """The steps that decide nothing and may run ahead: identify, known?, read."""
        with watch.lap("identify"):
            scan = identify(arrival)
            found = known(self._vault, scan, self._directory)
        if isinstance(found, Receipt):
            return found
        if found:
            return scan, found
        if arrival.again and scan.digest != arrival.again.digest:
            raise DocumentError(Because.of("changed_aside"))
        with watch.lap("read"):
            return opened(self._vault, scan, self._allowance)

    def finish(self, arrival: Arrival, watch: Stopwatch, prepared: Future[Prepared]) -> Taken:
        """One paper's one outcome. This is the only place that survives a bug of ours."""
        try:
            return self._taken(arrival, watch, prepared.result())
        except NotYet as error:
            return waits(arrival.source, not_yet(error), arrival)
        except DocumentError as error:
            return self._aside(arrival, watch, error.because)
        except ArchiverError:
            raise
        except OSError as error:
            raise refused(error) from error
        except Exception as error:
            log.exception("failed on receipt %s", arrival.receipt)
            because = Because.of("internal_error", error=type(error).__name__)
            return self._aside(arrival, watch, because)

    def _taken(self, arrival: Arrival, watch: Stopwatch, prepared: Prepared) -> Taken:
        if isinstance(prepared, Receipt):
            return self._done(prepared, arrival, watch)
        if isinstance(prepared, Reading):
            return self._file(prepared, watch)
        if isinstance(prepared, Package):
            return self._package(prepared, watch)
        scan, twin = prepared
        return self._fold(scan, twin, watch)

    def _file(self, reading: Reading, watch: Stopwatch) -> Taken:
        """Recognise → match → file → record → release."""
        scan = reading.scan
        self._directory = introduce(self._vault, scan.arrival, self._directory)
        if scan.digest in self._filed:  # the same bytes came while this copy was being read
            twin = known(self._vault, scan, self._directory)
            if isinstance(twin, Document):
                return self._fold(scan, twin, watch)
        with watch.lap("recognise"):
            findings = recognise(reading, self._vault.categories, self._vault.fields)
        with watch.lap("match"):
            verdict, self._directory = matched(self._vault, findings, self._directory)
            verdict = beside(verdict, self._hint(scan.arrival))
        with watch.lap("file"):
            filed = file.file(self._vault, verdict, self._customer(verdict.customer))
        with watch.lap("record"):
            document = file.record(self._vault, filed)
        if isinstance(document, file.Twin):
            return self._fold(scan, document.document, watch)
        self._filed.add(scan.digest)
        self._release(scan.arrival)
        return _of(document, findings, watch)

    def _package(self, package: Package, watch: Stopwatch) -> Taken:
        """What the file says itself, then what was inside, each with an outcome; then its own."""
        scan = package.scan
        arrival = scan.arrival
        own = self._own(package.own, watch) if package.own else None
        if own and own.document and own.document.customer != UNASSIGNED:
            self._beside[arrival.receipt] = own.document.customer
        parts = tuple(self.take(package.parts))
        if any(part.outcome is Outcome.WAITING for part in parts):
            return waits(arrival.source, Because.of("parts_wait"), arrival)
        with watch.lap("record"):
            pages = tuple(part.pages for part in package.parts if part.pages)
            receipt = whole.close(self._vault, scan, own.document if own else None, pages)
        self._release(arrival)
        clear(self._vault.layout.scratch / arrival.receipt)
        taken = from_receipt(
            receipt, own.document if own else None, scan=scan, seconds=watch.seconds
        )
        return replace(taken, findings=own.findings if own else None, parts=parts)

    def _own(self, reading: Reading, watch: Stopwatch) -> Taken:
        """The paper that the file is itself; one recorded before a crash is found again."""
        scan = reading.scan
        given = duplicate.given(self._vault, scan.arrival.receipt)
        if given is None:
            return self._file(reading, watch)
        document = duplicate.document_of(self._vault, given)
        return from_receipt(given, document, scan=scan, seconds=watch.seconds)

    def _hint(self, arrival: Arrival) -> Customer | None:
        """Whose the mail is that this came in."""
        whose = self._beside.get(arrival.within) if arrival.within else None
        if arrival.again and arrival.within:
            whose = settlement.customer_of_whole(self._vault, arrival.within)
        return self._directory.get(whose) if whose else None

    def _customer(self, customer: CustomerId) -> Customer:
        """Whose folder it is; one who was added meanwhile by somebody else is looked up anew."""
        found = self._directory.get(customer)
        if found is None:
            self._directory = party.directory(self._vault)
            found = self._directory.get(customer)
        if found is None:
            raise LookupError(customer)
        return found

    def _fold(self, scan: Scan, twin: Document, watch: Stopwatch) -> Taken:
        with watch.lap("record"):
            receipt = duplicate.fold(self._vault, scan, twin)
        self._release(scan.arrival)
        return from_receipt(receipt, twin, scan=scan, seconds=watch.seconds)

    def _aside(self, arrival: Arrival, watch: Stopwatch, because: Because) -> Taken:
        try:
            with watch.lap("quarantine"):
                receipt = self._put_aside(arrival, because)
        except OSError as error:
            raise refused(error) from error
        clear(self._vault.layout.scratch / arrival.receipt)
        return from_receipt(receipt, None, scan=None, seconds=watch.seconds)

    def _put_aside(self, arrival: Arrival, because: Because) -> Receipt:
        """Put it aside; what comes from there stays, and has a newer reason."""
        if arrival.again:
            return settlement.failed(self._vault, arrival, because)
        receipt = quarantine.put_aside(self._vault, arrival, because)
        self._release(arrival)
        return receipt

    def _done(self, receipt: Receipt, arrival: Arrival, watch: Stopwatch) -> Taken:
        """The row stands from before a crash: only the goodbye was missing."""
        self._release(arrival)
        document = duplicate.document_of(self._vault, receipt)
        return from_receipt(receipt, document, scan=None, seconds=watch.seconds)

    def _release(self, arrival: Arrival) -> None:
        """Let the claim go; one that was written to after all returns to the inbox as new.

        A part has no claim: it goes with the file it came in. What comes from quarantine leaves it.
        """
        if arrival.again:
            settlement.clear_away(self._vault)
            return
        if arrival.within:
            return
        try:
            release(arrival.path, arrival.shape)
        except NotYet:
            give_back(arrival.path, self._vault.layout.inbox)


def _of(document: Document, findings: Findings, watch: Stopwatch) -> Taken:
    return Taken(
        source=document.source,
        outcome=document.outcome,
        receipt=document.receipt,
        document=document,
        scan=findings.reading.scan,
        findings=findings,
        path=document.path,
        reasons=document.open,
        seconds=watch.seconds,
    )


def refused(error: OSError) -> VaultError:
    """The store's refusal, as one of ours: full, read-only, gone."""
    return VaultError(
        N_("the store refused: {why}"),
        hint=N_(
            "nothing is lost: papers not yet archived are still in the inbox; "
            "make room or repair the disk, then run the command again"
        ),
        why=error.strerror or error,
    )
