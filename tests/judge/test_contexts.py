"""What a record remembers, as a plain list would be kept by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import CustomerId
from archiver.declarations.retention import RuleSet
from archiver.judge.contexts import redate, remember
from archiver.judge.facts import Context

TODAY = date(2026, 5, 20)
DAYS = (None, date(2019, 1, 1), date(2024, 2, 29), TODAY, date(2026, 5, 21), date(2031, 1, 1))
contexts = st.builds(
    lambda category, day: Context(
        RuleSet(()), frozenset({CustomerId("C0001")}), "customer", category, None, day
    ),
    st.sampled_from(["contract", "order"]),
    st.sampled_from(DAYS),
)
lived = st.lists(contexts, unique=True, max_size=4).map(tuple)


@given(lived, contexts)
def test_the_newest_stands_at_the_end_and_nothing_stands_twice(
    before: tuple[Context, ...], newest: Context
) -> None:
    after = remember(before, newest)
    assert after[-1] == newest
    assert [one for one in before if one != newest] == [*after[:-1]]


@given(lived, st.sampled_from(DAYS))
def test_a_date_that_counted_stays_and_any_other_is_replaced(
    before: tuple[Context, ...], value: date | None
) -> None:
    counted = {date(2019, 1, 1), date(2024, 2, 29), TODAY}
    after = redate(before, value, TODAY)
    kept = {one if one.doc_date in counted else one.dated(value) for one in before}
    assert {*after} == kept | {one.dated(value) for one in before[-1:]}
    assert len({*after}) == len(after)
    assert [one.doc_date for one in after[-1:]] == [value for _ in before[-1:]]
    assert [one.category for one in after[-1:]] == [one.category for one in before[-1:]]
