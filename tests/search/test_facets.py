"""Counts of hits equal those of a scan that knows nothing of the engine."""

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given

from archiver.search.base import FACETS, Asked, Entry, Results
from archiver.search.open import open_engine
from archiver.search.query import Everything, Query, Text
from tests.search.oracle import means, state
from tests.search.test_exactness import TODAY, an_entry, corpora, queries


def counted(found: Results) -> dict[str, dict[str | None, int]]:
    """The facets without their names."""
    return {
        facet: {one.value: one.count for one in counts} for facet, counts in found.facets.items()
    }


def by_hand(papers: list[Entry]) -> dict[str, dict[str | None, int]]:
    """The same by a look at each of the papers."""
    return {
        "category": Counter(one.category for one in papers),
        "customer": Counter(one.customer for one in papers),
        "year": Counter(f"{one.date.year:04d}" if one.date else None for one in papers),
        "state": Counter(state(one, TODAY) for one in papers),
    }


@given(corpora(), queries)
def test_counts_are_of_all_hits_and_exact(papers: list[Entry], query: Query) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh:index", Path(folder))
        engine.reset()
        engine.update(papers[:3], [])
        engine.update(papers[3:], [])
        engine.update(papers[:1], [])  # leaves a deleted copy behind
        for asked in (query, Everything()):
            found = engine.search(Asked(asked, TODAY, limit=1, facets=True))
            assert counted(found) == by_hand([one for one in papers if means(asked, one, TODAY)])
            for facet in FACETS:
                numbers = [one.count for one in found.facets[facet] if one.value]
                assert numbers == sorted(numbers, reverse=True)
                assert sum(one.count for one in found.facets[facet]) == found.total
        engine.close()


def test_customers_are_counted_under_the_names_of_their_papers(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    papers = [
        replace(an_entry(1, "合同"), customer="C0002", customer_name="ＡＢＣ（样本）"),
        replace(an_entry(2, "发票"), customer="C0001"),
    ]
    engine.update(papers, [])
    found = engine.search(Asked(Text("合同"), TODAY, limit=0, facets=True))
    assert (found.hits, found.total) == ((), 1)
    (count,) = found.facets["customer"]
    assert (count.value, count.name, count.count) == ("C0002", "ＡＢＣ（样本）", 1)
    assert engine.search(Asked(Text("合同"), TODAY)).facets == {}
    engine.close()


def test_hits_can_be_had_without_their_places_in_the_text(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    engine.update([an_entry(1, "合同")], [])
    (hit,) = engine.search(Asked(Text("合同"), TODAY, snippets=False)).hits
    assert (hit.document, hit.snippet) == ("D000001", "")
    engine.close()
