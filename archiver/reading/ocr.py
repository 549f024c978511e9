"""Inside an OCR process: pixels in, lines out. It never sees a foreign file."""

import importlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from archiver.core.normalise import close_up
from archiver.reading.colour import Mask, Pixels, gold, matters, red, without_gold, without_red
from archiver.reading.engines import ENGINES, Engine
from archiver.reading.frames import Header
from archiver.reading.marks import seals, symbols
from archiver.reading.worker import Answer, Options

_SIDE = 1280
"""Long side on which lines are looked for; letters are read on the page's own pixels."""
_MAX_SIDE = 2560
_SMALL, _WELL = 13.0, 18.0
"""Height of a line, in pixels of the search, below which print is small; and what it should be."""
_LEAST_SCORE = 0.5
_LONG = 12.0
"""Width of a line, in heights, from which it pays to read it squeezed first."""
_SQUEEZE = 0.45
_SURE_SQUEEZED = 0.97
_NARROW = re.compile("[0-9A-Za-z]{2}")
"""Digits and Latin letters are half as wide as Han: squeezed, neighbours run into one."""
_TRIES = 3
"""Lines of a page that are tried squeezed before it shows whether that pays."""
_VOTERS = 9
_CLEAR = 0.6
"""Share of the votes by which a majority is taken at its word."""
_READERS = 3
_LONG_NUMBER = re.compile("[0-9A-Z]{15}")
"""Credit codes have 18 places, registration numbers 15."""
_TOUCHED = 0.03
"""Share of a line that is coloured where a seal or a title runs over it."""
_FLAT = 3.0
"""Width of a line, in heights, from which it tells how the page is skewed."""
_FAN, _SPREAD = 8, 0.3
"""Lines, and share of the height they stand in, from which they tell how that changes."""
_LEVEL = 0.01
"""Share of the height by which lines may fall otherwise than most."""

Quads = NDArray[np.float32]
"""Lines × 4 corners × (x, y), in pixels, clockwise from the corner where the text begins."""
Read = tuple[str, float]
"""Text and confidence."""


class _Result(Protocol):
    """What the recogniser gives; every field may be missing or None."""

    boxes: Quads | None
    txts: Sequence[str] | None
    scores: Sequence[float] | None
    cls_res: Sequence[Read] | None


class Recogniser(Protocol):
    """RapidOCR: finds lines, tells whether one stands on its head, reads one."""

    def __call__(self, image: Pixels, *, use_det: bool, use_cls: bool, use_rec: bool) -> _Result:
        """Do the steps that are asked for."""
        ...


def serve(options: Options) -> Answer:
    """The answering function of an OCR process; loads everything first."""
    logging.disable(logging.CRITICAL)
    recogniser = load(ENGINES[str(options["engine"])])
    crop: Callable[[Pixels, Quads], Pixels] = importlib.import_module(
        "rapidocr.utils.process_img"
    ).get_rotate_crop_image
    page_reader = PageReader(recogniser, crop)

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        width, height = (int(str(request[side])) for side in ("width", "height"))
        pixels = np.frombuffer(raw, np.uint8).reshape(height, width, 3)[:, :, ::-1]
        rotation, slope, lines = page_reader.read(np.ascontiguousarray(pixels))
        told: Header = {"last": True, "rotation": rotation, "slope": slope, "lines": lines}
        upright = np.ascontiguousarray(np.rot90(pixels, -rotation // 90))
        said = [(text, edges, 1.0) for text, edges in symbols(upright)]
        yield {**told, "look": look_of(upright), "seals": seals(upright), "symbols": said}, b""

    return answer


def look_of(pixels: Pixels) -> str:
    """A difference hash: of 9 × 8 fields of the page, whether each is darker than its neighbour.

    It hardly changes when the page is scanned again: 64 bits, as 16 hex digits.
    """
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGR2GRAY)
    fields = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA)
    return np.packbits(fields[:, 1:] > fields[:, :-1]).tobytes().hex()


def load(engine: Engine) -> Recogniser:
    """The recogniser on that engine, with the models of its own wheel."""
    rapidocr = importlib.import_module("rapidocr")
    kind = rapidocr.EngineType(engine.name)
    settings = {
        **{f"{part}.engine_type": kind for part in ("Det", "Cls", "Rec")},
        **engine.settings,
        "Global.log_level": "critical",
        "Global.use_preprocess_img": False,
        "Rec.rec_batch_num": 1,
        "Det.limit_type": "max",
        "Det.limit_side_len": _MAX_SIDE,
    }
    recogniser: Recogniser = rapidocr.RapidOCR(params=settings)
    # Each model is loaded with the first picture it sees; the first page should not wait for that.
    blank = np.full((48, 320, 3), 255, np.uint8)
    for step in range(3):
        recogniser(blank, use_det=step == 0, use_cls=step == 1, use_rec=step == 2)
    return recogniser


