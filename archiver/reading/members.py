"""The parent's side of unpacking: what a parser tells of the inside of a file, put on disk."""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archiver.core.errors import DocumentError
from archiver.core.model import Because
from archiver.reading.answers import Begun, End, Piece, Spoiled
from archiver.reading.limits import MIB, ReadingLimits


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was inside another one.

    Attributes:
        name: as it stands there, with forward slashes. It comes from foreign bytes: never a path.
        path: where its bytes lie now; None when they cannot be had.
        trouble: why they cannot be had.
        pages: which pages of a batch scan it was, as `3` or `4-7`; empty for anything else.
    """

    name: str
    path: Path | None
    trouble: Because | None = None
    pages: str = ""


@dataclass(slots=True)
class Unpacking:
    """Files being written as they are told, each under its number, whatever it is called.

    The parser has its own bounds; they are asked again here, because it opens foreign bytes.

    Attributes:
        folder: where they are put.
        limits: most files, and most bytes of one and of all.
    """

    folder: Path
    limits: ReadingLimits
    members: list[Member] = field(default_factory=list)
    _open: BinaryIO | None = None
    _size: int = 0
    _total: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take away what was written when it does not end well.

        Half an archive would look like a whole one.
        """
        self.close()
        for member in self.members if error else ():
            if member.path:
                member.path.unlink(missing_ok=True)

    def take(self, message: Begun | Piece | Spoiled | End) -> None:
        """One more message.

        Raises:
            DocumentError: the file holds more than one may, or its telling makes no sense.
            OSError: the disk refused.
        """
        match message:
            case Begun(number, name):
                self._begin(number, name)
            case Piece(content):
                self._write(content)
            case Spoiled(trouble):
                self._spoil(trouble)
            case End(trouble):
                self.close()
                if trouble:
                    raise DocumentError(trouble)

    def _begin(self, number: int, name: str) -> None:
        self.close()
        if number != len(self.members) + 1 or number > self.limits.max_parts:
            raise DocumentError(Because.of("parser_crashed"))
        path = self.folder / f"{number:04d}"
        self.members.append(Member(name.replace("\\", "/"), path))
        self._open = path.open("wb")
        self._size = 0

    def _write(self, content: bytes) -> None:
        if self._open is None:
            raise DocumentError(Because.of("parser_crashed"))
        self._size += len(content)
        self._total += len(content)
        if self._size > self.limits.max_member or self._total > self.limits.max_unpacked:
            why = f"> {min(self.limits.max_member, self.limits.max_unpacked) // MIB} MiB"
            raise DocumentError(Because.of("too_large", why=why))
        self._open.write(content)

    def _spoil(self, trouble: Because) -> None:
        self.close()
        if not self.members:
            raise DocumentError(Because.of("parser_crashed"))
        spoiled = self.members.pop()
        self.members.append(Member(spoiled.name, None, trouble))
        if spoiled.path:
            spoiled.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file that is being written."""
        if self._open:
            self._open.close()
            self._open = None
