"""The values a paper turns into on its way: each step takes one and returns the next.

A paper that has not been classified cannot be filed, because the value to pass does not exist:
Arrival → Scan → Reading → Findings → Verdict → Filed → Document.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NewType

Digest = NewType("Digest", str)
"""SHA-256 of a file's bytes, 64 lower-case hex digits (FIPS 180-4)."""
ReceiptId = NewType("ReceiptId", str)
"""Names one drop; unique in the catalogue, so a repeated step finds its own work."""
DocumentId = NewType("DocumentId", str)
CustomerId = NewType("CustomerId", str)

UNASSIGNED = CustomerId("C0000")
"""The customer that keeps papers nobody has claimed yet: a real row, a real folder."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 as fractions of the upright page, origin top left."""
Slope = tuple[float, float]
"""How far lines fall from the left edge of a page to its right, as a fraction of its height: at its
top and at its bottom, which differ where a page was photographed from the side."""
FLAT: Slope = (0.0, 0.0)


class Outcome(StrEnum):
    """What became of a dropped file."""

    FILED = "filed"
    REVIEW = "review"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Because:
    """A reason: a code that is never translated, with the facts its sentence needs."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **facts: object) -> "Because":
        """Build one from keyword facts; the order of the facts does not matter."""
        return cls(code, tuple(sorted([(key, str(value)) for key, value in facts.items()])))


@dataclass(frozen=True, slots=True)
class Shape:
    """What `stat` says of a file: size in bytes, mtime in ns, inode."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Again:
    """That a file of the quarantine is taken once more.

    Attributes:
        act: `retried`, or `released` by a person who vouches for it.
        digest: what its bytes must be.
        password: opens it; never written anywhere.
        said: why, in the words of who released it.
    """

    act: str
    digest: Digest | None
    password: str | None = field(default=None, repr=False)
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file taken in hand: it lies in a claim folder and carries a receipt.

    Attributes:
        source: its path under the inbox with forward slashes, or the path it was given by.
        path: where its bytes lie now.
        folder: first folder of `source` under the inbox, which may name the customer.
        named: the customer an operator named with `--customer`.
        received: when it was claimed; an aware instant.
        shape: what `stat` said after the claim.
        within: the receipt of the mail or archive it was taken out of; None for a drop.
        again: set for a file of the quarantine, under the receipt it was put aside with.
        pages: which pages of a batch scan it was, as `3` or `4-7`; empty for anything else.
    """

    receipt: ReceiptId
    source: str
    path: Path
    folder: str | None
    named: CustomerId | None
    received: datetime
    shape: Shape
    within: ReceiptId | None = None
    again: Again | None = None
    pages: str = ""


def own_receipt(receipt: ReceiptId) -> ReceiptId:
    """The receipt of what a file with parts says itself; its parts count from 1."""
    return ReceiptId(f"{receipt}.0")


@dataclass(frozen=True, slots=True)
class Scan:
    """An arrival whose bytes are known. `media_type` comes from the bytes, never from the name."""

    arrival: Arrival
    digest: Digest
    size: int
    media_type: str


class TextSource(StrEnum):
    """How the text of a page was come by."""

    LAYER = "layer"
    OCR = "ocr"
    PLAIN = "plain"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in reading order; `confidence` 0–1 (1 for text that was not recognised)."""

    text: str
    box: Box | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        number: from 1.
        lines: its text in reading order.
        source: how that was come by.
        rotation: what the page was turned for reading, degrees clockwise.
        look: a difference hash of the upright page, 16 hex digits; empty for what was not seen.
        slope: of the lines of a skewed page.
        seals: where round red seals stand.
        symbols: what its QR codes say.

    The last three are not kept in the catalogue.
    """

    number: int
    lines: tuple[Line, ...]
    source: TextSource
    rotation: int = 0
    look: str = ""
    slope: Slope = FLAT
    seals: tuple[Box, ...] = ()
    symbols: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a scan says. `facts` are properties of the file worth knowing (title, producer …)."""

    scan: Scan
    pages: tuple[Page, ...]
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """All pages, with a form feed between them."""
        return "\f".join(page.text for page in self.pages)