class PageReader:
    """Reads one page after the other."""

    def __init__(self, recogniser: Recogniser, crop: Callable[[Pixels, Quads], Pixels]) -> None:
        self._recogniser = recogniser
        self._crop = crop

    def read(self, pixels: Pixels) -> tuple[int, list[float], list[tuple[str, list[float], float]]]:
        """What the page says.

        Returns:
            How far it was turned for reading (degrees clockwise); how far its lines fall from edge
            to edge at its top and at its bottom (fractions of its height); the lines: text, box
            (x0, y0, x1, y1 as fractions of the turned page), confidence.
        """
        rotation, pixels, quads = self._upright(pixels)
        height, width = pixels.shape[:2]
        lines = []
        for quad, (text, score) in self._under_gold(pixels, list(self._read(pixels, quads))):
            text = close_up(text.strip())
            if text and score >= _LEAST_SCORE:
                x, y = quad[:, 0] / width, quad[:, 1] / height
                box = [float(np.clip(v, 0, 1)) for v in (x.min(), y.min(), x.max(), y.max())]
                lines.append((text, box, round(min(1.0, float(score)), 4)))
        return rotation, _slope(quads, width, height), lines

    def _read(self, pixels: Pixels, quads: Quads) -> Iterator[tuple[Quads, Read]]:
        """Every line with its text; those under something red as they are without it.

        A seal over a line breaks it in pieces. In the red channel alone the seal is as bright as
        paper, and the print under it stays; what was found only in colour is red print.
        """
        ink = red(pixels)
        if matters(ink):
            bare = without_red(pixels, ink)
            found = self._find(bare)
            under = np.asarray([one for one in found if _is_stamped(one, ink)], np.float32)
            yield from zip(under, self._texts(bare, under), strict=True)
            quads = np.asarray([one for one in quads if not _covered(one, under)], np.float32)
        yield from zip(quads, self._texts(pixels, quads), strict=True)

    def _under_gold(
        self, pixels: Pixels, read: list[tuple[Quads, Read]]
    ) -> list[tuple[Quads, Read]]:
        """What was read, with the number that golden print covers where no number was read.

        Licences print （副本） over their own number. Looking once more costs a sixth of the page,
        and the edges of letters suffer: nothing else is taken from there.
        """
        covers = gold(pixels)
        if any(_LONG_NUMBER.search(text) for _, (text, _) in read) or not matters(covers):
            return read
        bare = without_gold(pixels, covers)
        found = np.asarray([one for one in self._find(bare) if _is_stamped(one, covers)])
        again = zip(found, self._texts(bare, found), strict=True)
        new = [one for one in again if _LONG_NUMBER.search(one[1][0])]
        over = np.asarray([quad for quad, _ in new], np.float32)
        return [*(one for one in read if not _covered(one[0], over)), *new]

    def _upright(self, pixels: Pixels) -> tuple[int, Pixels, Quads]:
        """Turn the page until its lines lie flat and stand on their feet."""
        rotation = 0
        quads = self._find(pixels)
        if sum(map(_is_tall, quads)) * 2 > len(quads):
            rotation, pixels = 90, np.ascontiguousarray(np.rot90(pixels, -1))
            quads = self._find(pixels)
        if self._on_its_head(pixels, quads):
            rotation, pixels = rotation + 180, np.ascontiguousarray(np.rot90(pixels, 2))
            quads = self._find(pixels)
        return rotation, pixels, quads

    def _find(self, pixels: Pixels) -> Quads:
        """The lines of the page; small print is looked for again on a larger copy."""
        quads = self._find_at(pixels, _SIDE)
        scale = min(1.0, _SIDE / max(pixels.shape))
        if not len(quads) or scale == 1.0:
            return quads
        height = scale * float(np.median([min(_sides(quad)) for quad in quads]))
        if height >= _SMALL:
            return quads
        return self._find_at(pixels, min(_MAX_SIDE, int(_SIDE * _WELL / height)))

    def _find_at(self, pixels: Pixels, side: int) -> Quads:
        """The lines found on a copy with that long side, in pixels of the page."""
        scale = min(1.0, side / max(pixels.shape))
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = self._recogniser(small, use_det=True, use_cls=False, use_rec=False).boxes
        if found is None:
            return np.empty((0, 4, 2), np.float32)
        return np.asarray(found, np.float32) / np.float32(scale)

    def _on_its_head(self, pixels: Pixels, quads: Quads) -> bool:
        """The vote of the longest lines; where it is narrow, some are read both ways."""
        longest = sorted(quads, key=lambda quad: -max(_sides(quad)))[:_VOTERS]
        voters = [self._crop(pixels, quad) for quad in longest]
        votes = [self._vote(line) for line in voters]
        total = sum(map(abs, votes))
        if abs(sum(votes)) >= _CLEAR * total:
            return sum(votes) > 0
        shortest = sorted(voters, key=lambda line: line.shape[1] / line.shape[0])[:_READERS]
        turned = [np.ascontiguousarray(np.rot90(line, 2)) for line in shortest]
        return sum(self._text(line)[1] for line in turned) > sum(
            self._text(line)[1] for line in shortest
        )

    def _vote(self, line: Pixels) -> float:
        """How sure the classifier is that a line stands on its head; negative: on its feet."""
        found = self._recogniser(line, use_det=False, use_cls=True, use_rec=False).cls_res
        if not found:
            return 0.0
        return float(found[0][1]) * (1 if found[0][0] == "180" else -1)

    def _texts(self, pixels: Pixels, quads: Quads) -> Iterator[Read]:
        """The text of every line, long ones squeezed first.

        The time goes with the width. Han characters stay as readable at 0.45 of their width; a line
        that turns out to hold narrow letters, or is doubtful, is read again as it is. Where that
        happens to most lines of a page, the first try is left out.
        """
        tried = again = 0
        for quad in quads:
            line = self._crop(pixels, quad)
            if line.shape[1] >= _LONG * line.shape[0] and again * 2 <= tried + _TRIES:
                tried += 1
                text, score = self._text(cv2.resize(line, None, fx=_SQUEEZE, fy=1.0))
                if score >= _SURE_SQUEEZED and not _NARROW.search(text):
                    yield text, score
                    continue
                again += 1
            yield self._text(line)

    def _text(self, line: Pixels) -> Read:
        """The text of one line."""
        found = self._recogniser(line, use_det=False, use_cls=False, use_rec=True)
        return (found.txts[0], found.scores[0]) if found.txts and found.scores else ("", 0.0)


