"""What a periodic report says, frozen: gathered once, kept as `values.json`, rendered from alone.

Codes stay codes and reasons stay reasons here; sentences and labels are put in their place when
the values are rendered, so the same values give the same bytes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from archiver.core.model import Because
from archiver.core.proof import canonical
from archiver.report.balance import Balance
from archiver.report.recorded import Request, RuleChange
from archiver.report.register import Disposals


@dataclass(frozen=True, slots=True)
class Previous:
    """The report made before this one, and the ledger head that it printed."""

    period: str
    made_on: date
    seq: int
    leaf: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the report is about and as of when.

    Attributes:
        unit: the company itself (a party of kind `own`); None where nobody has entered it.
        store: the folder of the vault.
        first: first day of the period.
        last: its last day, or the trusted day while the period still runs.
        whole: the period is over; what is held is nevertheless as of `made_at`.
        made_at: the instant of the as-of point, in the archive's zone.
        as_of: the trusted day of that instant: everything is worked out for it.
        rules: content hash of the retention rules in force.
        seq: number of the last ledger entry the report knows.
        leaf: its leaf in hex: the head of the ledger.
        deep: every file was read.
    """

    unit: str | None
    unit_id: str | None
    store: str
    period: str
    first: date
    last: date
    whole: bool
    made_at: datetime
    as_of: date
    zone: str
    version: str
    lang: str
    rules: str
    seq: int
    leaf: str
    deep: bool
    previous: Previous | None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whose papers are kept."""

    id: str
    name: str
    kind: str
    standing: str


@dataclass(frozen=True, slots=True)
class CategoryName:
    """What a category is called."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and what retention says of it on the as-of day.

    Attributes:
        day: the trusted civil day it came in.
        open: what a person must still decide.
        block: why nothing may be disposed of today.
        overlays: what lies over its state: `held`, `pending_shortening`, `incident`, `restricted`.
        because: why it is kept as long as it is.
    """

    id: str
    archive_no: str
    title: str
    customer: str
    category: str
    size: int
    doc_date: date | None
    day: date
    state: str
    exception: str | None
    rules: tuple[str, ...]
    retain_through: date | None
    due_date: date | None
    block: str | None
    overlays: tuple[str, ...]
    open: tuple[Because, ...]
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that is not released.

    Attributes:
        scope: `document`, `customer`, `case` or `query`; `target` is an id, a number or the query.
        papers: how many it covers.
        late: the day on which somebody should have looked at it again is over.
    """

    id: str
    scope: str
    target: str
    papers: int
    reason: str
    authority: str
    reference: str | None
    placed_on: date
    review_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class PutAside:
    """A drop that could not be taken in; `there` says whether its file still lies in quarantine."""

    receipt: str
    source: str
    day: date
    size: int
    sha256: str | None
    path: str
    there: bool
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that the check found not as recorded."""

    kind: str
    document: str | None
    path: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was looked at when the report was made.

    Attributes:
        papers: documents compared with the store.
        entries: ledger entries whose chain was followed.
        oldest: the longest ago that a paper was last read and found sound; None without papers.
        overdue: papers last found sound longer ago than `interval` days.
        incidents: damage found then or before that two people have not closed.
    """

    papers: int
    entries: int
    oldest: date | None
    overdue: int
    interval: int
    faults: tuple[Damage, ...]
    incidents: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """The drops of one day by their outcome at receipt."""

    day: date
    filed: int
    review: int
    duplicate: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Account:
    """The drops of the period: received = filed + review + duplicate + quarantined + waiting.

    Attributes:
        receipts: how many drops the ledger names in the period.
        waiting: what lies in the inbox at the as-of point; 0 for a period that is over.
        days: the days of the period on which something came.
    """

    receipts: int
    waiting: int
    days: tuple[Received, ...]

    @property
    def received(self) -> int:
        """What came in, whatever became of it."""
        return self.receipts + self.waiting

    def total(self, outcome: str) -> int:
        """How many had that outcome."""
        return sum(getattr(day, outcome) for day in self.days)

    @property
    def difference(self) -> int:
        """What receipts and outcomes disagree by: must be 0."""
        outcomes = ("filed", "review", "duplicate", "quarantined")
        return self.receipts - sum(map(self.total, outcomes))


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A batch of disposal that is not over, and the last day on which it can go on.

    Attributes:
        state: `appraised`, `approved`, or `destroying` while nobody has verified its absence.
        records: how many are still in it.
        since: the day of the step it stands at.
        until: the last day an approval counts; None without one.
    """

    batch: str
    state: str
    records: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Disposal:
    """The disposal of due papers.

    Attributes:
        done: what was destroyed and withheld in the period.
        open: the batches that are not over, as of now.
        shortenings: acts proposed that would shorten a keeping and wait for a second person.
    """

    done: Disposals
    open: tuple[OnTheWay, ...]
    shortenings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A retention rule, as declared."""

    id: str
    zh: str
    en: str
    file: str
    categories: tuple[str, ...]
    kinds: tuple[str, ...]
    flags: tuple[str, ...]
    events: tuple[str, ...]
    scope: str | None
    pick: str | None
    period: str | None
    start: str | None
    basis: str
    law: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person must do, and whose it is to do.

    Attributes:
        level: `now`, `soon` or `note`.
        section: the part of the report that it follows from.
        owner: `archivist`, `clerk` or `administrator`.
        because: a code with its facts, as for every reason.
    """

    level: str
    section: str
    owner: str
    because: Because


@dataclass(frozen=True, slots=True)
class Values:
    """The whole report."""

    cover: Cover
    parties: tuple[Party, ...]
    categories: tuple[CategoryName, ...]
    papers: tuple[Paper, ...]
    quarantine: tuple[PutAside, ...]
    inspection: Inspection
    account: Account
    balance: Balance
    rules: tuple[RuleInForce, ...]
    disposal: Disposal
    findings: tuple[Finding, ...]
    holds: tuple[Held, ...] = ()
    changes: tuple[RuleChange, ...] = ()
    requests: tuple[Request, ...] = ()


_ADAPTER = TypeAdapter(Values)


def values_text(values: Values) -> str:
    """The values as one line of canonical JSON."""
    return canonical(_ADAPTER.dump_python(values, mode="json")) + "\n"


def read_values(text: str) -> Values:
    """What `values_text` wrote."""
    return _ADAPTER.validate_json(text)
