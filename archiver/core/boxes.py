"""Boxes of lines as they would lie on a page that is not skewed."""

from archiver.core.model import Box

_THINNEST = 0.25
"""Least share of its height that a line keeps: the lines of a page do not all fall alike."""


def straight(box: Box, slope: float) -> Box:
    """The box of a line on the same page set straight: to compare it with others, not to show.

    Args:
        box: the hull of the line as it lies.
        slope: how far lines fall from the left edge to the right, as a fraction of the height.
    """
    x0, y0, x1, y1 = box
    height = y1 - y0
    half = max(height - abs(slope) * (x1 - x0), height * _THINNEST) / 2
    middle = (y0 + y1) / 2 - slope * ((x0 + x1) / 2 - 0.5)
    return x0, middle - half, x1, middle + half
