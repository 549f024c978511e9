"""TIFFs built by hand: both byte orders are divided, whatever is odd stays whole."""

import contextlib
import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archiver.reading.batch_tiff import copied, leaves
from archiver.reading.divide import Cut, Leaf, Run
from archiver.reading.image import Bounds
from archiver.reading.page import Trouble
from archiver.reading.parse import _LIBRARY_FAILURES
from tests.nightly import often
from tests.reading.papers import written

BOUNDS = Bounds(100, 100_000_000, 9_000_000)
BLANKS = Cut(True, None)
SIDE = 120
EMPTY, INKED = Image.new("L", (SIDE, SIDE), 255), Image.new("L", (SIDE, SIDE), 255)
INKED.paste(0, (40, 40, 80, 80))
LONG, SHORT = 4, 3
Extra = tuple[int, int, int, int]
"""Tag, type, count, value."""


def plain(
    order: str, pages: list[Image.Image], extra: tuple[Extra, ...] = (), *, loop: bool = False
) -> bytes:
    """Grey pages without compression, two strips each; with `loop` the last leads to the first."""
    made = bytearray(struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8))
    half = SIDE * SIDE // 2
    for number, page in enumerate(pages, start=1):
        entries = [
            *((tag, SHORT, 1, value) for tag, value in ((256, SIDE), (257, SIDE), (258, 8))),
            *((tag, SHORT, 1, value) for tag, value in ((259, 1), (262, 1))),
            (277, SHORT, 1, 1),
            (278, SHORT, 1, SIDE // 2),
            *extra,
        ]
        values = len(made) + 2 + 12 * (len(entries) + 2) + 4
        pixels = values + 16
        entries += [(273, LONG, 2, values), (279, LONG, 2, values + 8)]
        made += struct.pack(f"{order}H", len(entries))
        for tag, kind, count, value in sorted(entries):
            packed = struct.pack(f"{order}{'H' if kind == SHORT else 'I'}", value).ljust(4, b"\0")
            made += struct.pack(f"{order}HHI", tag, kind, count) + packed
        last = number == len(pages)
        made += struct.pack(f"{order}I", (8 if loop else 0) if last else pixels + 2 * half)
        made += struct.pack(f"{order}4I", pixels, pixels + half, half, half) + page.tobytes()
    return bytes(made)


@pytest.mark.parametrize("order", "<>")
def test_both_byte_orders_keep_every_pixel(tmp_path: Path, order: str) -> None:
    path = written(tmp_path, "scan", plain(order, [INKED, EMPTY, INKED, INKED]))
    assert leaves(path, BLANKS, BOUNDS) == [Leaf.PAPER, Leaf.BLANK, Leaf.PAPER, Leaf.PAPER]
    with Image.open(io.BytesIO(copied(path, Run(2, 3)))) as part:
        assert getattr(part, "n_frames", 1) == 2
        found = []
        for number in range(2):
            part.seek(number)
            found.append(part.tobytes())
    assert found == [EMPTY.tobytes(), INKED.tobytes()]


@pytest.mark.parametrize(
    "content",
    [
        plain("<", [INKED, INKED], ((254, LONG, 1, 1),)),
        plain("<", [INKED, INKED], ((34665, LONG, 1, 8),)),
        plain("<", [INKED, INKED], ((330, LONG, 1, 8),)),
        plain("<", [INKED, INKED], ((65000, 99, 1, 8),)),
        plain("<", [INKED, INKED], ((324, LONG, 1, 8),)),
        plain("<", [INKED, INKED], loop=True),
        b"XX*\0" + plain("<", [INKED])[4:],
    ],
    ids=["preview", "exif", "sub", "type", "tiles", "loop", "order"],
)
def test_what_is_odd_stays_whole(tmp_path: Path, content: bytes) -> None:
    assert leaves(written(tmp_path, "scan", content), BLANKS, BOUNDS) == []


@settings(max_examples=often(60))
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_spoiled_one_fails_like_any_damaged_file(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    """As the parser process takes it: one of its known failures, never another."""
    content = bytearray(plain("<", [INKED, EMPTY, INKED]))
    for at, value in changes:
        content[at] = value
    path = tmp_path_factory.mktemp("spoiled") / "scan"
    path.write_bytes(content)
    with contextlib.suppress(*_LIBRARY_FAILURES, Trouble):
        found = leaves(path, BLANKS, BOUNDS)
        for number in range(1, len(found) + 1):
            copied(path, Run(number, number))
