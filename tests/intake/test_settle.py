"""A dropped file is complete when it has looked the same for long enough."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Shape
from archiver.intake.settle import Settler

looks = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12)


@given(looks, st.integers(0, 4))
def test_it_settles_when_it_has_looked_the_same_for_the_quiet_time(
    seen: list[tuple[int, int]], quiet: int
) -> None:
    settler = Settler(float(quiet))
    now, since, last = 0, 0, None
    for pause, size in seen:
        now += pause
        if size != last:
            last, since = size, now
        assert settler.look("a", Shape(size, 0, 0), float(now)) == (now - since >= quiet)


def test_what_is_gone_is_forgotten() -> None:
    settler, shape = Settler(2.0), Shape(1, 1, 1)
    for name in ("a", "b", "c"):
        assert not settler.look(name, shape, 0.0)
    settler.forget_others(["a", "c"])
    settler.forget("c")
    assert settler.look("a", shape, 2.0)
    assert not settler.look("b", shape, 2.0)
    assert not settler.look("c", shape, 2.0)
