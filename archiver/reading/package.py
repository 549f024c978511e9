"""Papers made of many parts in a ZIP: office files (ECMA-376, part 2) and OFD."""

import posixpath
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TypeAlias
from zipfile import ZipFile, ZipInfo

from lxml import etree

from archiver.reading.page import Trouble

MAX_PART = 64 << 20
"""Bytes of one part: a tree of XML takes up to ten times as much memory."""
_MAX_STREAMED = 256 << 20
"""Bytes of a part that is not held whole: a million cells take 40 MB."""
_MAX_ALL = 512 << 20
"""Bytes of everything that is read out of one file, the same part several times included."""

Element: TypeAlias = etree._Element


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: an id, the last word of its type, the name of the other part."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one file. What comes out is counted, whatever sizes the file declares.

    Raises:
        BadZipFile: it is none.
        Trouble: `encrypted`.
    """

    def __init__(self, path: Path) -> None:
        with ExitStack() as opened:
            # Our own stream: a part left half-read would keep one of the archive's open.
            stream = opened.enter_context(path.open("rb"))
            self._archive = opened.enter_context(ZipFile(stream))
            self._opened = opened.pop_all()
        self._entries = {
            name(entry.filename): entry for entry in reversed(self._archive.infolist())
        }
        self._left = _MAX_ALL

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def __contains__(self, part: str) -> bool:
        return name(part) in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            Trouble: `damaged` when it is missing, `too_large`, `encrypted`.
        """
        with self._open(part) as stream:
            content = stream.read(min(MAX_PART, self._left) + 1)
        self._count(len(content), MAX_PART)
        return content

    def xml(self, part: str) -> Element:
        """The root of a part that is XML.

        Raises:
            Trouble: as `read`; `damaged` for one that defines entities.
            XMLSyntaxError: it is no XML.
        """
        root: Element = etree.fromstring(self.read(part), etree.XMLParser(**_SAFE))
        if root is None or root.getroottree().docinfo.doctype:
            # Neither standard allows a document type; all it could bring is a bomb.
            raise Trouble("damaged", why="a document type in its XML")
        return root

    def each(self, part: str, *tags: str) -> Iterator[Element]:
        """The elements of those tags, as each ends; what has been given is forgotten.

        Raises:
            Trouble: as `read`.
            XMLSyntaxError: it is no XML.
        """
        with self._open(part) as stream:
            counted = _Counted(self, stream)
            for _, element in etree.iterparse(counted, tag=tags, **_SAFE):
                yield element
                _forget(element)

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to inside this file, in the order it is declared."""
        folder, last = posixpath.split(name(part))
        declared = posixpath.join(folder, "_rels", f"{last}.rels")
        if declared not in self:
            return []
        return [
            Relation(
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                name(one.get("Target", ""), folder),
            )
            for one in self.xml(declared).iter("{*}Relationship")
            if one.get("TargetMode") != "External"
        ]

    def related(self, part: str, *kinds: str) -> list[str]:
        """Names of the parts of those kinds that a part refers to and that are there."""
        found = (one.target for one in self.relations(part) if one.kind in kinds)
        return [target for target in dict.fromkeys(found) if target in self]

    def _open(self, part: str) -> IO[bytes]:
        entry: ZipInfo | None = self._entries.get(name(part))
        if entry is None:
            raise Trouble("damaged", why=f"no part {part[:100]}")
        if entry.flag_bits & 1:
            raise Trouble("encrypted")
        return self._archive.open(entry)

    def _count(self, size: int, most: int) -> None:
        self._left -= size
        if size > most or self._left < 0:
            raise Trouble("too_large", why=f"> {min(most, _MAX_ALL) >> 20} MiB of text")


def main_part(package: Package, usual: str) -> str:
    """The part that an office file begins with (ECMA-376, part 2, 9.3)."""
    return next(iter(package.related("", "officeDocument")), usual)


def core_facts(package: Package) -> dict[str, str]:
    """Title and date of making (ECMA-376, part 2, 11)."""
    facts = {}
    for part in package.related("", "core-properties"):
        root = package.xml(part)
        for tag, fact in (("title", "title"), ("created", "created")):
            text = root.findtext(f"{{*}}{tag}")
            if text and text.strip():
                facts[fact] = text.strip()[:200]
    return facts


class _Counted:
    """A stream that stops what has no end."""

    def __init__(self, package: Package, stream: IO[bytes]) -> None:
        self._package, self._stream = package, stream
        self._left = _MAX_STREAMED

    def read(self, size: int) -> bytes:
        """The next bytes."""
        content = self._stream.read(size)
        self._left -= len(content)
        self._package._count(len(content), len(content) + self._left)
        return content


_SAFE: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def name(part: str, folder: str = "") -> str:
    """The name of a part as they are compared: from the top, with forward slashes, small letters.

    Args:
        part: as written; one that begins with a slash starts at the top.
        folder: where it is written.
    """
    joined = posixpath.join("/", folder, part.replace("\\", "/"))
    return posixpath.normpath(joined).lstrip("/").lower()


def local(element: Element) -> str:
    """The name of an element without its namespace; of what is no element, nothing."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: Element) -> None:
    """Free what has been read: a sheet of a million rows is never held whole."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
