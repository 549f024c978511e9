"""Inside a parser process: the pages of a batch that is a TIFF (TIFF 6.0), copied as they are."""

import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from archiver.reading.divide import Cut, Leaf, Run
from archiver.reading.image import Bounds, frames, upright
from archiver.reading.leaf import leaf_of

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Type of a value → bytes of one."""
_STRIPS = {273: 279, 324: 325}
"""Tag with the places of the pixels → tag with their lengths; strips and tiles."""
_SUBFILE, _POINTERS = 254, {330, 513, 34665, 34853, 40965}
"""Tags that point to more than pixels: previews, old JPEG, EXIF, GPS; such a file stays whole."""
_LONG = 4
_LINES_OF_DPI = 1240, 1754
"""Pixels of A4 at 150 dpi."""


class _Whole(Exception):
    """The file is of a kind that is not divided."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a directory: its tag, the type and count of its values, and their bytes."""

    tag: int
    kind: int
    count: int
    value: bytes


Directory = tuple[_Entry, ...]


def leaves(path: Path, cut: Cut, bounds: Bounds) -> list[Leaf]:
    """What each page is; nothing for a file that must stay whole."""
    with path.open("rb") as stream:
        try:
            pages = len(_directories(stream, bounds.pages)[1])
        except (_Whole, struct.error):
            return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=("TIFF",)) as picture:
            found = [_leaf(upright(one, bounds), cut) for one in frames(picture, bounds)]
    return found if len(found) == pages else []


def _leaf(page: Image.Image, cut: Cut) -> Leaf:
    """A page at about 150 dpi, whatever resolution it claims."""
    page.thumbnail((max(_LINES_OF_DPI), max(_LINES_OF_DPI)), Image.Resampling.BOX, None)
    return leaf_of(page, cut)


def copied(path: Path, run: Run) -> bytes:
    """Those pages as a TIFF of their own: their pixels as encoded, the same bytes each time."""
    with path.open("rb") as stream:
        order, found = _directories(stream, run.last)
        made = bytearray(struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8))
        chosen = found[run.first - 1 : run.last]
        for number, directory in enumerate(chosen, start=1):
            _append(made, stream, directory, order, last=number == len(chosen))
    return bytes(made)


def _directories(stream: BinaryIO, most: int) -> tuple[str, list[Directory]]:
    """The byte order and the directories, as many as asked for.

    Raises:
        _Whole: it is no plain TIFF.
    """
    mark, version, at = struct.unpack("<2sHI", _read(stream, 0, 8))
    order = {b"II": "<", b"MM": ">"}.get(mark)
    if order is None:
        raise _Whole
    version, at = struct.unpack(f"{order}HI", _read(stream, 2, 6))
    if version != 42:
        raise _Whole
    found: list[Directory] = []
    seen = set[int]()
    while at and len(found) < most:
        if at in seen:
            raise _Whole
        seen.add(at)
        directory, at = _directory(stream, at, order)
        found.append(directory)
    return order, found


def _directory(stream: BinaryIO, at: int, order: str) -> tuple[Directory, int]:
    """The directory at that place, and where the next one is."""
    (count,) = struct.unpack(f"{order}H", _read(stream, at, 2))
    raw = _read(stream, at + 2, 12 * count + 4)
    entries = tuple(_entries(stream, raw[:-4], order))
    tags = {one.tag for one in entries}
    preview = any(one.tag == _SUBFILE and _numbers(one, order)[0] & 0b101 for one in entries)
    if preview or tags & _POINTERS or len(tags & _STRIPS.keys()) != 1:
        raise _Whole
    (following,) = struct.unpack(f"{order}I", raw[-4:])
    return entries, following


def _entries(stream: BinaryIO, raw: bytes, order: str) -> Iterator[_Entry]:
    for start in range(0, len(raw), 12):
        tag, kind, count = struct.unpack(f"{order}HHI", raw[start : start + 8])
        size = _SIZES.get(kind, 0) * count
        if not size:
            raise _Whole
        inline = raw[start + 8 : start + 12]
        (place,) = struct.unpack(f"{order}I", inline)
        value = inline[:size] if size <= 4 else _read(stream, place, size)
        yield _Entry(tag, kind, count, value)


def _numbers(entry: _Entry, order: str) -> tuple[int, ...]:
    letter = {1: "B", 3: "H", 4: "I"}.get(entry.kind)
    if letter is None:
        raise _Whole
    return struct.unpack(f"{order}{entry.count}{letter}", entry.value)


def _append(
    made: bytearray, stream: BinaryIO, directory: Directory, order: str, *, last: bool
) -> None:
    """Write one page at the end: its directory, longer values, then its pixels."""
    by_tag = {one.tag: one for one in directory}
    places = next(by_tag[tag] for tag in _STRIPS if tag in by_tag)
    sizes = _numbers(by_tag[_STRIPS[places.tag]], order)
    beyond = len(made) + 2 + 12 * len(directory) + 4
    others = (len(one.value) for one in directory if one is not places)
    room = sum(_padded(size) for size in (*others, 4 * places.count) if size > 4)
    *offsets, end = accumulate(map(_padded, sizes), initial=beyond + room)
    moved = struct.pack(f"{order}{len(offsets)}I", *offsets)
    entries, values = bytearray(), bytearray()
    for one in directory:
        kind, value = (_LONG, moved) if one is places else (one.kind, one.value)
        entries += struct.pack(f"{order}HHI", one.tag, kind, one.count)
        if len(value) > 4:
            entries += struct.pack(f"{order}I", beyond + len(values))
            values += value + bytes(len(value) % 2)
        else:
            entries += value.ljust(4, b"\0")
    made += struct.pack(f"{order}H", len(directory)) + entries
    made += struct.pack(f"{order}I", 0 if last else end) + values
    for place, size in zip(_numbers(places, order), sizes, strict=True):
        made += _read(stream, place, size) + bytes(size % 2)


def _padded(size: int) -> int:
    """The size up to the next word: everything begins at an even place."""
    return size + size % 2


def _read(stream: BinaryIO, place: int, size: int) -> bytes:
    """Exactly those bytes.

    Raises:
        EOFError: the file ends before.
    """
    stream.seek(place)
    found = stream.read(size)
    if len(found) != size:
        raise EOFError("truncated")
    return found
