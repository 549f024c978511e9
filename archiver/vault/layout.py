"""Where things lie in a vault."""

from dataclasses import dataclass
from pathlib import Path

from archiver.core.errors import N_, UsageError

STATE = ".archiver"
INBOX = "inbox"
CUSTOMERS = "customers"
QUARANTINE = "quarantine"
RECORDS = "records.jsonl"
"""In a customer's folder: what each paper is, for people without this program."""
MANIFEST = "manifest-sha256.txt"
"""In a folder of papers: their digests, as `sha256sum -c` reads them."""
DERIVED = frozenset({MANIFEST, RECORDS})
"""What lies among the papers and follows the catalogue."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders and files of the vault at `root` (absolute)."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Staff drop here."""
        return self.root / INBOX

    @property
    def customers(self) -> Path:
        """One folder a customer; one file a document."""
        return self.root / CUSTOMERS

    @property
    def quarantine(self) -> Path:
        """What could not be taken in, each with its reason."""
        return self.root / QUARANTINE

    @property
    def ledger(self) -> Path:
        """The exported ledger."""
        return self.root / "ledger"

    @property
    def reports(self) -> Path:
        """The periodic reports, one folder a month."""
        return self.root / "reports"

    @property
    def exported(self) -> Path:
        """The ledger for people without this program; it follows the catalogue's."""
        return self.ledger / "current.jsonl"

    @property
    def exports(self) -> Path:
        """Copies for others."""
        return self.root / "exports"

    @property
    def rules(self) -> Path:
        """What must be kept: this vault's own copy."""
        return self.root / "rules"

    @property
    def index(self) -> Path:
        """What must be findable: this vault's own copy."""
        return self.root / "index"

    @property
    def saved(self) -> Path:
        """Searches that people gave a name."""
        return self.index / "saved.toml"

    @property
    def state(self) -> Path:
        """Settings, catalogue, search index; staff never look in here."""
        return self.root / STATE

    @property
    def settings(self) -> Path:
        """`vault.toml`."""
        return self.state / "vault.toml"

    @property
    def scratch(self) -> Path:
        """What was taken out of mails and archives, until it is filed."""
        return self.state / "scratch"

    @property
    def presence(self) -> Path:
        """The lock by which intakes see one another."""
        return self.state / "intake.lock"

    @property
    def owners(self) -> Path:
        """One lock file for each process that owns claims."""
        return self.state / "owners"

    @property
    def publishing(self) -> Path:
        """The lock of the one writer of index and derived files."""
        return self.state / "publish.lock"

    @property
    def reindexing(self) -> Path:
        """The lock of the one who makes the index anew."""
        return self.state / "reindex.lock"

    @property
    def settling(self) -> Path:
        """The lock of the one who settles files of the quarantine."""
        return self.state / "quarantine.lock"

    @property
    def repairing(self) -> Path:
        """The lock of the one who repairs."""
        return self.state / "repair.lock"

    @property
    def saving(self) -> Path:
        """The lock of the one who changes the saved searches."""
        return self.state / "saved.lock"

    @property
    def reporting(self) -> Path:
        """The lock of the one who makes a report."""
        return self.state / "report.lock"

    def folders(self) -> tuple[Path, ...]:
        """Every folder a vault must have."""
        others = (self.reports, self.exports, self.state)
        return (self.inbox, self.customers, self.quarantine, self.ledger, *others)

    def has_history(self) -> bool:
        """Whether anything was ever done here, as far as the disk tells without the catalogue."""
        if self.exported.is_file() and self.exported.stat().st_size:
            return True
        return any(
            next(folder.rglob("*"), None) is not None
            for folder in (self.customers, self.quarantine)
        )

    def relative(self, path: Path) -> str:
        """`path` relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `.archiver/`.

    Raises:
        UsageError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / STATE).is_dir():
            return folder
    raise UsageError(
        N_("no vault at or above {folder}"),
        hint=N_("name one with --vault DIR or ARCHIVER_VAULT, or make one: archiver init DIR"),
        folder=start,
    )
