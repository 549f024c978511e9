"""Boxes of lines as they would lie on a page that is not skewed."""

from archiver.core.model import Box, Slope

_THINNEST = 0.25
"""Least share of its height that a line keeps: the lines of a page do not all fall alike."""


def straight(box: Box, slope: Slope) -> Box:
    """The box of a line on the same page set straight: to compare it with others, not to show.

    Args:
        box: the hull of the line as it lies.
        slope: of the lines at the top and at the bottom of its page.
    """
    x0, y0, x1, y1 = box
    height, middle = y1 - y0, (y0 + y1) / 2
    falls = slope[0] + (slope[1] - slope[0]) * middle
    half = max(height - abs(falls) * (x1 - x0), height * _THINNEST) / 2
    middle -= falls * ((x0 + x1) / 2 - 0.5)
    return x0, middle - half, x1, middle + half
