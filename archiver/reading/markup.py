"""HTML as lines of text."""

import re
from collections.abc import Iterator

from lxml import etree

_UNSEEN = {"head", "script", "style", "template", "title", "noscript"}
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|center|d[dlt]|div|fieldset|fig.*|footer|form|h[1-6]"
    "|header|hr|li|main|nav|[ou]l|p|pre|section|table|t(body|foot|head|r)"
)
_CELLS = {"td", "th"}


def lines_of(html: str) -> list[str]:
    """The text of a page of HTML: blocks and rows of tables are lines, cells parted by tabs."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(html.encode("utf-8", "replace"), parser) if html.strip() else None
    if root is None:
        return []
    lines = "".join(_pieces(root)).split("\n")
    return ["\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in lines]


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text with the white space of its layout."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start" and element.tag in _UNSEEN:
            walker.skip_subtree()
            continue
        if _BLOCK.fullmatch(str(element.tag)):
            yield "\n"
        if event == "start":
            yield _flat(element.text)
            continue
        if element.tag in _CELLS:
            yield "\t"
        yield _flat(element.tail)


def _flat(text: str | None) -> str:
    """Text on one line, as browsers show it."""
    return " ".join(f"\0{text or ''}\0".split()).strip("\0")
