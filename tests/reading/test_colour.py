"""Coloured print is told from paper, whatever the light, and taken away."""

import cv2
import numpy as np
import pytest

from archiver.reading.colour import Pixels, gold, matters, red, without_gold, without_red

GOLDEN, RED_INK, BLACK = (60, 130, 170), (70, 60, 200), (40, 40, 40)
PAPERS = [(235, 235, 235), (190, 205, 215), (150, 160, 170)]
"""White; cream; grey in the shade. Blue first."""


def sheet(paper: tuple[int, int, int]) -> Pixels:
    page = np.full((400, 300, 3), paper, np.uint8)
    cv2.putText(page, "9199", (40, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, BLACK, 4)
    return page


@pytest.mark.parametrize("paper", PAPERS)
def test_golden_print_over_black_is_taken_away(paper: tuple[int, int, int]) -> None:
    page = sheet(paper)
    over = page.copy()
    cv2.putText(over, "GOLD", (30, 100), cv2.FONT_HERSHEY_SIMPLEX, 2, GOLDEN, 8)
    mask = gold(over)
    assert matters(mask)
    assert not matters(red(page))
    bare = without_gold(over, mask)
    assert np.abs(bare.astype(int) - page.astype(int)).max() < 25


@pytest.mark.parametrize("paper", PAPERS)
def test_red_and_black_print_are_not_golden(paper: tuple[int, int, int]) -> None:
    page = sheet(paper)
    cv2.circle(page, (200, 300), 60, RED_INK, 6)
    assert not gold(page).any()
    mask = red(page)
    assert matters(mask)
    assert without_red(page, mask)[240, 200].min() > 180


def test_paper_of_that_colour_is_no_print() -> None:
    page = sheet((235, 235, 235))
    page[:, :120] = GOLDEN
    assert not gold(page).any()
