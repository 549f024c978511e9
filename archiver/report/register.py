"""What the destruction register 销毁清册 says: derived from tombstones and batches, kept nowhere.

Values only: ids, codes, days and digests. No title and no name of a customer survives a paper, so
none stands here; the people who acted are named by their logins, because they sign for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One file that was destroyed.

    Attributes:
        further_of: the paper that it was a further file of; None for a paper of one file.
        received: the trusted day it came in.
        trigger: the kind of event that its period counted from, or the date of the paper.
        event: the id of that event.
        period: how long the deciding rule asks (`3y`); None where people alone set the last day.
        version: content hash of the rules in force on the day.
        opinion: what the appraisal found; its SHA-256 where only that is left.
        day: the trusted day of the destruction.
        method: the code of what was done.
        backups_until: when the last backup that holds it goes; None where the vault does not say.
        held_as: another record that held the same bytes and stayed.
        certificate: the batch.
        entry: number of its ledger entry.
        restored: a backup brought it back, and its removal was repeated then.
        late: ids of the events recorded for its customer when it was gone that would have kept it.
    """

    document: str
    archive_no: str
    further_of: str | None
    category: str
    customer: str
    doc_date: date | None
    received: date
    sha256: str
    size: int
    trigger: str | None
    event: str | None
    trigger_date: date | None
    period: str | None
    rules: tuple[str, ...]
    version: str | None
    retain_through: date | None
    due_date: date | None
    opinion: str | None
    appraised_by: str | None
    appraised_on: date | None
    approved_by: str | None
    approved_on: date | None
    destroyed_by: str | None
    witnesses: tuple[str, ...]
    day: date
    method: str | None
    backups_until: date | None
    held_as: str | None
    certificate: str | None
    entry: int
    restored: bool
    late: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record taken out of its batch (抽出另存) and still kept: `reason` is a code.

    Attributes:
        certificate: the last batch that it left; `day` is when it did.
    """

    certificate: str
    document: str
    archive_no: str
    category: str
    customer: str
    due_date: date | None
    rules: tuple[str, ...]
    reason: str
    day: date
    entry: int


@dataclass(frozen=True, slots=True)
class Late:
    """An event that would have kept a file for ever, recorded when it was destroyed already.

    Attributes:
        gone_on: the trusted day of its destruction; `recorded_on` that of the event's entry.
    """

    document: str
    archive_no: str
    customer: str
    gone_on: date
    certificate: str
    event: str
    type: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was destroyed together, under one number.

    Attributes:
        manifest: SHA-256 over what two people agreed to, in hex.
        verified: the trusted day on which nothing was found to be left; None before that.
        entry: the ledger entry that says so.
    """

    id: str
    papers: int
    files: int
    bytes: int
    manifest: str
    opinion: str | None
    appraised_by: str
    appraised_on: date
    approved_by: str | None
    approved_on: date | None
    destroyed_by: str | None
    day: date
    witnesses: tuple[str, ...]
    backups_until: date | None
    verified: date | None
    entry: int | None


@dataclass(frozen=True, slots=True)
class Going:
    """One file that two people agreed to destroy and that is still there; as in `Destroyed`."""

    document: str
    archive_no: str
    further_of: str | None
    category: str
    customer: str
    doc_date: date | None
    received: date
    sha256: str
    size: int
    trigger: str | None
    event: str | None
    trigger_date: date | None
    period: str | None
    rules: tuple[str, ...]
    retain_through: date | None
    due_date: date | None


@dataclass(frozen=True, slots=True)
class Approved:
    """A batch that may be destroyed and is not: what is signed before.

    Attributes:
        manifest: SHA-256 over what two people agreed to, in hex.
        first: the first day on which it may be carried out.
        until: the last; the approval has expired when it is over.
    """

    id: str
    files: tuple[Going, ...]
    manifest: str
    opinion: str | None
    appraised_by: str
    appraised_on: date
    approved_by: str | None
    approved_on: date
    first: date
    until: date

    @property
    def papers(self) -> int:
        """How many papers its files are."""
        return sum(one.further_of is None for one in self.files)

    @property
    def bytes(self) -> int:
        """What its files weigh together."""
        return sum(one.size for one in self.files)


@dataclass(frozen=True, slots=True)
class Disposals:
    """What left by destruction, and what was withheld from it, in some days.

    Attributes:
        late: what was recorded too late in these days, or for what went in them.
    """

    destroyed: tuple[Destroyed, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    late: tuple[Late, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a year, or of all years.

    Attributes:
        unit: the company itself; None where nobody has entered it.
        labels: category → what it is called in the chosen language.
        seq: number of the last ledger entry the register knows.
        leaf: the head of the ledger.
        approved: what is to be destroyed as of now; nothing in the register of a year that is over.
    """

    unit: str | None
    year: int | None
    as_of: date
    made_at: datetime
    zone: str
    version: str
    lang: str
    labels: Mapping[str, str]
    seq: int
    leaf: str
    disposals: Disposals
    approved: tuple[Approved, ...] = ()
