"""One segment of the index, open for reading."""

import errno
import json
import zlib
from collections.abc import Iterator
from contextlib import ExitStack

from whoosh.codec.base import Segment
from whoosh.columns import ColumnReader
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.reading import CorruptIndexError

from archiver.search.whoosh_codec import PairsCodec
from archiver.search.whoosh_postings import PostingsReader
from archiver.search.whoosh_rows import COLUMNS, FACTS, SCHEMA, Card, Facts, sum_of


class View(BufferFile):  # type: ignore[misc] # Whoosh counts as untyped
    """A part of a mapped file. Whoosh's own copies all of it when it is opened."""

    def __init__(self, buffer: memoryview, name: str) -> None:
        self._buf: memoryview | None = buffer
        self._name = name
        self.file = self.onclose = None
        self.is_real = self.is_closed = False


class Parts(CompoundStorage):  # type: ignore[misc] # Whoosh counts as untyped
    """The files within the file of a segment, none of them read before it is asked."""

    def open_file(self, name: str, *args: object, **kwargs: object) -> StructFile:
        """A view where the file is mapped."""
        if self.is_closed or not self._source:
            return super().open_file(name, *args, **kwargs)
        start, length = self.range(name)
        return View(memoryview(self._source)[start : start + length], name)


def _parts_of(file: StructFile) -> CompoundStorage:
    """The files within the file of a segment; a position that cannot be is no error of the disk."""
    try:
        return Parts(file)
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise CorruptIndexError(str(error)) from error
        raise


class Shelf:
    """A segment: its documents are numbered from 0, deleted ones included.

    Args:
        storage: the folder of the index.
        segment: as the table of contents names it.

    Attributes:
        size: how many numbers there are.
        deleted: the numbers that count no more.
        postings: who has which term, deleted documents included.
    """

    def __init__(self, storage: Storage, segment: Segment) -> None:
        codec = PairsCodec()
        with ExitStack() as opened:  # a torn file must not stay open
            file = storage.open_file(segment.make_filename(segment.COMPOUND_EXT))
            opened.callback(lambda: file.is_closed or file.close())
            self._files = _parts_of(file)
            opened.callback(self._files.close)
            self._terms = codec.terms_reader(self._files, segment)
            opened.callback(self._terms.close)
            self._documents = codec.per_document_reader(self._files, segment)
            opened.pop_all()
        self._columns: dict[str, ColumnReader] = {}
        self._segment = segment
        self.size: int = segment.doc_count_all()
        self.deleted = frozenset[int](segment.deleted_docs())
        self.postings: PostingsReader = self._terms.postings

    def living(self) -> Iterator[int]:
        """The numbers of documents that can be found."""
        return (number for number in range(self.size) if number not in self.deleted)

    def column(self, name: str, number: int) -> bytes:
        """What is kept of a document under `name`."""
        value: bytes = self._column(name)[number]
        return value

    def _column(self, name: str) -> ColumnReader:
        column = self._columns.get(name)
        if column is None:
            kind = SCHEMA[name].column_type
            column = self._columns[name] = self._documents.column_reader(name, kind)
        return column

    def stored(self, start: int, documents: list[int]) -> Iterator[tuple[int, bytes]]:
        """Title, text and whatever is beside, searchable, parted by NUL, of many documents.

        Args:
            start: their numbers count from it.
            documents: which.
        """
        if documents:
            column = self._column("parts")
            get, offsets, lengths = column._dbfile.get, column._offsets, column._lengths
            for document in documents:
                number = document - start
                yield document, get(offsets[number], lengths[number])

    def facts(self) -> Iterator[Facts]:
        """What orders hits, by number: the whole column at once."""
        file = self._files.open_file(PairsCodec.column_filename(self._segment, "facts"))
        whole = file.get(0, self.size * FACTS.size)
        file.close()
        return FACTS.iter_unpack(whole)

    def verify(self) -> None:
        """Read everything once.

        Raises:
            whoosh.reading.CorruptIndexError: something is not what was written.
        """
        self.postings.verify()
        for number in self.living():
            values = {name: self.column(name, number) for name in COLUMNS}
            if sum_of(values) != values["sum"]:
                raise CorruptIndexError("what is kept of a document is torn")

    def card(self, number: int) -> Card:
        """What a hit shows."""
        return Card(*json.loads(self.column("card", number)))

    def raw(self, number: int) -> str:
        """The text as it was read."""
        return zlib.decompress(self.column("raw", number)).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of the files."""
        self._columns.clear()
        self._terms.close()
        self._documents.close()
        self._files.close()
