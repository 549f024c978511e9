"""Whether answers are exact: random queries against a scan that reads every text.

    python -m benchmarks.exactness [--queries 10000] [--documents 400] [--texts FOLDER]

Terms of one to eight characters are cut out of the documents as they lie, blanks, line ends and
punctuation included; the documents are real reviews into which mixed scripts, full-width digits and
the blanks of OCR are put. The scan (`tests.search.oracle`) shares no code with the engine. Every
set must be equal; one that is not is printed, and the exit code is 1.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

from archiver.declarations.findable import read_aliases
from archiver.search.base import Asked, Entry
from archiver.search.open import open_engine
from archiver.search.parse import parse
from archiver.search.query import Query
from archiver.search.tokens import QueryError
from benchmarks.common import figure
from benchmarks.corpus import ALIASES, TEXTS, TODAY, entries, reviews
from tests.search.oracle import means

_MIXED = (
    "A4纸",
    "ISO9001认证",
    "２０２４年",
    "HT-2024-018",
    "粤B12345",
    "1,200.50元",
    "Ａ４",
    "wi-fi",
)
_STATES = ("永久", "到期", "保管", "未定")
_DEEP = 2


def main() -> None:
    """Ask, compare, tell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--queries", type=int, default=10_000)
    options.add_argument("--documents", type=int, default=400)
    options.add_argument("--texts", type=Path, default=TEXTS)
    given = options.parse_args()
    chance = random.Random(5)  # noqa: S311 - repeatable on purpose
    papers = list(_odd(entries(reviews(given.texts), given.documents), chance))
    wrong, found, engine_time = 0, 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        for start in range(0, len(papers), 60):  # several segments
            engine.update(papers[start : start + 60], ())
        for text, query in _queries(papers, chance, given.queries):
            begun = process_time()
            results = engine.search(Asked(query, TODAY, limit=len(papers)))
            engine_time += process_time() - begun
            hits = {hit.document for hit in results.hits}
            expected = {one.document for one in papers if means(query, one, TODAY)}
            found += len(expected)
            if hits != expected or results.total != len(expected):
                wrong += 1
                print(f"{text!r}: {len(hits)} found, {len(expected)} expected")
        engine.close()
    print(f"{given.queries} queries, {given.documents} documents, {found} hits expected")
    print(f"{1000 * engine_time / given.queries:.2f} ms a query, all hits with snippets")
    figure("answers that differ from the scan's", wrong, 0, "")
    sys.exit(1 if wrong else 0)


def _odd(papers: Iterator[Entry], chance: random.Random) -> Iterator[Entry]:
    """The papers with what makes search hard put into their texts."""
    for paper in papers:
        pieces = list(paper.text[:400])
        for _ in range(12):
            pieces.insert(chance.randrange(len(pieces)), chance.choice(_MIXED))
        for _ in range(25):
            pieces.insert(chance.randrange(len(pieces)), chance.choice((" ", "\n", "　", "\f")))
        yield replace(
            paper, text="".join(pieces), aliases=("老样本",) if chance.random() < 0.1 else ()
        )


def _queries(
    papers: Sequence[Entry], chance: random.Random, number: int
) -> Iterator[tuple[str, Query]]:
    """So many that can be understood: what is cut out may be half a bracket."""
    aliases = read_aliases(ALIASES)
    words = _Words(papers, chance)
    while number:
        text = words.query(_DEEP)
        try:
            query = parse(text, aliases)
        except QueryError:
            continue
        number -= 1
        yield text, query


class _Words:
    """Random queries as a person could type them."""

    def __init__(self, papers: Sequence[Entry], chance: random.Random) -> None:
        self._papers = papers
        self._chance = chance
        self._leaves: tuple[Callable[[], str], ...] = (
            self._term,
            self._term,
            lambda: f'"{self._cut()}"',
            lambda: f'"{self._cut()}"',
            self._wildcard,
            self._in_field,
            self._range,
        )

    def query(self, depth: int) -> str:
        """A leaf, or two or three queries joined."""
        if not depth or self._chance.random() < 0.4:
            return self._chance.choice(self._leaves)()
        parts = [self.query(depth - 1) for _ in range(self._chance.choice((2, 2, 3)))]
        sign = self._chance.choice((" ", " AND ", " OR ", " NOT ", " AND NOT "))
        joined = sign.join(parts)
        return f"({joined})" if self._chance.random() < 0.7 else joined

    def _cut(self) -> str:
        """One to eight characters as they lie."""
        text = self._chance.choice(self._papers).text
        at = self._chance.randrange(len(text))
        return text[at : at + self._chance.randint(1, 8)]

    def _term(self) -> str:
        return self._chance.choice((self._cut(), self._cut(), self._chance.choice(_MIXED)))

    def _wildcard(self) -> str:
        term = "".join(self._cut().split()) or "合"
        at = self._chance.randrange(len(term) + 1)
        return term[:at] + self._chance.choice("*?*") + term[at + self._chance.randint(0, 1) :]

    def _in_field(self) -> str:
        paper = self._chance.choice(self._papers)
        return self._chance.choice(
            (
                f'text:"{self._cut()}"',
                f"标题:{paper.title[:2]}",
                f"客户:{paper.customer_name[: self._chance.randint(1, 6)]}",
                f"customer:{paper.customer}",
                f"类别:{paper.labels[0]}",
                f"编号:{paper.archive_no[: self._chance.randint(3, 16)]}",
                f"编号:{paper.archive_no[:6]}*",
                f"状态:{self._chance.choice(_STATES)}",
                "日期:*",
            )
        )

    def _range(self) -> str:
        low, high = sorted(self._chance.choices(range(2019, 2027), k=2))
        amount = self._chance.randrange(10**6)
        return self._chance.choice(
            (
                f"日期:[{low} TO {high}]",
                f"日期:>={low}-06",
                f"金额:>={amount}",
                f"金额:[* TO {amount}]",
            )
        )


if __name__ == "__main__":
    main()
