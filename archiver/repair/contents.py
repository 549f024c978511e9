"""What belongs into a backup: the catalogue as of one moment, and every file that it knows.

Intake goes on meanwhile. Derived files are copied together with the catalogue while nothing is
published, so that they agree with it; papers follow, each proved by its recorded digest. What
waits in the inbox is not part: it has not been taken in.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue import decisions, documents, ledger, receipts
from archiver.catalogue.ledger import Head
from archiver.core.errors import DamageFound
from archiver.core.model import Digest, Document, DocumentId
from archiver.disk.guard import files_below, only_one, shape_of
from archiver.disk.place import DRAFT
from archiver.repair.bag import Bag
from archiver.repair.fault import Fault
from archiver.vault.layout import DERIVED, STATE
from archiver.vault.vault import Vault

Progress = Callable[[], None]


@dataclass(frozen=True, slots=True)
class View:
    """What the copied catalogue knows.

    Attributes:
        aside: path of a quarantined file → its digest and size.
        moving: document → the path it was leaving.
    """

    head: Head
    papers: tuple[Document, ...]
    aside: Mapping[str, tuple[Digest, int]]
    moving: Mapping[DocumentId, str]


class Contents:
    """Fills a bag with all that belongs into a backup."""

    def __init__(self, vault: Vault, bag: Bag, progress: Progress) -> None:
        self._vault = vault
        self._bag = bag
        self._progress = progress
        self._recorded: set[str] = set()

    def gather(self) -> tuple[View, tuple[Fault, ...]]:
        """Take everything; gives what the copied catalogue knows, and what is not as recorded."""
        with only_one(self._vault.layout.publishing, "publish", wait=True):
            view = self._look()
            faults = list(self._as_found(self._derived(view)))
        for document in view.papers:
            faults.extend(self._paper(view, document))
            self._progress()
        faults.extend(self._quarantine(view))
        faults.extend(self._as_found(self._others()))
        return view, tuple(faults)

    def _look(self) -> View:
        """Copy the catalogue, and look at it through the very transaction that was copied."""
        state = self._bag.place_for(f"{STATE}/catalogue").parent
        catalogue = self._vault.catalogue
        with catalogue.read() as tx:
            made = catalogue.snapshot(tx, state)
            aside = receipts.aside(tx)
            view = View(
                head=ledger.head(tx),
                papers=tuple(documents.all_documents(tx)),
                aside={one.path: (one.digest, one.size) for one in aside if one.digest},
                moving={one.document: one.old_path for one in decisions.moves(tx)},
            )
        self._recorded = {one.path for one in view.papers} | view.aside.keys()
        self._bag.put_made(f"{STATE}/{made.name}", made)
        return view

    def _derived(self, view: View) -> Iterator[Path]:
        """Records, manifests and the exported ledger, which follow the catalogue."""
        root = self._vault.layout.root
        folders = {(root / paper.path).parent for paper in view.papers}
        for folder in sorted(folders | {one.parent for one in folders}):
            yield from (folder / name for name in sorted(DERIVED))
        yield from _files(self._vault.layout.ledger)

    def _others(self) -> Iterator[Path]:
        """What people write or read: rules, declarations, reports, settings."""
        layout = self._vault.layout
        for folder in (layout.rules, layout.index, layout.root / "reports"):
            yield from _files(folder)
        yield layout.settings

    def _as_found(self, paths: Iterator[Path]) -> Iterator[Fault]:
        """Take files whose digests nobody recorded; one that went meanwhile is no fault."""
        for path in paths:
            relative = self._vault.layout.relative(path)
            if relative in self._recorded or relative in self._bag.files:
                continue
            try:
                if shape_of(path):
                    self._bag.put_as_found(relative, path)
            except FileNotFoundError:
                continue
            except DamageFound as error:
                yield Fault("unreadable", None, relative, error.sentence())

    def _quarantine(self, view: View) -> Iterator[Fault]:
        """Files put aside, proved by their receipts, and the notes beside them.

        One that is not there is no fault: it was released.
        """
        for path, (digest, size) in view.aside.items():
            fault = self._try(path, None, digest, size)
            if fault and fault.kind != "missing":
                yield fault
        yield from self._as_found(_files(self._vault.layout.quarantine))

    def _paper(self, view: View, document: Document) -> Iterator[Fault]:
        """Take one paper, from wherever its bytes are; a fault when they are not where they belong.

        A paper that was moved, or folded into another, since the catalogue was copied is no fault.
        """
        fault = self._try(document.path, document.id, document.digest, document.size)
        if fault is None:
            return
        moved, places = self._now(view, document)
        found = any(self._take(document, place) for place in places)
        found = found or self._bag.put_from_earlier(document.path, document.digest, document.size)
        if not (found and moved):
            yield fault

    def _now(self, view: View, document: Document) -> tuple[bool, list[str]]:
        """Whether a paper went elsewhere since the copied view, and where its bytes may be now."""
        with self._vault.catalogue.read() as tx:
            alike = documents.with_digest(tx, document.digest)
        here = {one.id: one.path for one in alike}
        leaving = view.moving.get(document.id)
        moved = leaving is not None or here.get(document.id) != document.path
        return moved, [*([leaving] if leaving else []), *here.values(), document.path]

    def _take(self, document: Document, place: str) -> bool:
        """Try another place; its faults are not this paper's."""
        source = self._vault.layout.root / place
        with suppress(FileNotFoundError, DamageFound):
            return not self._bag.put(document.path, source, document.digest, document.size)
        return False

    def _try(self, path: str, document: str | None, digest: Digest, size: int) -> Fault | None:
        """Take a recorded file from its own place."""
        source = self._vault.layout.root / path
        shape = shape_of(source)
        try:
            if shape is None:
                return Fault("missing", document, path, f"sha256 {digest}")
            if shape.size != size:
                return Fault("altered", document, path, f"{shape.size} bytes, recorded {size}")
            found = self._bag.put(path, source, digest, size)
        except FileNotFoundError:
            return Fault("missing", document, path, f"sha256 {digest}")
        except DamageFound as error:
            return Fault("unreadable", document, path, error.sentence())
        if found is None:
            return None
        return Fault("altered", document, path, f"sha256 {found}, recorded {digest}")


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below `folder`, drafts excepted."""
    for path in sorted(files_below(folder)):
        if not path.name.startswith(DRAFT) and shape_of(path):
            yield path
