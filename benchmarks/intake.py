"""300 born-digital Chinese PDFs from drop to searchable, and dense scans through OCR.

`python -m benchmarks.intake --font FONT.ttf`; needs the `specimens` extra.
"""

import argparse
import logging
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from benchmarks.common import COMMON, figure, machine
from tools.specimens import firm, parties, scans
from tools.specimens.paper import Paper


def main() -> None:
    """Draw, drop, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--scans", type=int, default=20)
    asked = parser.parse_args()
    logging.getLogger("fpdf").setLevel(logging.ERROR)  # a font without Latin letters will do
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = Path(folder)
        machine(root)
        font = _small(asked.font, root / "font.ttf")
        _born_digital(root, font, asked.count)
        _dense_scans(root, font, asked.scans)


def _small(font: Path, target: Path) -> Path:
    """The font with no more characters than are drawn: the papers are made in a tenth of time."""
    drawn = "".join(
        path.read_text(encoding="utf-8") for path in Path(firm.__file__).parent.glob("*.py")
    )
    wanted = {chr(code) for code in range(32, 127)} | set(drawn) | set(COMMON)
    with TTFont(font) as whole:
        reducer = Subsetter()
        reducer.populate(text="".join(sorted(wanted)))
        reducer.subset(whole)
        whole.save(target)
    return target


def _archiver(vault: Path, *words: str) -> float:
    command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault), *words]
    begun = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _born_digital(root: Path, font: Path, count: int) -> None:
    """Contracts of two pages and orders of one, each with its own number."""
    vault = root / "digital"
    _archiver(vault, "init", str(vault))
    _archiver(vault, "customer", "add", parties.HUAXIN.name, "--code", parties.HUAXIN.code)
    for number in range(count):
        name = f"YB-HT-2024-{number:04d}"
        if number % 2:
            paper = firm.contract(font, parties.HUAXIN, name, "2024年03月05日")
        else:
            paper = firm.work_order(font, parties.HUAXIN, name, plate="样A00S11", done="2024-05-10")
        paper.output(vault / "inbox" / f"{number:04d}.pdf")
    seconds = _archiver(vault, "ingest")
    figure(
        f"{count} born-digital PDFs in one ingest", count / seconds, 30, "documents/s", least=True
    )


def _dense_scans(root: Path, font: Path, count: int) -> None:
    """Pages of about 1,000 characters at 200 dpi; the characters in another order on each."""
    vault = root / "scans"
    _archiver(vault, "init", str(vault))
    for number in range(count):
        start = number * 13 % len(COMMON)
        text = (COMMON[start:] + COMMON[:start]) * 10
        paper = Paper(font)
        paper.words(text[:1000], size=12)
        drawn = root / "page.pdf"
        paper.output(drawn)
        (page,) = scans.pages(drawn)
        scans.clean(page).save(vault / "inbox" / f"{number}.jpg", quality=85, dpi=(200, 200))
    seconds = _archiver(vault, "ingest")
    figure(f"{count} dense scans in one ingest", seconds / count, 2.0, "s a page")


if __name__ == "__main__":
    main()
