"""Files embedded in a PDF that are papers of their own: of portfolios, mails kept as PDF, forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from archiver.reading.page import CHUNK, Part, Trouble

_OF_THE_PAPER = {"/Alternative", "/Data", "/Source", "/Supplement", "/Schema"}
"""Relationships that make a file part of the paper (ISO 32000-2, 7.11.3): invoices as XML."""
_FOR_MACHINES = {".xml", ".json", ".p7s"}
_MOST_NODES = 10_000
"""Of the tree of names, and pages whose notes are looked through; a hostile tree has loops."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """One embedded file: its name and the stream it lies in."""

    name: str
    stream: StreamObject


@contextmanager
def parts(path: Path, password: str | None = None) -> Iterator[list[Part]]:
    """The files embedded in a PDF, to be had inside the block.

    Raises:
        Trouble: `encrypted`, `wrong_password`, `damaged`.
    """
    with path.open("rb") as stream:
        try:
            reader = PdfReader(stream)
            unlock(reader, password)
            found = papers(reader)
        except PyPdfError as error:
            raise Trouble("damaged", why="not a whole PDF") from error
        yield [Part(one.name, partial(_chunks, one.stream)) for one in found]


def unlock(reader: PdfReader, password: str | None) -> bool:
    """Open what is locked; False for what needs no password to be read.

    Raises:
        Trouble: `encrypted`; `wrong_password`.
    """
    if not reader.is_encrypted or reader.decrypt(""):
        return False
    if password is None:
        raise Trouble("encrypted")
    if not reader.decrypt(password):
        raise Trouble("wrong_password")
    return True


def papers(reader: PdfReader) -> list[Embedded]:
    """The embedded files that are papers of their own, each once."""
    found: dict[int, Embedded] = {}
    for specification in _specifications(reader):
        one = _paper(specification)
        if one:
            found.setdefault(id(one.stream), one)
    return list(found.values())


def _chunks(stream: StreamObject) -> Iterator[bytes]:
    try:
        content = stream.get_data()
    except PyPdfError as error:
        raise Trouble("damaged", why="its content cannot be decoded") from error
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


def _paper(specification: DictionaryObject) -> Embedded | None:
    """The file of a file specification (ISO 32000-1, 7.11.3), unless it belongs to the paper."""
    files = _dictionary(specification.get("/EF"))
    stream = files.get("/UF", files.get("/F"))
    stream = stream.get_object() if stream else None
    name = str(specification.get("/UF", specification.get("/F", "")))
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if specification.get("/AFRelationship") in _OF_THE_PAPER or suffix in _FOR_MACHINES:
        return None
    return Embedded(name or "attachment", stream) if isinstance(stream, StreamObject) else None


def _specifications(reader: PdfReader) -> Iterator[DictionaryObject]:
    """File specifications: those in the tree of names, then those of notes on the pages."""
    names = _dictionary(reader.root_object.get("/Names"))
    yield from _in_tree(names.get("/EmbeddedFiles"))
    for page, _ in zip(reader.pages, range(_MOST_NODES), strict=False):
        for note in _array(page.get("/Annots")):
            mark = _dictionary(note)
            if mark.get("/Subtype") == "/FileAttachment":
                yield _dictionary(mark.get("/FS"))


def _in_tree(root: PdfObject | None) -> Iterator[DictionaryObject]:
    """The values of a name tree (ISO 32000-1, 7.9.6) in its order."""
    stack = [root]
    seen = set[int]()
    while stack and len(seen) < _MOST_NODES:
        node = _dictionary(stack.pop())
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield from map(_dictionary, _array(node.get("/Names"))[1::2])
        stack += reversed(_array(node.get("/Kids")))


def _dictionary(found: object) -> DictionaryObject:
    """A dictionary, or an empty one for whatever else stands there."""
    found = found.get_object() if isinstance(found, IndirectObject) else found
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(found: object) -> ArrayObject:
    found = found.get_object() if isinstance(found, IndirectObject) else found
    return found if isinstance(found, ArrayObject) else ArrayObject()
