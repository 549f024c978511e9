"""When a quarantined file is tried again by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.declarations.sentences import SENTENCES
from archiver.intake.backoff import next_try

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
PASSING = ["timed_out", "out_of_memory", "unreadable", "interrupted"]
CRASHES = ["parser_crashed", "ocr_crashed"]


@given(
    code=st.sampled_from(sorted(SENTENCES)),
    tries=st.integers(0, 50),
    last=st.datetimes(timezones=st.just(UTC), max_value=datetime(9000, 1, 1)),  # noqa: DTZ001
)
def test_only_causes_that_pass_are_tried_again_ever_later_and_not_for_ever(
    code: str, tries: int, last: datetime
) -> None:
    moment = next_try(code, tries, last)
    if code not in {*PASSING, *CRASHES}:
        assert moment is None
        return
    if moment is None:
        assert tries >= (1 if code in CRASHES else 4), "given up too early"
        assert next_try(code, tries + 1, last) is None, "given up for good"
        return
    assert moment > last
    later = next_try(code, tries + 1, last)
    assert later is None or later > moment


@pytest.mark.parametrize("code", PASSING)
def test_the_published_moments(code: str) -> None:
    moments = [next_try(code, tries, NOW) for tries in range(5)]
    hours = [10 / 60, 1, 6, 24]
    assert moments == [*(NOW + timedelta(hours=one) for one in hours), None]


@pytest.mark.parametrize("code", CRASHES)
def test_what_crashes_readers_is_tried_once_more(code: str) -> None:
    assert next_try(code, 0, NOW) == NOW + timedelta(minutes=10)
    assert next_try(code, 1, NOW) is None
