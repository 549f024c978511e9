"""A look at one document means what the brute-force scan means, which the engine means too."""

import pytest
from hypothesis import given

from archiver.declarations.findable import FIELDS
from archiver.search.base import Entry
from archiver.search.matching import matches, of_the_day
from archiver.search.parse import in_names, parse
from archiver.search.query import All, AnyOf, InState, Not, Query, Text
from tests.search.oracle import means
from tests.search.test_exactness import ALIASES, TODAY, corpora, queries


@given(corpora(), queries)
def test_one_look_equals_a_brute_force_scan(papers: list[Entry], query: Query) -> None:
    for paper in papers:
        assert matches(query, paper, TODAY) == means(query, paper, TODAY)


def test_what_follows_from_the_day_is_told() -> None:
    due, words = InState("due"), Text("合同")
    assert of_the_day(All((words, Not(AnyOf((words, due))))))
    assert not of_the_day(All((words, Not(AnyOf((words, words))))))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("类别：工单 NOT 客户:(华信 OR 华鑫)", "category：工单 NOT customer:(华信 OR 华鑫)"),
        (
            "“客户:甲” Text:合同 12:30 日期:[2020 TO 2023]",
            "“客户:甲” text:合同 12:30 date:[2020 TO 2023]",
        ),
        ("合同", "合同"),
        ("合同 OR NOT 入库：上月", "合同 OR NOT added：[2026-04-01 TO 2026-04-30]"),
        ("date:(去年 OR >=today)", "date:([2025-01-01 TO 2025-12-31] OR [2026-05-20 TO *])"),
        ("与 甲与乙 “或”", "与 甲与乙 “或”"),
    ],
)
def test_a_query_is_kept_in_words_that_stay(typed: str, kept: str) -> None:
    assert in_names(typed, ALIASES, TODAY) == kept
    assert parse(kept, {name: name for name in FIELDS}) == parse(typed, ALIASES, TODAY)
