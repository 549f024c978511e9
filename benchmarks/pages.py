"""What a page costs, kind by kind, and how many of its letters are wrong.

`python -m benchmarks.pages --font FONT [--papers FOLDER] [--count N]`

Seconds are those of the processor, of all processes that read: another program beside it hardly
changes them. Two of them at work make a page in half of that.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from archiver.core.model import Arrival, Reading, ReceiptId, Shape, TextSource
from archiver.core.normalise import compact
from archiver.intake.steps import identify
from archiver.reading.limits import ReadingLimits
from archiver.reading.reader import Reader
from benchmarks.common import COMMON, figure, machine
from tools.specimens import scans

_A4 = (1654, 2339)
"""At 200 dpi."""
_SIZE, _LEADING, _MARGIN = 33, 62, 170
"""Pixels: 12 points, their lines, and the margin of 21 mm."""
_ROW = 39
_LETTERS = 1000
_TARGETS = {"dense scans": 1.0}
_TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Draw, read, measure."""
    parser = argparse.ArgumentParser(description="What a page costs.")
    parser.add_argument("--font", type=Path, required=True, help="with Chinese characters")
    parser.add_argument("--papers", type=Path, help="folder of photographs and PDFs")
    parser.add_argument("--count", type=int, default=12, help="pages of every kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        machine(root)
        given = {
            f"papers as {kind}": sorted(asked.papers.glob(f"*.{kind}"))[: asked.count]
            for kind in ("jpg", "pdf")
            if asked.papers
        }
        papers = _drawn(root, asked.font, asked.count)
        folders = (root, *(one.resolve() for one in (asked.papers,) if one))
        with Reader(ReadingLimits(), folders) as reader:
            [*_read(reader, papers["dense scans"][0][:2])]  # starting costs nobody's page
            for kind, (files, texts) in papers.items():
                _measure(reader, kind, files, texts)
            for kind, files in given.items():
                _measure(reader, kind, files, ())


def _drawn(root: Path, font: Path, count: int) -> dict[str, tuple[list[Path], list[str]]]:
    """The same dense texts as a scanner and as a telephone sees them, and printed in columns."""
    kinds = ("dense scans", "dense photos", "scans in columns")
    found: dict[str, tuple[list[Path], list[str]]] = {kind: ([], []) for kind in kinds}
    letters = ImageFont.truetype(font, _SIZE)
    for number in range(count):
        start = number * 13 % len(COMMON)
        text = ((COMMON[start:] + COMMON[:start]) * 10)[:_LETTERS]
        page, columns = _page(text, letters), _page(text, letters, upright=False)
        seen = (scans.clean(page), scans.photo(page, number), scans.clean(columns))
        for kind, picture in zip(kinds, seen, strict=True):
            target = root / f"{kind} {number}.jpg"
            picture.save(target, quality=85, dpi=(200, 200))
            found[kind][0].append(target)
            found[kind][1].append(text)
    return found


def _page(text: str, font: ImageFont.FreeTypeFont, *, upright: bool = True) -> Image.Image:
    """A page of lines; not `upright`: in columns, from right to left, as books used to be."""
    page = Image.new("RGB", _A4 if upright else _A4[::-1], (255, 255, 255))
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(_lines(text)):
        across = _MARGIN + number * _LEADING
        for place, letter in enumerate(line):
            down = _MARGIN + place * _SIZE
            at = (down, across) if upright else (page.width - across, down)
            pen.text(at, letter, font=font, fill=(20, 20, 20))
    return page


def _lines(text: str) -> Iterator[str]:
    return (text[at : at + _ROW] for at in range(0, len(text), _ROW))


def _read(reader: Reader, files: Iterable[Path]) -> Iterator[Reading]:
    now = datetime.now(UTC)
    for path in files:
        shape, receipt = Shape(0, 0, 0), ReceiptId(path.name)
        arrival = Arrival(receipt, path.name, path.resolve(), None, None, now, shape)
        yield reader.read(identify(arrival))


def _measure(reader: Reader, kind: str, files: Sequence[Path], texts: Sequence[str]) -> None:
    """Read them and print what that took, and what was wrong where the truth is known."""
    if not files:
        return
    begun = _processor()
    pages = [page for one in _read(reader, files) for page in one.pages]
    took = (_processor() - begun) / 2 / len(pages)
    layers = sum(page.source is TextSource.LAYER for page in pages)
    name = f"{len(pages)} pages, {kind} ({layers} with a text layer), on two processors"
    figure(name, took, _TARGETS.get(kind, 1.2), "s a page")
    if texts:
        wrong = sum(
            Levenshtein.distance(text, compact(page.text))
            for page, text in zip(pages, texts, strict=True)
        )
        figure(f"{kind}: wrong letters", 100 * wrong / sum(map(len, texts)), 0.4, "%")


def _processor() -> float:
    """Seconds of processor time that this process and its children have used."""
    own = Path("/proc/self")
    children = {
        number
        for task in (own / "task").iterdir()
        for number in (task / "children").read_text(encoding="ascii").split()
    }
    return sum(_used(Path("/proc") / number) for number in ("self", *children))


def _used(process: Path) -> float:
    """Seconds in user and kernel mode, fields 14 and 15 of its `stat` (proc(5))."""
    told = (process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICK


if __name__ == "__main__":
    main()
