"""Inside an OCR process: what stands on a page beside its print: round seals, and QR codes."""

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from archiver.reading.colour import Pixels

Edges = list[float]
"""x0, y0, x1, y1 as fractions of the page."""

_SIDE = 640
"""Long side of the copy on which seals are looked for: a seal has 60 pixels there and more."""
_RED = 30
"""How much brighter than the other colours red ink must be."""
_LEAST, _MOST = 0.08, 0.35
"""Diameter of a seal (40 to 58 mm), as a share of the short side of its page: of a licence of
297 mm, of a receipt."""
_ROUND = 1.5
"""Longest to shortest side of the hull: seals for invoices are ovals of 40 × 30 mm."""
_SECTORS, _RIM, _CLOSED = 24, 0.78, 0.8
"""Share of the sectors in which something red lies near the edge: a ring, broken here and there."""
_INNER, _WRITTEN = 0.5, 0.003
"""Radius within which a seal has a star or letters, and their least share of the hull: an O has
none."""
_FULLEST = 0.6
"""Share of the hull that is red at most: a ring with letters is mostly empty, an emblem is not."""
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_LONGEST = 2_000
"""Characters of one QR code; more is no text for people (ISO/IEC 18004 allows 4,296)."""


def seals(pixels: Pixels) -> list[Edges]:
    """Where round or oval red seals stand."""
    scale = min(1.0, _SIDE / max(pixels.shape))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    blue, green, red = cv2.split(small)
    ink = np.asarray(cv2.subtract(red, cv2.max(blue, green)) > _RED, np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, labels, hulls, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = ink.shape
    found = []
    for number, (x, y, w, h, _) in enumerate(hulls[1:].tolist(), start=1):
        least, most = (bound * min(height, width) for bound in (_LEAST, _MOST))
        if least <= min(w, h) and max(w, h) <= min(most, _ROUND * min(w, h)):
            hull = np.s_[y : y + h, x : x + w]
            if _is_ring(ink[hull] * (labels[hull] == number)) and _is_written(ink[hull]):
                found.append([x / width, y / height, (x + w) / width, (y + h) / height])
    return found


def _is_ring(line: NDArray[np.uint8]) -> bool:
    """Whether red lies along the edge of the oval that fills the hull, and not all over it."""
    rim = _radii(line) > _RIM
    height, width = line.shape
    ys, xs = np.nonzero((line > 0) & rim)
    turns = np.arctan2((ys + 0.5) / height - 0.5, (xs + 0.5) / width - 0.5) / (2 * np.pi) + 0.5
    sectors = np.unique((turns * _SECTORS).astype(int) % _SECTORS)
    fits = np.count_nonzero(line) < _FULLEST * line.size and len(sectors) >= _CLOSED * _SECTORS
    return bool(fits)


def _is_written(hull: NDArray[np.uint8]) -> bool:
    """Whether something stands inside the ring."""
    return bool(np.count_nonzero(hull[_radii(hull) < _INNER]) > _WRITTEN * hull.size)


def _radii(hull: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How far out every pixel lies: 1 on the oval that fills the hull."""
    height, width = hull.shape
    down = (np.arange(height) + 0.5) / height * 2 - 1
    across = (np.arange(width) + 0.5) / width * 2 - 1
    return np.asarray(np.hypot(down[:, None], across[None, :]))


def symbols(pixels: Pixels) -> Iterator[tuple[str, Edges]]:
    """The text of every QR code, and where it stands."""
    height, width = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    for code in zxingcpp.read_barcodes(grey, formats=_QR):
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        x, y = [one.x / width for one in corners], [one.y / height for one in corners]
        edges = [float(np.clip(v, 0, 1)) for v in (min(x), min(y), max(x), max(y))]
        if code.text.strip():
            yield code.text[:_LONGEST], edges
