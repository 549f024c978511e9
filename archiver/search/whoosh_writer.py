"""Writing a batch: one new segment, which swallows small ones now and then."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from archiver.disk import door
from archiver.search.base import Entry
from archiver.search.whoosh_codec import PairsCodec
from archiver.search.whoosh_pool import Pool
from archiver.search.whoosh_postings import unpack
from archiver.search.whoosh_rows import COLUMNS, SCHEMA, Row, row_of
from archiver.search.whoosh_seal import seal, verify
from archiver.search.whoosh_shelf import Shelf

STEP = 3
"""So many segments of about one size become one, so a document is rewritten once a size."""
LARGEST = 600
"""Documents in a merged segment: a merge of so many takes 0.9 s of processor time, which an intake
bears, and a removed text costs no more. Larger segments would save a search little."""
_POLL = 0.05


class Files(FileStorage):  # type: ignore[misc] # Whoosh counts as untyped
    """The folder of an index; what gets its final name there has its bytes on stable storage.

    Files that an index begins with are verified before they are opened.
    """

    def open_file(self, name: str, *args: object, **kwargs: object) -> StructFile:
        """Open a file of a finished index."""
        if name.endswith((".toc", Segment.COMPOUND_EXT)):
            verify(Path(self.folder) / name)
        return super().open_file(name, *args, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """The table of contents is written under another name first."""
        seal(Path(self.folder) / oldname)
        _sync(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)


class BatchWriter(SegmentWriter):  # type: ignore[misc] # Whoosh counts as untyped
    """Whoosh's writer with our postings and merges, and with the disk made sure of.

    Args:
        index: the open index.
        patience: seconds to wait for another writer.

    Raises:
        whoosh.index.LockError: another process went on writing.
    """

    def __init__(self, index: FileIndex, patience: float) -> None:
        super().__init__(index, timeout=patience, delay=_POLL, codec=PairsCodec())
        self.pool = Pool()
        self._unclean: set[str] = set()
        self._changed = False

    def write(
        self, entries: Iterable[Entry], removed: Iterable[str], unclean: Iterable[str]
    ) -> set[str]:
        """Do the whole batch, commit included.

        Args:
            entries: what is new or has changed.
            removed: ids of the documents that shall be found no more.
            unclean: segments that still hold the text of documents removed before.

        Returns:
            Those that do so after this commit: each commit rewrites only as much as an intake can
            wait for.
        """
        gone = set(removed)
        new = {entry.document: entry for entry in entries if entry.document not in gone}
        self._unclean = {one.segment_id() for one in self.segments}.intersection(unclean)
        self._unclean.update(self._deleted(gone))
        self._deleted(new.keys())
        for entry in new.values():
            self._put(row_of(entry))
        if new or self._changed or self._unclean:
            self.commit(mergetype=BatchWriter.merged)
        else:
            self.cancel()
        return self._unclean

    def _put(self, row: Row) -> None:
        """Add one document, past Whoosh's field types: our terms are counted already."""
        for field, terms in row.terms.items():
            self.pool.add(field, terms, self.docnum)
        self._columns(row.columns)
        self._added = True

    def _columns(self, values: Mapping[str, bytes]) -> None:
        """The columns of the next document."""
        self.perdocwriter.start_doc(self.docnum)
        for name in COLUMNS:
            self.perdocwriter.add_column_value(name, SCHEMA[name].column_type, values[name])
        self.perdocwriter.finish_doc()
        self.docnum += 1

    def _deleted(self, documents: Iterable[str]) -> list[str]:
        """Mark documents deleted; gives the ids of the segments that hold any version of them."""
        ids = sorted(documents)
        holders = []
        for segment in self.segments:
            with closing(Shelf(self.storage, segment)) as shelf:
                lists = [shelf.postings.find("id", one) for one in ids]
            numbers = {number for packed in lists if packed for number in unpack(packed)[0]}
            for number in numbers - shelf.deleted:
                segment.delete_document(number)
                self._changed = True
            if numbers:
                holders.append(segment.segment_id())
        return holders

    def merged(self, segments: list[Segment]) -> list[Segment]:
        """Merge what should be merged into the new segment; gives what stays."""
        going, staying = self._parted(segments)
        self._unclean.difference_update(one.segment_id() for one in going)
        for segment in going:
            if segment.doc_count():
                with closing(Shelf(self.storage, segment)) as shelf:
                    self._take_over(shelf)
        return staying

    def _parted(self, segments: list[Segment]) -> tuple[list[Segment], list[Segment]]:
        """Segments to merge, and others.

        Those that hold a removed text, or mostly deleted documents, go while there is room. Beyond
        that, when the new segment would be one of `STEP` that are no larger than its size class.
        """
        going: list[Segment] = []
        total = self.doc_count()
        for one in filter(self._must_go, segments):
            if not total or total + one.doc_count() <= LARGEST:
                going.append(one)
                total += one.doc_count()
        staying = [one for one in segments if one not in going]
        while total:
            peers = [one for one in staying if _size_class(one.doc_count()) <= _size_class(total)]
            together = total + sum(one.doc_count() for one in peers)
            if len(peers) + 1 < STEP or together > LARGEST:
                break
            going += peers
            staying = [one for one in staying if one not in peers]
            total = together
        return going, staying

    def _must_go(self, segment: Segment) -> bool:
        mostly_deleted = 2 * segment.deleted_count() > segment.doc_count_all()
        return mostly_deleted or segment.segment_id() in self._unclean

    def _take_over(self, shelf: Shelf) -> None:
        """Copy what lives in a segment: columns as they are, postings by whole lists."""
        new: list[int | None] = [None] * shelf.size
        for old in shelf.living():
            new[old] = self.docnum
            self._columns({name: shelf.column(name, old) for name in COLUMNS})
        for field in shelf.postings.fields():
            self.pool.take_over(field, shelf.postings.terms(field), new)
        self._added = True

    def _commit_toc(self, segments: list[Segment]) -> None:
        """Whoosh syncs nothing: the segment must be on the disk before the contents name it."""
        folder = Path(self.storage.folder)
        for segment in segments:
            if segment == self.newsegment:
                path = folder / segment.make_filename(segment.COMPOUND_EXT)
                seal(path)
                _sync(path)
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        door.sync_folder(folder)
        clean_files(self.storage, self.indexname, self.generation, segments)


def _size_class(documents: int) -> int:
    """0 below `STEP` documents, 1 below its square, and so on."""
    size = 0
    while documents >= STEP:
        documents //= STEP
        size += 1
    return size


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        door.sync_file(file.fileno())
