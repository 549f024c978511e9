"""How fast search is, on texts made of real reviews. Nothing of them is kept.

    python -m benchmarks.search [--documents 10000] [--characters 650] [--runs 15]

Prints each figure with its target and the ratio between them (above 1: better than the target).
The texts come from `../shared/data/text`; without that folder nothing can be measured.
"""

import argparse
import csv
import io
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

from archiver.core.normalise import searchable
from archiver.declarations.findable import read_aliases
from archiver.declarations.shipped import shipped
from archiver.search.base import Asked, Entry, SearchEngine
from archiver.search.parse import parse
from archiver.vault.create import create
from benchmarks.common import figure, machine

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"
ALIASES = shipped("index") / "fields.toml"
TODAY = date(2026, 6, 30)
BATCH = 200
QUERIES = 200
CATEGORIES = {
    "licence": ("营业执照", "Business licence"),
    "contract": ("采购合同", "Purchase contract"),
    "invoice": ("发票", "Invoice"),
    "work_order": ("维修工单", "Work order"),
    "complaint": ("投诉", "Complaint"),
}


def reviews() -> list[str]:
    """All the reviews there are."""
    found: list[str] = []
    with zipfile.ZipFile(TEXTS / "shopping_reviews.zip") as archive:
        for name in archive.namelist():
            with archive.open(name) as stream:
                rows = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig"))
                found += [row["review"] for row in rows]
    with (TEXTS / "hotel_reviews.csv").open(encoding="utf-8-sig") as stream:
        found += [row["review"] for row in csv.DictReader(stream)]
    return [one for one in found if one]


def entries(number: int, characters: int, chance: random.Random) -> Iterator[Entry]:
    """Documents of about so many characters, with customer, category, dates and a number."""
    texts = reviews()
    for one in range(number):
        lines: list[str] = []
        while sum(map(len, lines)) < characters:
            lines.append(chance.choice(texts))
        customer = chance.randrange(1, 400)
        category = chance.choice(list(CATEGORIES))
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(2700))
        yield Entry(
            document=f"D{one:06d}",
            archive_no=f"{customer:04d}-02-{day.year}-{one:06d}",
            customer=f"C{customer:04d}",
            customer_name=f"样本{customer}号汽车服务有限公司",
            category=category,
            labels=CATEGORIES[category],
            date=day,
            added=day + timedelta(days=3),
            title=f"{CATEGORIES[category][0]} HT-{day.year}-{one:05d}",
            path=f"customers/样本{customer}号/{one}.pdf",
            text="\n".join(lines),
            values={
                "no": (f"HT-{day.year}-{one:05d}",),
                "amount": (f"{chance.randrange(10**6)}.5",),
            },
            due=day + timedelta(days=1096),
            permanent=chance.random() < 0.05,
            fingerprint=f"{one:016x}",
        )


def questions(texts: list[str], chance: random.Random) -> list[str]:
    """Mixed queries of every kind; their words are cut out of the texts."""

    def cut(length: int) -> str:
        while True:
            text = searchable(chance.choice(texts))
            start = chance.randrange(len(text))
            word = "".join(c for c in text[start : start + 3 * length] if "\u4e00" <= c <= "\u9fff")
            if len(word) >= length:
                return word[:length]

    kinds: tuple[Callable[[], str], ...] = (
        lambda: cut(1),
        lambda: cut(2),
        lambda: cut(2),
        lambda: cut(4),
        lambda: f'"{cut(3)}"',
        lambda: f"{cut(2)} {cut(2)}",
        lambda: f"{cut(2)} OR {cut(3)}",
        lambda: f"{cut(2)} NOT {cut(1)}",
        lambda: f"({cut(2)} OR {cut(2)}) AND NOT ({cut(1)} {cut(2)})",
        lambda: f"类别:投诉 {cut(2)}",
        lambda: f"客户:样本{chance.randrange(1, 400)}号 {cut(1)}",
        lambda: f"日期:[{chance.randrange(2019, 2022)} TO {chance.randrange(2022, 2026)}] {cut(2)}",
        lambda: f"金额:>={chance.randrange(10**6)} {cut(2)}",
        lambda: f"状态:到期 {cut(3)}",
        lambda: f"标题:HT-{chance.randrange(2019, 2026)}-0{chance.randrange(10)}*",
        lambda: f"编号:HT-2024-{chance.randrange(10**4):05d}",
        lambda: f"{cut(1)}*{cut(1)}",
    )
    return [chance.choice(kinds)() for _ in range(QUERIES)]


def indexing(engine: SearchEngine, papers: list[Entry], folder: Path) -> None:
    """Everything in batches, as the publisher does it; then the size on the disk."""
    started, busy, slowest = perf_counter(), process_time(), 0.0
    for start in range(0, len(papers), BATCH):
        begun = perf_counter()
        engine.update(papers[start : start + BATCH], [])
        slowest = max(slowest, perf_counter() - begun)
    busy = process_time() - busy
    figure("indexing on one core", len(papers) / busy, 150, "documents/s", least=True)
    print(f"  {perf_counter() - started:.1f} s on the clock, slowest batch {slowest:.2f} s")
    stored = sum(len(one.text.encode()) for one in papers) / 1024
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024
    beyond = (size - stored) / len(papers)
    figure("index beyond the text", beyond, 7, "KB/document")
    print(f"  {len(list(folder.glob('*.seg')))} segments, {size / 1024:.1f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figure("memory, corpus included", peak, 1024, "MB")


def asking(engine: SearchEngine, asked: list[str]) -> None:
    """The mixed queries in this process, each once, after one that opens the index."""
    aliases = read_aliases(ALIASES)
    engine.search(Asked(parse("样本", aliases), TODAY))
    times, hits = [], 0
    for text in asked:
        begun = perf_counter()
        hits += engine.search(Asked(parse(text, aliases), TODAY)).total
        times.append((1000 * (perf_counter() - begun), text))
    median = statistics.median(one for one, _ in times)
    p95 = statistics.quantiles((one for one, _ in times), n=20)[-1]
    print(f"{QUERIES} mixed queries, {hits} hits; slowest {max(times)[0]:.0f} ms: {max(times)[1]}")
    figure("a query, median", median, 20, "ms")
    figure("a query, 95th percentile", p95, 60, "ms")


def whole_process(vault: Path, asked: list[str], runs: int) -> None:
    """`archiver search` as a process of its own, interpreter included."""
    times = []
    for text in asked[:runs]:
        begun = perf_counter()
        command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault), "search", text]
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - begun)
    figure("a whole `archiver search`, median", statistics.median(times), 0.35, "s")
    print(f"  slowest of {runs}: {max(times):.2f} s")


def main() -> None:
    """Build, measure, throw away."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--characters", type=int, default=650)
    options.add_argument("--runs", type=int, default=15)
    given = options.parse_args()
    if not TEXTS.is_dir():
        sys.exit(f"{TEXTS} is not there: nothing to measure with")
    papers = list(entries(given.documents, given.characters, random.Random(7)))  # noqa: S311 - repeatable on purpose
    asked = questions([paper.text for paper in papers], random.Random(11))  # noqa: S311 - repeatable on purpose
    with tempfile.TemporaryDirectory() as folder:
        machine(Path(folder))
        vault = Path(folder) / "vault"
        with create(vault, "zh", "benchmark")[0] as opened:
            indexing(opened.search, papers, opened.layout.state / "index")
            asking(opened.search, asked)
        whole_process(vault, asked, given.runs)


if __name__ == "__main__":
    main()
