"""Indexing and searching 10,000 documents of about 650 characters.

`python -m benchmarks.search REVIEWS.csv [--count N]`: any CSV with Chinese text in its last column.
"""

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from archiver.declarations.findable import read_aliases
from archiver.declarations.shipped import shipped
from archiver.search.base import Asked, Entry
from archiver.search.open import open_engine
from archiver.search.parse import parse
from benchmarks.common import figure, machine

_QUERIES = (
    "酒店",
    "早餐 NOT 服务",
    "房间干净",
    "category:invoice 价格",
    "非常 OR 不错",
    "date:2024-03",
)


def corpus(file: Path, count: int) -> Iterator[Entry]:
    """Documents made of reviews put one after another."""
    with file.open(encoding="utf-8", errors="replace", newline="") as stream:
        texts = [row[-1] for row in csv.reader(stream) if row]
    at = 0
    for number in range(count):
        text = ""
        while len(text) < 650:
            text += texts[at % len(texts)] + "\n"
            at += 1
        yield _entry(number, text)


def _entry(number: int, text: str) -> Entry:
    return Entry(
        document=f"D{number:06d}",
        archive_no=f"0001-01-2026-{number:05d}",
        customer=f"C{number % 200:04d}",
        customer_name=f"样本客户{number % 200}号",
        category=("invoice", "contract", "licence")[number % 3],
        labels=(("发票", "合同", "营业执照")[number % 3],),
        date=date(2022, 1, 1) + timedelta(days=number % 1500),
        added=date(2026, 1, 1),
        title=text[:12],
        path=f"customers/{number}",
        text=text,
        values={},
        due=None,
        permanent=False,
        fingerprint="",
    )


def main() -> None:
    """Index, search in the process, search as whole processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        vault = Path(folder) / "vault"
        base = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault)]
        subprocess.run([*base, "init", str(vault)], check=True, stdout=subprocess.DEVNULL)
        machine(Path(folder))
        engine = open_engine("whoosh:index", vault / ".archiver")
        entries = list(corpus(asked.file, asked.count))
        begun = time.perf_counter()
        for start in range(0, len(entries), 200):
            engine.update(entries[start : start + 200], [])
        rate = len(entries) / (time.perf_counter() - begun)
        print(f"indexing {asked.count}: {rate:.0f} documents/s")
        aliases = read_aliases(shipped("index") / "fields.toml")
        times = []
        for text in _QUERIES * 5:
            begun = time.perf_counter()
            engine.search(Asked(parse(text, aliases), date(2026, 5, 20)))
            times.append(time.perf_counter() - begun)
        print(f"in the process: median {statistics.median(times) * 1000:.0f} ms")
        engine.close()
        whole = []
        for text in _QUERIES * 2:
            begun = time.perf_counter()
            subprocess.run([*base, "search", text, "--json"], check=True, stdout=subprocess.DEVNULL)
            whole.append(time.perf_counter() - begun)
        figure("`archiver search`, whole process, median", statistics.median(whole), 0.35, "s")


if __name__ == "__main__":
    main()
