"""Text of office files: paragraphs and tables in their order, of Word and of slides alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree

from archiver.reading.package import Element, local

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN = {"Fallback", "moveFrom", "rt", "rPr", "sectPr", "tblPr", "tblGrid", "tcPr", "trPr"}
"""A second version of what stands beside it, what was moved away, readings, looks."""

BREAK = "\f"
"""Between the lines of two pages."""


@dataclass(slots=True)
class _Draft:
    """What is being read, from the outside in.

    Attributes:
        lines: of the body, of each open cell and each open text box.
        rows: cells of each open row of a table.
        words: of each open paragraph.
        depth: of open cells and boxes; pages end outside of them only.
    """

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    rows: list[list[list[str]]] = field(default_factory=list)
    words: list[list[str]] = field(default_factory=list)
    breaks: bool = False

    def open(self, tag: str) -> None:
        """An element begins."""
        if tag == "p":
            self.words.append([])
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"tc", "txbxContent"}:
            self.lines.append([])

    def close(self, tag: str) -> None:
        """An element ends."""
        if tag == "p" and self.words:
            self._say("".join(self.words.pop()).split("\n"))
        elif tag == "tc" and self.rows:
            self.rows[-1].append(self.lines.pop())
        elif tag == "tr":
            self._say(_abreast(self.rows.pop()))
        elif tag in {"tc", "txbxContent"}:
            self._say(self.lines.pop())
        if self.breaks and len(self.lines) == 1 and tag in {"p", "tr"}:
            self.breaks = False
            self._say([BREAK])

    def write(self, text: str) -> None:
        """Text of the innermost open paragraph."""
        if self.words:
            self.words[-1].append(text)

    def turn(self) -> None:
        """The page ends: here, or after the row of the table."""
        if len(self.lines) > 1 or len(self.words) > 1:
            self.breaks = True
            return
        if self.words:
            self._say("".join(self.words[-1]).split("\n"))
            self.words[-1].clear()
        self._say([BREAK])

    def _say(self, lines: list[str]) -> None:
        self.lines[-1] += lines


def lines_of(root: Element) -> list[str]:
    """The lines of a part; `BREAK` where a page ends."""
    draft = _Draft()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = local(element)
        if event == "end":
            draft.close(tag)
        elif tag in _UNSEEN:
            walker.skip_subtree()
        elif tag == "pPr":
            if element.find("{*}pageBreakBefore") is not None:
                draft.turn()
            walker.skip_subtree()
        elif tag == "lastRenderedPageBreak" or _ends_page(element, tag):
            draft.turn()
        else:
            draft.open(tag)
            draft.write((element.text or "") if tag == "t" else _SIGNS.get(tag, ""))
    return draft.lines[0]


def pages_of(lines: list[str]) -> Iterator[list[str]]:
    """Lines by pages; of the breaks that follow one another only the first counts."""
    page: list[str] = []
    for line in [*lines, BREAK]:
        if line != BREAK:
            page.append(line)
        elif any(one.strip() for one in page):
            yield page
            page = []


def _ends_page(element: Element, tag: str) -> bool:
    return tag == "br" and any(
        value == "page" for key, value in element.attrib.items() if key.endswith("}type")
    )


def _abreast(cells: list[list[str]]) -> list[str]:
    """A row of a table as it is seen: the first lines of its cells in one line, and so on."""
    said = [[line for line in cell if line.strip()] for cell in cells]
    return ["\t".join(filter(None, line)) for line in zip_longest(*said, fillvalue="")]
