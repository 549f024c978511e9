"""Inside an OCR process: coloured print on a page, and the page without it."""

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height × width × 3, blue first."""
Mask = NDArray[np.bool_]
"""Height × width: which pixels are meant."""

_RED = 40
"""How much brighter than the other colours red must be."""
_GOLD, _MOST_GOLD = 16, 0.15
"""How much more green than blue gold has, beside the paper; from which share of the page it is the
colour of the paper."""
_AROUND = 15
"""Pixels around golden print among which the colour of the paper is found. Larger print stays, at
least in the middle of its strokes: it covers nothing."""
_LEAST = 0.002
"""Share of a page from which something on it is printed in a colour."""


def red(pixels: Pixels) -> Mask:
    """Where the page is red."""
    blue, green, bright = cv2.split(pixels)
    return np.asarray(cv2.subtract(bright, cv2.max(blue, green)) > _RED)


def gold(pixels: Pixels) -> Mask:
    """Where the page has golden or brown print; red ink has as much green as blue, and is none."""
    warm = cv2.subtract(pixels[:, :, 1], pixels[:, :, 0])
    found = np.asarray(warm > np.median(warm[::8, ::8]) + _GOLD, np.uint8)
    found = np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), np.uint8)
    share = np.count_nonzero(found) / found.size
    return np.asarray((found > 0) & (share < _MOST_GOLD))


def matters(mask: Mask) -> bool:
    """Whether there is more of a colour than specks."""
    return bool(np.count_nonzero(mask) > _LEAST * mask.size)


def without_red(pixels: Pixels, mask: Mask) -> Pixels:
    """The page with its red channel where it is red: there, red is as bright as paper."""
    bare = pixels.copy()
    bare[mask] = pixels[mask][:, 2:]
    return bare


def without_gold(pixels: Pixels, mask: Mask) -> Pixels:
    """The page with the colour of the paper around it where it is golden."""
    bare = pixels.copy()
    around = np.ones((_AROUND, _AROUND), np.uint8)
    paper = cv2.blur(cv2.dilate(pixels, around), (_AROUND, _AROUND))
    bare[mask] = paper[mask]
    return bare
