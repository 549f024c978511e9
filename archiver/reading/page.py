"""What a parser tells of a file: its facts, then its pages one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archiver.core.model import Box
from archiver.reading.frames import Header

ToldLine = tuple[str, Box | None]

TROUBLES = {
    "damaged": {"why"},
    "encrypted": set[str](),
    "nothing_inside": set[str](),
    "out_of_memory": set[str](),
    "too_large": {"why"},
    "too_many_pages": {"pages", "most"},
    "too_many_parts": {"parts", "most"},
    "unreadable": {"why"},
    "wrong_password": set[str](),
}
"""Codes of what a parser may say against a file, with the facts of each."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a parser.

    Attributes:
        page: its number from 1; 0 for facts about the whole file.
        source: `layer`, `plain` or `none` for a page that has been read; `ocr` for one to be read.
        lines: text with its boxes; for a page to be read what is known already.
        size: width and height of the pixels.
        pixels: RGB, 8 bits, row by row, for a page to be read.
        facts: properties of the file.
    """

    page: int
    source: str = ""
    lines: tuple[ToldLine, ...] = ()
    size: tuple[int, int] = (0, 0)
    pixels: bytes = b""
    facts: dict[str, str] = field(default_factory=dict)

    def header(self) -> Header:
        """The message without its pixels."""
        return {
            "page": self.page,
            "source": self.source,
            "lines": self.lines,
            "size": self.size,
            "facts": self.facts,
        }


class Trouble(Exception):
    """Why a file cannot be read: one of `TROUBLES` with its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {name: str(value) for name, value in facts.items()}

    def header(self) -> Header:
        """The last message about a file."""
        return {"last": True, "trouble": self.code, "facts": self.facts}


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside another one.

    Attributes:
        name: as it stands there, decoded.
        chunks: gives its bytes piece by piece, at most `CHUNK` each; raises `Trouble` or whatever
            its library raises when they cannot be had.
    """

    name: str
    chunks: Callable[[], Iterator[bytes]]


LOCKED = "encrypted"
"""The fact of a file that is locked: `password` opens it, or only its `owner` may change it."""
CHUNK = 4 << 20
"""Bytes of a file inside another one that are told at a time."""
