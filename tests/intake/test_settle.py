"""The settler against a second one that keeps every look and counts backwards."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Shape
from archiver.intake.settle import Settler

FILE = "a.pdf"
SIZES = st.sampled_from([10, 20, 30])
LOOKS = st.lists(st.tuples(st.floats(0.01, 5.0), SIZES), min_size=1, max_size=30)


@given(LOOKS)
def test_it_rests_for_as_long_as_it_has_looked_the_same(looks: list[tuple[float, int]]) -> None:
    settler = Settler()
    now, seen = 100.0, []
    for pause, size in looks:
        now += pause
        seen.append((now, size))
        since = now
        for when, other in reversed(seen):
            if other != size:
                break
            since = when
        assert settler.rested(FILE, Shape(size, size, 7), now) == now - since
        assert settler.watched(FILE, now) == now - seen[0][0]


def test_mtime_and_inode_count_as_well() -> None:
    settler = Settler()
    assert settler.rested(FILE, Shape(10, 1, 1), 0.0) == 0
    assert settler.rested(FILE, Shape(10, 1, 1), 2.0) == 2
    assert settler.rested(FILE, Shape(10, 2, 1), 4.0) == 0
    assert settler.rested(FILE, Shape(10, 2, 2), 6.0) == 0


def test_what_is_gone_is_forgotten() -> None:
    settler = Settler()
    settler.rested(FILE, Shape(10, 1, 1), 0.0)
    settler.forget_others(["other"])
    assert settler.rested(FILE, Shape(10, 1, 1), 9.0) == 0
    assert settler.watched("other", 9.0) == 0