@dataclass(frozen=True, slots=True)
class Field:
    """One value found on the paper.

    Attributes:
        name: a field name of the published list (`credit_code`, `issue_date` …).
        value: normalised: ISO date or `long-term`, decimal string, upper-case code.
        raw: as it stands on the paper.
        confidence: 0–1.
        page: counts from 1; None when not tied to a page.
        box: where on that page.
        rule: what found it, for `show --why`.
    """

    name: str
    value: str
    raw: str
    confidence: float
    page: int | None
    box: Box | None
    rule: str


@dataclass(frozen=True, slots=True)
class Category:
    """What a paper is: the code, how sure (0–1), and the evidence that decided."""

    code: str
    confidence: float
    evidence: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the text says the paper is, and the values on it."""

    reading: Reading
    category: Category
    fields: tuple[Field, ...]

    def first(self, name: str) -> Field | None:
        """The best field of that name, or None."""
        found = [field for field in self.fields if field.name == name]
        return max(found, key=lambda field: field.confidence, default=None)


class Standing(StrEnum):
    """Whether a customer is one, only proposed by the name of a folder, or has become another."""

    ACTIVE = "active"
    PROPOSED = "proposed"
    SYSTEM = "system"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Customer:
    """A party whose papers are kept, as far as matching and filing need it.

    Attributes:
        id: `C` and the customer number, four digits or more.
        name: as a person wrote it.
        folder: its directory name under `customers/`.
        kind: `customer`, `supplier`, `staff`, `own` or `unassigned`.
        names: every name it is known by, the first one included, as written.
        codes: credit codes and registration numbers, upper case.
        merged_into: the customer whom this one turned out to be.
    """

    id: CustomerId
    name: str
    folder: str
    kind: str
    standing: Standing
    names: tuple[str, ...]
    codes: tuple[str, ...]
    merged_into: CustomerId | None = None


def number_of(customer: CustomerId) -> int:
    """The customer number, with which archive numbers begin."""
    return int(customer[1:])


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a paper goes.

    Attributes:
        customer: whose it is; the unassigned one while nobody knows.
        category: code under which it is filed (`other` while in doubt).
        proposed: the customer a person is asked to confirm, if there is a candidate.
        why: the evidence that decided, for `show --why`.
        open: what a person must decide; empty for a paper that files itself.
    """

    findings: Findings
    customer: CustomerId
    category: str
    proposed: CustomerId | None
    why: tuple[Because, ...]
    open: tuple[Because, ...]

    @property
    def outcome(self) -> Outcome:
        """Filed when nothing is open, else review."""
        return Outcome.REVIEW if self.open else Outcome.FILED


@dataclass(frozen=True, slots=True)
class Filed:
    """A verdict whose bytes lie in its customer's folder, at `path` (relative to the vault)."""

    verdict: Verdict
    customer: Customer
    path: str


@dataclass(frozen=True, slots=True)
class Document:
    """A row of the catalogue: one archived paper.

    Attributes:
        archive_no: 档号, `<customer no>-<category no>-<year>-<running no>`.
        source: what the file was called when it was dropped.
        path: relative to the vault root.
        doc_date: the date of the paper, if it carries one.
        received: when it came in; an aware instant.
        received_on: the trusted civil day of that instant.
        outcome: as at receipt.
        open: codes of what a person must still decide.
        joined_to: the document whose further file this is; None for a document of its own.
        position: its place among the files of that document, which itself is number 1.
    """

    id: DocumentId
    archive_no: str
    receipt: ReceiptId
    source: str
    digest: Digest
    size: int
    media_type: str
    pages: int
    category: str
    category_confidence: float
    customer: CustomerId
    customer_name: str
    proposed: CustomerId | None
    title: str
    doc_date: date | None
    path: str
    received: datetime
    received_on: date
    outcome: Outcome
    open: tuple[Because, ...]
    joined_to: DocumentId | None = None
    position: int = 1