def _sides(quad: NDArray[np.float32]) -> tuple[float, float]:
    """Width and height of a line as it is read."""
    return float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[0] - quad[3]))


def _is_tall(quad: NDArray[np.float32]) -> bool:
    """Whether a line of several characters runs up or down the page."""
    width, height = _sides(quad)
    return height > 1.5 * width


def _is_stamped(quad: Quads, ink: Mask) -> bool:
    """Whether a part of a line lies under coloured ink."""
    (x0, y0), (x1, y1) = quad.min(axis=0).astype(int), quad.max(axis=0).astype(int)
    line = ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
    return bool(np.count_nonzero(line) > _TOUCHED * line.size)


def _covered(quad: Quads, others: Quads) -> bool:
    """Whether half of the hull of a line lies in that of one of the others."""
    if not len(others):
        return False
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    low, high = others.min(axis=1), others.max(axis=1)
    across = np.minimum(high[:, 0], x1) - np.maximum(low[:, 0], x0)
    down = np.minimum(high[:, 1], y1) - np.maximum(low[:, 1], y0)
    shared = np.maximum(across, 0) * np.maximum(down, 0)
    return bool((shared > (x1 - x0) * (y1 - y0) / 2).any())


def _slope(quads: Quads, width: int, height: int) -> list[float]:
    """How far the lines of a page fall at its top and at its bottom, as most of them agree."""
    flat = [quad for quad in quads if _sides(quad)[0] > _FLAT * _sides(quad)[1]]
    if not flat:
        return [0.0, 0.0]
    across = np.asarray([quad[1] + quad[2] - quad[0] - quad[3] for quad in flat])
    falls = across[:, 1] / np.maximum(across[:, 0], 1.0) * width / height
    at = np.asarray([quad[:, 1].mean() for quad in flat]) / height
    off = np.abs(falls - np.median(falls))
    agree = off <= 3 * np.median(off) + _LEVEL
    ends = [float(np.median(falls))] * 2
    if agree.sum() >= _FAN and np.ptp(at[agree]) > _SPREAD:
        steeper, begins = np.polyfit(at[agree], falls[agree], 1, w=across[agree, 0] ** 0.5)
        ends = [float(begins), float(begins + steeper)]
    return [float(end) for end in np.clip(ends, -1.0, 1.0)]
