"""Lines of skewed pages, set straight again."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.boxes import straight
from archiver.core.model import FLAT, Box, Slope

SHARES = st.floats(0.05, 0.95)
FALLS = st.floats(-0.2, 0.2)


def skewed(box: Box, slope: Slope) -> Box:
    """The hull of a line that lay in `box` before its page was skewed."""
    x0, y0, x1, y1 = box
    falls = slope[0] + (slope[1] - slope[0]) * (y0 + y1) / 2
    left, right = falls * (x0 - 0.5), falls * (x1 - 0.5)
    return x0, y0 + min(left, right), x1, y1 + max(left, right)


@given(SHARES, SHARES, st.floats(0.05, 0.4), st.floats(0.05, 0.4), FALLS)
def test_what_stood_in_one_row_stands_there_again(
    left: float, top: float, width: float, gap: float, falls: float
) -> None:
    for start in (left, left + gap):
        box = (start, top, start + width, top + 0.03)
        found = straight(skewed(box, (falls, falls)), (falls, falls))
        assert abs((found[1] + found[3]) / 2 - (top + 0.015)) < 1e-9
        assert found[1] < found[3] <= found[1] + 0.03 + width * 0.2


def test_a_page_from_the_side_is_straightened_row_by_row() -> None:
    slope = (0.1, -0.1)
    for top in (0.1, 0.5, 0.8):
        found = [straight(skewed((x, top, x + 0.2, top + 0.02), slope), slope) for x in (0.05, 0.7)]
        assert abs(found[0][1] - found[1][1]) < 0.01


@given(SHARES, SHARES)
def test_a_flat_page_stays_as_it_is(x: float, y: float) -> None:
    box = (x, y, x + 0.04, y + 0.02)
    assert all(abs(a - b) < 1e-12 for a, b in zip(straight(box, FLAT), box, strict=True))
