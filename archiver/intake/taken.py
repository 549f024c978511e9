"""What became of one file, as the pipeline reports it."""

from dataclasses import dataclass

from archiver.catalogue.receipts import Receipt
from archiver.core.errors import NotYet
from archiver.core.model import Arrival, Because, Document, Findings, Outcome, Scan
from archiver.core.names import readable
from archiver.declarations.words import translate

Seconds = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file with its one outcome.

    Attributes:
        source: as it was dropped.
        receipt: None while it waits in the inbox.
        document: what it became, or for a duplicate the document that holds its bytes.
        path: where it lies, relative to the vault.
        seconds: how long each step took.
        parts: what was inside a mail, an archive or a PDF, in order.
    """

    source: str
    outcome: Outcome
    receipt: str | None = None
    document: Document | None = None
    scan: Scan | None = None
    findings: Findings | None = None
    path: str | None = None
    reasons: tuple[Because, ...] = ()
    seconds: Seconds = ()
    parts: tuple["Taken", ...] = ()


def from_receipt(
    receipt: Receipt, document: Document | None, *, scan: Scan | None, seconds: Seconds
) -> Taken:
    """A file whose outcome stands in the catalogue."""
    return Taken(
        source=receipt.source,
        outcome=receipt.outcome,
        receipt=receipt.id,
        document=document,
        scan=scan,
        path=receipt.path,
        reasons=receipt.reasons,
        seconds=seconds,
    )


def waits(source: str, because: Because, arrival: Arrival | None = None) -> Taken:
    """A file that stays where it is for now."""
    return Taken(
        source=readable(source),
        outcome=Outcome.WAITING,
        receipt=arrival.receipt if arrival else None,
        reasons=(because,),
    )


def not_yet(error: NotYet) -> Because:
    """Why a file waits that could not be had just now."""
    return Because.of("not_yet", why=error.sentence(translate))
