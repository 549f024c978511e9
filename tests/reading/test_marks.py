"""Seals and QR codes, drawn and found again."""

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from archiver.reading.colour import Pixels
from archiver.reading.marks import seals, symbols

WIDTH, HEIGHT = 1654, 2339
RED = (60, 50, 210)


def paper() -> Pixels:
    return np.full((HEIGHT, WIDTH, 3), 240, np.uint8)


def sealed(x: int, y: int, axes: tuple[int, int], angle: int = 0) -> Pixels:
    """A page with a ring, a star of sorts and letters in it, as seals have."""
    page = paper()
    cv2.ellipse(page, (x, y), axes, angle, 0, 360, RED, 8)
    cv2.circle(page, (x, y), 24, RED, -1)
    for turn in range(0, 300, 30):
        at = np.deg2rad(turn + 120)
        centre = int(x + 0.75 * axes[0] * np.cos(at)), int(y + 0.75 * axes[1] * np.sin(at))
        cv2.rectangle(page, (centre[0] - 12, centre[1] - 12), (centre[0] + 12, centre[1] + 12), RED)
    return page


@given(
    st.integers(300, WIDTH - 300),
    st.integers(300, HEIGHT - 300),
    st.sampled_from([(160, 160), (130, 130), (160, 120), (220, 220)]),
)
def test_a_seal_is_found_where_it_stands(x: int, y: int, axes: tuple[int, int]) -> None:
    (found,) = seals(sealed(x, y, axes))
    wanted = [(x - axes[0]) / WIDTH, (y - axes[1]) / HEIGHT, (x + axes[0]) / WIDTH]
    assert found[:3] == pytest.approx(wanted, abs=0.01)


def test_other_red_things_are_no_seals() -> None:
    page = paper()
    assert seals(page) == []
    cv2.rectangle(page, (100, 100), (WIDTH - 100, HEIGHT - 100), RED, 12)  # the border of a form
    cv2.circle(page, (800, 300), 150, RED, -1)  # an emblem, a ball
    cv2.line(page, (300, 1200), (1200, 1250), RED, 10)  # a stroke of a pencil
    cv2.putText(page, "VALID", (500, 1800), cv2.FONT_HERSHEY_SIMPLEX, 8, RED, 20)
    assert seals(page) == []


@pytest.mark.parametrize("turns", range(4))
def test_a_qr_code_is_read_whichever_way_it_stands(turns: int) -> None:
    said = "统一社会信用代码:X\n名称:青梧市样本运输有限公司"
    code = zxingcpp.create_barcode(said, zxingcpp.BarcodeFormat.QRCode)
    drawn = np.array(code.to_image(scale=5))
    page = paper()
    page[1500 : 1500 + drawn.shape[0], 200 : 200 + drawn.shape[1]] = drawn[:, :, None]
    ((text, edges),) = symbols(np.ascontiguousarray(np.rot90(page, turns)))
    assert text == said
    assert all(0 <= edge <= 1 for edge in edges)
    assert edges[0] < edges[2]
    assert edges[1] < edges[3]


def test_a_page_without_codes_says_nothing() -> None:
    assert list(symbols(paper())) == []
