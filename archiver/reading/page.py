"""What a parser tells of a file: its facts, then its pages one by one."""

from dataclasses import dataclass, field

from archiver.core.model import Box
from archiver.reading.frames import Header

ToldLine = tuple[str, Box | None]


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a parser.

    Attributes:
        page: its number from 1; 0 for facts about the whole file.
        lines: text lines with their boxes, when the page has text of its own.
        source: `layer`, `plain` or `none` for such a page; `ocr` for one that must be read.
        size: width and height of the pixels.
        pixels: RGB, 8 bits, row by row, for a page that must be read.
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
    """Why a file cannot be read: the code of a reason, and a detail."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.why = why
