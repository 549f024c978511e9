"""How a page is read, with a recogniser that sees what the test wrote down."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from archiver.reading.colour import Pixels
from archiver.reading.ocr import PageReader, Quads, Read, _slope, look_of

HEIGHT, WIDTH = 800, 600


def quad(x: int, y: int, width: int, height: int) -> list[list[int]]:
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]


def test_the_look_of_a_page_is_that_of_its_larger_parts() -> None:
    page = np.full((HEIGHT, WIDTH, 3), 230, np.uint8)
    page[100:300, 50:280] = 40
    page[500:560, 300:550] = 90
    look = int(look_of(page), 16)
    noise = np.random.default_rng(1).normal(0, 6, page.shape)
    again = np.roll(np.clip(page * 0.9 + noise, 0, 255).astype(np.uint8), 4, axis=1)
    coarse = np.ascontiguousarray(page[::3, ::3])
    assert (look ^ int(look_of(coarse), 16)).bit_count() <= 2
    assert int(look_of(np.rot90(again, 2)), 16) != look
    assert len(look_of(np.full((3, 3, 3), 9, np.uint8))) == 16


@dataclass
class Answer:
    boxes: Quads | None = None
    txts: Sequence[str] | None = None
    scores: Sequence[float] | None = None
    cls_res: Sequence[Read] | None = None


@dataclass
class Sheet:
    """A page with lines; its top left corner is marked, so that turning can be seen."""

    lines: list[tuple[list[list[int]], str, float]]
    asked: list[tuple[int, int]] = field(default_factory=list)

    def pixels(self) -> Pixels:
        page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
        page[:10, :10] = 0
        return page

    def __call__(self, image: Pixels, *, use_det: bool, use_cls: bool, use_rec: bool) -> Answer:
        if use_det:
            return self._found(image)
        if use_cls:
            return Answer(cls_res=[("180" if self._turned else "0", 0.99)])
        self.asked.append((image.shape[1], image.shape[0]))
        text, score = self._read.pop(0)
        return Answer(txts=[text] if text else None, scores=[score])

    def _found(self, image: Pixels) -> Answer:
        """Lines lie flat when the mark is at the top left or bottom right, else they run down."""
        corners = {
            name: image[y, x].max() < 128
            for name, (y, x) in {"tl": (2, 2), "tr": (2, -3), "bl": (-3, 2), "br": (-3, -3)}.items()
        }
        self._turned = corners["br"]
        self._read = [(text, score) for _, text, score in self.lines]
        flat = corners["tl"] or corners["br"]
        quads = [one for one, _, _ in self.lines]
        if not flat:
            quads = [[[y, x] for x, y in one] for one in quads]
            quads = [[one[0], one[3], one[2], one[1]] for one in quads]
        scale = max(image.shape[:2]) / HEIGHT
        found = np.asarray(quads, np.float32) * np.float32(scale)
        return Answer(boxes=found if len(quads) else None)


def crop(pixels: Pixels, found: Quads) -> Pixels:
    width, height = int(found[1][0] - found[0][0]), int(found[3][1] - found[0][1])
    return np.zeros((max(1, height), max(1, width), 3), np.uint8)


LINES = [
    (quad(50, 40, 300, 30), "采购 合同", 0.99),
    (quad(50, 100, 500, 30), "甲方样本公司乙方样本公司丙方样本", 0.99),
    (quad(50, 160, 100, 30), "看不清", 0.3),
    (quad(50, 200, 100, 30), "", 0.9),
]


def test_a_page_gives_its_lines_with_boxes() -> None:
    sheet = Sheet(LINES)
    rotation, _, lines = PageReader(sheet, crop).read(sheet.pixels())
    assert rotation == 0
    assert [line[0] for line in lines] == ["采购合同", "甲方样本公司乙方样本公司丙方样本"]
    expected = [50 / WIDTH, 40 / HEIGHT, 350 / WIDTH, 70 / HEIGHT]
    assert lines[0][1] == pytest.approx(expected, abs=1e-6)


def test_a_turned_page_is_turned_back() -> None:
    for turns, expected in ((0, 0), (1, 90), (2, 180), (3, 270)):
        sheet = Sheet(LINES)
        turned = np.ascontiguousarray(np.rot90(sheet.pixels(), turns))
        rotation, _, lines = PageReader(sheet, crop).read(turned)
        assert rotation == expected
        assert len(lines) == 2


def test_a_long_line_is_read_squeezed_and_again_when_that_does_not_do() -> None:
    long = quad(0, 40, 600, 30)
    sure, unsure, narrow = ("合" * 20, 0.99), ("合" * 20, 0.7), ("HT2024", 0.99)
    for (text, score), reads in ((sure, 1), (unsure, 2), (narrow, 2)):
        sheet = Sheet([(long, text, score), (long, text, score)])
        page = sheet.pixels()
        reader = PageReader(sheet, crop)
        reader._find(page)
        found = list(reader._texts(page, np.asarray([long], np.float32)))
        assert len(sheet.asked) == reads
        assert sheet.asked[0][0] < 600
        assert found == [(text, score)]


def test_small_print_is_looked_for_on_a_larger_copy() -> None:
    seen: list[int] = []

    class Watching(Sheet):
        def _found(self, image: Pixels) -> Answer:
            seen.append(max(image.shape[:2]))
            return super()._found(image)

    sheet = Watching([(quad(0, 0, 100, 2), "小字", 0.9)])
    page = np.kron(sheet.pixels(), np.ones((4, 4, 1), np.uint8))
    PageReader(sheet, crop)._find(page)
    assert len(seen) == 2
    assert seen[1] > seen[0]


def test_a_blank_page_has_no_lines() -> None:
    sheet = Sheet([])
    assert PageReader(sheet, crop).read(sheet.pixels()) == (0, [0.0, 0.0], [])


@dataclass
class Doubtful(Sheet):
    """A page whose lines the classifier takes by turns for upright and for turned."""

    upright: bool = True
    answers: list[str] = field(default_factory=list)

    def __call__(self, image: Pixels, *, use_det: bool, use_cls: bool, use_rec: bool) -> Answer:
        if use_cls:
            self.answers.append("180" if len(self.answers) % 2 else "0")
            return Answer(cls_res=[(self.answers[-1], 0.8)] if len(self.answers) < 4 else None)
        if use_rec and not use_det:
            reads_well = bool(image[0, 0].any()) != self.upright
            return Answer(txts=["合同"], scores=[0.95 if reads_well else 0.4])
        return super().__call__(image, use_det=use_det, use_cls=use_cls, use_rec=use_rec)


@pytest.mark.parametrize("upright", [True, False])
def test_a_narrow_vote_on_which_way_is_up_is_settled_by_reading(upright: bool) -> None:
    def marked(pixels: Pixels, found: Quads) -> Pixels:
        line = crop(pixels, found)
        line[-1, -1] = 255
        return line

    sheet = Doubtful(LINES, upright=upright)
    page = sheet.pixels()
    reader = PageReader(sheet, marked)
    assert reader._on_its_head(page, reader._find(page)) != upright


def falling(y: int, by: float, x: int = 50, width: int = 400) -> list[list[float]]:
    """A line that falls by so many pixels a pixel."""
    down = by * width
    return [[x, y], [x + width, y + down], [x + width, y + down + 20], [x, y + 20]]


@pytest.mark.parametrize(("top", "bottom"), [(0.1, 0.1), (-0.08, -0.08), (0.1, -0.1), (0.0, 0.0)])
def test_the_slope_of_a_page_is_what_its_lines_agree_on(top: float, bottom: float) -> None:
    rows = range(50, 750, 50)
    quads = [falling(y, top + (bottom - top) * y / HEIGHT) for y in rows]
    quads.append(falling(300, 0.7))  # the text around a seal
    quads.append(falling(300, -0.9, width=20))
    found = _slope(np.asarray(quads, np.float32), WIDTH, HEIGHT)
    share = WIDTH / HEIGHT
    assert found == pytest.approx([top * share, bottom * share], abs=0.015)


@dataclass
class Stamped(Sheet):
    """A page with a seal over its first line, which breaks it in two, and a red title."""

    def pixels(self) -> Pixels:
        page = super().pixels()
        page[90:140, 200:260] = (60, 60, 220)  # the seal
        page[95:105, 210:250] = (20, 20, 70)  # print under it
        page[20:50, 50:350] = (40, 40, 210)  # the title
        return page

    def __call__(self, image: Pixels, *, use_det: bool, use_cls: bool, use_rec: bool) -> Answer:
        if use_det:
            self._turned = False
            red = bool((image[:, :, 2].astype(int) - image[:, :, 1] > 100).any())
            whole = [quad(50, 95, 400, 30), quad(50, 300, 400, 30)]
            pieces = [quad(50, 95, 150, 30), quad(270, 95, 180, 30), quad(50, 20, 300, 30)]
            quads = np.asarray([*pieces, whole[1]] if red else whole, np.float32)
            return Answer(boxes=quads * np.float32(max(image.shape[:2]) / HEIGHT))
        if use_rec:
            red = bool((image[:, :, 2].astype(int) - image[:, :, 1] > 100).any())
            return Answer(txts=[f"{'红' if red else '黑'}{image.shape[1]}"], scores=[0.99])
        return super().__call__(image, use_det=use_det, use_cls=use_cls, use_rec=use_rec)


def test_a_seal_breaks_no_line_and_red_print_is_read() -> None:
    def cut(pixels: Pixels, found: Quads) -> Pixels:
        (x0, y0), (x1, y1) = found.min(axis=0).astype(int), found.max(axis=0).astype(int)
        return pixels[y0:y1, x0:x1]

    sheet = Stamped([])
    _, _, lines = PageReader(sheet, cut).read(sheet.pixels())
    assert [text for text, *_ in lines] == ["黑400", "红300", "黑400"]


@dataclass
class Gilded(Sheet):
    """A page whose number can be read only where nothing golden is; `bare` is what is seen then."""

    bare: str = ""
    seen: str = ""
    finds: int = 0

    def pixels(self) -> Pixels:
        page = super().pixels()
        for x in range(100, 400, 12):
            page[90:140, x : x + 4] = (60, 130, 170)
        return page

    def __call__(self, image: Pixels, *, use_det: bool, use_cls: bool, use_rec: bool) -> Answer:
        golden = bool((image[:, :, 1].astype(int) - image[:, :, 0] > 50).any())
        if use_det:
            self._turned, self.finds = False, self.finds + 1
            where = [quad(50, 95, 400, 30)] if golden else [quad(40, 95, 500, 30)]
            return Answer(boxes=np.asarray(where, np.float32))
        if use_rec:
            return Answer(txts=[self.seen if golden else self.bare], scores=[0.9])
        return super().__call__(image, use_det=use_det, use_cls=use_cls, use_rec=use_rec)


def test_a_number_under_golden_print_is_read_without_it() -> None:
    code = "91990100MA00000015"
    for seen, bare, found in (
        ("代副本)1227", f"代码{code}", [f"代码{code}"]),  # covered
        ("代副本)1227", "代码", ["代副本)1227"]),  # what else is under it stays as it was
        (f"代码{code}", "something else", [f"代码{code}"]),  # nothing to look for
    ):
        sheet = Gilded([], bare=bare, seen=seen)
        _, _, lines = PageReader(sheet, _cut).read(sheet.pixels())
        assert [text for text, *_ in lines] == found
        assert sheet.finds == (1 if code in seen else 2)


def _cut(pixels: Pixels, found: Quads) -> Pixels:
    (x0, y0), (x1, y1) = found.min(axis=0).astype(int), found.max(axis=0).astype(int)
    return pixels[y0:y1, x0:x1]
