"""Tells Whoosh how our segments keep their postings; all else of a segment is Whoosh's own.

Whoosh's searchers cannot read these postings. `whoosh_find` does, by whole lists.
"""

from collections.abc import Iterable

from whoosh.analysis import IDAnalyzer
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Existence

from archiver.search.whoosh_pool import FieldTerms
from archiver.search.whoosh_postings import PostingsReader, PostingsWriter

_EXTENSION = ".pairs"


class Counted(FieldType):  # type: ignore[misc] # Whoosh counts as untyped
    """A field of terms with their counts. They reach the index through a `Pool`."""

    def __init__(self) -> None:
        super().__init__(Existence(), IDAnalyzer())


class PairsCodec(W3Codec):  # type: ignore[misc] # Whoosh counts as untyped
    """Whoosh's codec with our postings."""

    length_stats = False

    def field_writer(self, storage: Storage, segment: Segment) -> "PairsWriter":
        """Where a new segment's postings go."""
        return PairsWriter(segment.create_file(storage, _EXTENSION))

    def terms_reader(self, storage: Storage, segment: Segment) -> "PairsTerms":
        """The postings of a segment."""
        name = segment.make_filename(_EXTENSION)
        return PairsTerms(storage.open_file(name), storage.file_length(name))


class PairsWriter:
    """Writes what a `Pool` has gathered."""

    def __init__(self, file: StructFile) -> None:
        self._file = file
        self.is_closed = False

    def add_postings(self, schema: object, lengths: object, fields: Iterable[FieldTerms]) -> None:
        """Everything at once; Whoosh passes what the pool's `iter_postings` gives."""
        writer = PostingsWriter(self._file.write)
        for field, terms in fields:
            writer.add_field(field, terms)
        writer.finish()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self.is_closed = True


class PairsTerms:
    """The postings of an open segment.

    Attributes:
        postings: reads them.
    """

    def __init__(self, file: StructFile, size: int) -> None:
        self._file = file
        self.postings = PostingsReader(file.get, size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
