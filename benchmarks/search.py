"""How fast search is, on texts made of real reviews, beside other engines. Nothing of them is kept.

    python -m benchmarks.search [--documents 10000] [--characters 650] [--runs 15] [--alone]

Prints each figure with its target and the ratio between them (above 1: better than the target).
At 100,000 documents the targets of a query and of a whole search are others. Processor time is
given where a busy machine would spoil the clock's.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from archiver.declarations.findable import read_aliases
from archiver.search.base import Asked, Entry, SearchEngine
from archiver.search.parse import parse
from archiver.search.query import Query
from archiver.vault.create import create
from benchmarks.common import figure, machine
from benchmarks.corpus import ALIASES, QUERIES, TEXTS, TODAY, entries, questions, reviews
from benchmarks.rivals import Asking, can_be_asked, rivals

BATCH = 200
_MANY = 50_000
"""From so many documents on, the targets for 100,000 count."""


def main() -> None:
    """Build, measure, throw away."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--characters", type=int, default=650)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--texts", type=Path, default=TEXTS)
    options.add_argument("--alone", action="store_true", help="without the other engines")
    given = options.parse_args()
    texts = reviews(given.texts)

    def papers() -> Iterator[Entry]:
        return entries(texts, given.documents, given.characters)

    with tempfile.TemporaryDirectory() as folder:
        machine(Path(folder))
        aliases = read_aliases(ALIASES)
        asked = [(text, parse(text, aliases)) for text in questions(texts)]
        vault = Path(folder) / "vault"
        with create(vault, "zh", "benchmark")[0] as opened:
            indexing(opened.search, papers(), opened.layout.state / "index")
            asking(opened.search, asked, many=given.documents >= _MANY)
            if not given.alone:
                beside(opened.search, papers, [one for _, one in asked], Path(folder))
        whole_process(vault, [text for text, _ in asked[: given.runs]], given.documents)


def indexing(engine: SearchEngine, papers: Iterable[Entry], folder: Path) -> None:
    """Everything in batches, as the publisher does it; then the size on the disk."""
    busy, slowest, worst, stored, count = 0.0, 0.0, 0.0, 0, 0
    for batch in _batches(papers):
        begun, busy_before = perf_counter(), process_time()
        engine.update(batch, [])
        worst = max(worst, perf_counter() - begun)
        slowest = max(slowest, process_time() - busy_before)
        busy += process_time() - busy_before
        stored += sum(len(one.text.encode()) for one in batch)
        count += len(batch)
    figure("indexing on one core", count / busy, 150, "documents/s", least=True)
    figure("slowest batch of 200, merge and commit included", slowest, 1.0, "s of processor time")
    print(f"  {worst:.2f} s on the clock")
    size = _size(folder)
    figure("index beyond the text", (size - stored) / count / 1024, 7, "KB/document")
    print(f"  {len(list(folder.glob('*.seg')))} segments, {size >> 20} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figure("memory", peak, 1024, "MB")


def _batches(papers: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(papers)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def asking(engine: SearchEngine, asked: Sequence[tuple[str, Query]], *, many: bool) -> None:
    """The mixed queries in this process, each once, after one that opens the index."""
    ask = _ours(engine)
    ask(parse("样本", {}))
    timed = [(*_timed(ask, query), text) for text, query in asked]
    times = [one for one, _, _ in timed]
    hits = sum(found for _, found, _ in timed)
    print(f"{QUERIES} mixed queries, {hits} hits; the slowest:")
    for spent, found, text in sorted(timed, reverse=True)[:3]:
        print(f"  {spent:.0f} ms, {found} hits: {text}")
    figure("a query, median", statistics.median(times), 20, "ms")
    p95 = statistics.quantiles(times, n=20)[-1]
    figure("a query, 95th percentile", p95, 150 if many else 60, "ms of processor time")


def _ours(engine: SearchEngine) -> Asking:
    return lambda query: engine.search(Asked(query, TODAY)).total


def _timed(ask: Asking, query: Query) -> tuple[float, int]:
    """Milliseconds of processor time, and how many were found."""
    begun = process_time()
    found = ask(query)
    return 1000 * (process_time() - begun), found


def beside(
    engine: SearchEngine,
    papers: Callable[[], Iterable[Entry]],
    queries: Sequence[Query],
    folder: Path,
) -> None:
    """The queries that others can be asked too; a ratio above 1 means that ours is faster."""
    shared = [one for one in queries if can_be_asked(one)]
    ours = [_timed(_ours(engine), one) for one in shared]
    p95, median = _summary(ours)
    print(f"{len(shared)} queries that others know, with snippets: {median:.1f}, p95 {p95:.1f} ms")
    for rival in rivals(folder):
        begun, before = process_time(), _size(folder)
        rival.fill(papers())
        spent = process_time() - begun
        size = _size(folder) - before
        theirs = [_timed(rival.ask, one) for one in shared]
        their_p95, their_median = _summary(theirs)
        wrong = sum(mine != other for (_, mine), (_, other) in zip(ours, theirs, strict=True))
        print(
            f"{rival.name}: filled in {spent:.0f} s of processor time, {size >> 20} MB; a query "
            f"{their_median:.1f}, p95 {their_p95:.1f} ms, without snippets; ratios "
            f"{their_median / median:.2f} and {their_p95 / p95:.2f}; {wrong} answers differ"
        )


def _summary(timed: Sequence[tuple[float, int]]) -> tuple[float, float]:
    times = [one for one, _ in timed]
    return statistics.quantiles(times, n=20)[-1], statistics.median(times)


def whole_process(vault: Path, asked: Sequence[str], documents: int) -> None:
    """`archiver search` as a process of its own, interpreter included."""
    clock, busy = [], []
    for text in asked:
        begun, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault), "search", text]
        subprocess.run(command, check=True, capture_output=True)
        clock.append(perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    target = 0.4 if documents >= _MANY else 0.25
    figure("a whole `archiver search`, median", statistics.median(clock), target, "s")
    print(f"  {statistics.median(busy):.2f} s of processor time; slowest {max(clock):.2f} s")


if __name__ == "__main__":
    main()
