"""How long the judge needs for many records, and how much memory.

    python benchmarks/judge.py [RECORDS …]

Targets: 100,000 records in 5 s, 1,000,000 in 60 s and 1 GB. Records are made as they are asked
about, ten a customer, in two contexts each; making them is measured apart and taken off.
"""

import platform
import resource
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.retention import RuleSet, read_rule_sets
from archiver.declarations.shipped import shipped
from archiver.judge.evaluate import evaluate
from archiver.judge.facts import Context, Customers, Dated, Event, Hold, Record
from archiver.judge.given import Given
from archiver.judge.tally import tally

BEGIN, TODAY = date(2016, 1, 1), date(2026, 6, 1)
SECONDS_EACH = {100_000: 5.0, 1_000_000: 60.0}
PAPERS_A_CUSTOMER = 10
CATEGORIES = ("work_order", "contract", "invoice", "licence")


def day(*numbers: int) -> date:
    """Some day of ten years, always the same for the same numbers."""
    return BEGIN + timedelta(days=zlib.crc32(repr(numbers).encode()) % 3650)


def events(customers: list[Customers]) -> Iterator[Event]:
    """Three services a customer, and a dispute in one of fifty."""
    for at, whose in enumerate(customers):
        kinds = ["service_completed"] * 3 + ["dispute_opened"] * (at % 50 == 0)
        for number, kind in enumerate(kinds):
            dated = Dated(day(at, number), 1, TODAY)
            yield Event(f"E{at}.{number}", kind, whose, None, None, (dated,), vouched=1)


def records(count: int, customers: list[Customers], rules: RuleSet) -> Iterator[Record]:
    """Papers of these customers, each of which was given another date once."""
    for at in range(count):
        whose = customers[at % len(customers)]
        category = CATEGORIES[at % len(CATEGORIES)]
        first = Context(rules, whose, "customer", category, None, day(at, 1))
        contexts = (first, replace(first, doc_date=day(at, 2)))
        yield Record(
            id=DocumentId(f"D{at}"),
            received=day(at, 3),
            contexts=contexts,
            customers=whose,
            category=category,
        )


def measure(count: int) -> None:
    """Print the figures for `count` records."""
    rules = read_rule_sets(shipped("rules") / "retention")
    customers = [
        frozenset({CustomerId(f"C{at}")}) for at in range(max(1, count // PAPERS_A_CUSTOMER))
    ]
    happened = list(events(customers))
    holds = [Hold(f"H{at}", customers=customers[at]) for at in range(min(10, len(customers)))]
    start = time.process_time()
    for _ in records(count, customers, rules):
        pass
    making = time.process_time() - start
    start = time.process_time()
    given = Given(TODAY, happened, holds)
    papers = records(count, customers, rules)
    states = tally(evaluate(record, given) for record in papers)
    seconds = time.process_time() - start - making
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    target = SECONDS_EACH.get(count, count / 100_000 * 5)
    print(
        f"{count:>9,} records  {seconds:6.2f} s of one core  {seconds / target:4.2f} of the target"
        f"  {memory:5.0f} MiB at most  {len(states)} groups"
    )


def main() -> None:
    """Measure what the command line asks for."""
    print(f"{platform.machine()}, Python {platform.python_version()}")
    for count in [int(word) for word in sys.argv[1:]] or list(SECONDS_EACH):
        measure(count)


if __name__ == "__main__":
    main()
