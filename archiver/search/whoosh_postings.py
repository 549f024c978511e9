"""The postings of a segment in one file: who has a term, and how often.

Whoosh's own format spends some 150 bytes and several Python calls on every term and posting: most
of the time and space of an index of Han pairs. Here a posting is one or two bytes, and whole lists
are written and read at C speed.

A file is a row of blocks, then the directory, then the trailer:

    block      CRC-32 · chunks: keys joined by NUL, lengths of the lists, the lists
    directory  chunks, for each field: its name, the first key of each block, where blocks begin
    trailer    offset of the directory · its CRC-32 · magic

Keys rise within a field and hold no NUL. Numbers are in the byte order of the machine; Whoosh's
table of contents refuses another one.
"""

import struct
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from operator import sub

from whoosh.reading import CorruptIndexError

_TRAILER = struct.Struct("<QI4s")
_CRC = struct.Struct("<I")
_LENGTH = struct.Struct("<I")
_MAGIC = b"HPs1"
_CODES = "BHI"
_WEIGHED = 4
_LOWEST = 0 if sys.byteorder == "little" else 3
"""Where in a posting its count stands."""
_BLOCK_BYTES = 8192
_BLOCK_TERMS = 128
Block = tuple[list[bytes], list[int], bytes]
MOST = 255
"""A count is kept up to this; more makes no difference to any score."""


def pack(postings: "int | array[int]") -> bytes:
    """A posting list, or one: rising document numbers, each times 256, plus a count of 1–255."""
    if isinstance(postings, int):
        return _pack_one(postings >> 8, postings & 255)
    if len(postings) == 1:
        return _pack_one(postings[0] >> 8, postings[0] & 255)
    numbers = [posting >> 8 for posting in postings]
    steps = list(map(sub, numbers, [0, *numbers]))
    try:
        width, packed = 0, bytes(steps)
    except ValueError:
        width = 1 if max(steps) < 0x10000 else 2
        packed = array(_CODES[width], steps).tobytes()
    counts = postings.tobytes()[_LOWEST :: postings.itemsize]
    if not counts.strip(b"\x01"):
        return bytes((width,)) + packed
    return bytes((width | _WEIGHED,)) + packed + counts


def _pack_one(number: int, count: int) -> bytes:
    """The same for the many terms that one document has."""
    width = 0 if number < 0x100 else 1 if number < 0x10000 else 2
    packed = number.to_bytes(1 << width, sys.byteorder)
    if count == 1:
        return bytes((width, *packed))
    return bytes((width | _WEIGHED, *packed, count))


def length(packed: bytes) -> int:
    """How many documents are in a packed list."""
    bytes_each = (1 << (packed[0] & 3)) + (packed[0] & _WEIGHED) // _WEIGHED
    return (len(packed) - 1) // bytes_each


def unpack(packed: bytes) -> tuple[Sequence[int], Iterable[int]]:
    """The document numbers and counts of a packed list."""
    if len(packed) == 2:
        return (packed[1],), (1,)
    number = length(packed)
    width = packed[0] & 3
    end = 1 + (number << width)
    steps = _numbers(_CODES[width], packed[1:end]) if width else packed[1:end]
    counts: Iterable[int] = packed[end:] if packed[0] & _WEIGHED else repeat(1, number)
    return list(accumulate(steps)), counts


def _chunks(pieces: Iterable[bytes]) -> bytes:
    """All pieces, each behind its length."""
    return b"".join(_LENGTH.pack(len(piece)) + piece for piece in pieces)


def _pieces(chunks: bytes) -> Iterator[bytes]:
    """What `_chunks` joined."""
    at = 0
    while at < len(chunks):
        end = at + _LENGTH.size + _LENGTH.unpack_from(chunks, at)[0]
        yield chunks[at + _LENGTH.size : end]
        at = end


def _numbers(code: str, raw: bytes) -> "array[int]":
    numbers = array(code)
    numbers.frombytes(raw)
    return numbers


class PostingsWriter:
    """Writes the file, field by field.

    Args:
        write: appends to it.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._offset = 0
        self._directory: list[bytes] = []

    def add_field(self, field: str, terms: Iterable[tuple[str, "int | array[int]"]]) -> None:
        """All terms of a field, rising, each with its postings as `pack` takes them."""
        firsts: list[bytes] = []
        offsets = [self._offset]
        keys: list[bytes] = []
        lists: list[bytes] = []
        size = 0
        for term, postings in terms:
            packed = pack(postings)
            if keys and (size + len(packed) > _BLOCK_BYTES or len(keys) == _BLOCK_TERMS):
                firsts.append(keys[0])
                offsets.append(self._block(keys, lists))
                keys, lists, size = [], [], 0
            keys.append(term.encode())
            lists.append(packed)
            size += len(packed)
        if keys:
            firsts.append(keys[0])
            offsets.append(self._block(keys, lists))
            self._directory += (
                field.encode(),
                b"\x00".join(firsts),
                array("Q", offsets).tobytes(),
            )

    def _block(self, keys: list[bytes], lists: list[bytes]) -> int:
        """Write a block; gives where the next one begins."""
        lengths = array("I", map(len, lists)).tobytes()
        block = _chunks((b"\x00".join(keys), lengths, b"".join(lists)))
        return self._append(_CRC.pack(zlib.crc32(block)) + block)

    def _append(self, piece: bytes) -> int:
        self._write(piece)
        self._offset += len(piece)
        return self._offset

    def finish(self) -> None:
        """Write directory and trailer; the caller closes the file."""
        directory = _chunks(self._directory)
        start = self._offset
        self._append(directory + _TRAILER.pack(start, zlib.crc32(directory), _MAGIC))


class PostingsReader:
    """Looks terms up.

    Args:
        read: gives the bytes at an offset; fewer at the end of the file.
        size: of the file in bytes.
    """

    def __init__(self, read: Callable[[int, int], bytes], size: int) -> None:
        self._read = read
        self._at = "", -1
        self._last: Block = [], [], b""
        try:
            start, crc, magic = _TRAILER.unpack(read(size - _TRAILER.size, _TRAILER.size))
        except struct.error as error:
            raise CorruptIndexError("the postings end too early") from error
        directory = read(start, size - _TRAILER.size - start)
        if magic != _MAGIC or zlib.crc32(directory) != crc:
            raise CorruptIndexError("the directory of the postings is torn")
        chunks = _pieces(directory)
        self._directory = {
            field.decode(): (firsts.split(b"\x00"), _numbers("Q", offsets))
            for field, firsts, offsets in zip(chunks, chunks, chunks, strict=True)
        }

    def fields(self) -> Iterable[str]:
        """The fields that have terms, in the order of the file."""
        return self._directory.keys()

    def _block(self, field: str, number: int) -> Block:
        """Keys, the end of each list, and the lists, of one block; the last one is remembered."""
        if self._at != (field, number):
            keys, lengths, lists = _pieces(self._raw(field, number))
            self._at = field, number
            self._last = keys.split(b"\x00"), list(accumulate(_numbers("I", lengths))), lists
        return self._last

    def _raw(self, field: str, number: int) -> bytes:
        """The chunks of a block, looked over."""
        offsets = self._directory[field][1]
        piece = self._read(offsets[number], offsets[number + 1] - offsets[number])
        if len(piece) < _CRC.size or zlib.crc32(piece[_CRC.size :]) != _CRC.unpack_from(piece)[0]:
            raise CorruptIndexError("a block of postings is torn")
        return piece[_CRC.size :]

    def verify(self) -> None:
        """Read every block once.

        Raises:
            CorruptIndexError: one is torn.
        """
        for field, (firsts, _) in self._directory.items():
            for number in range(len(firsts)):
                self._raw(field, number)

    def find(self, field: str, term: str) -> bytes | None:
        """The packed list of a term, or None."""
        key = term.encode()
        firsts, _ = self._directory.get(field, ((), ()))
        number = bisect_right(firsts, key) - 1
        if number < 0:
            return None
        keys, ends, lists = self._block(field, number)
        at = bisect_right(keys, key) - 1
        if keys[at] != key:
            return None
        return lists[ends[at - 1] if at else 0 : ends[at]]

    def holding(self, field: str, part: str) -> Iterator[tuple[str, bytes]]:
        """The terms of `field` in which `part` stands: whole blocks without it are passed over."""
        wanted = part.encode()
        firsts, _ = self._directory.get(field, ((), ()))
        for number in range(len(firsts)):
            if wanted not in next(_pieces(self._raw(field, number))):
                continue
            keys, ends, lists = self._block(field, number)
            begins = [0, *ends]
            for at, key in enumerate(keys):
                if wanted in key:
                    yield key.decode(), lists[begins[at] : ends[at]]

    def lists(self, field: str, low: str, high: str) -> Iterator[bytes]:
        """The packed lists of the terms of `field` from `low` to `high`, both included."""
        start, end = low.encode(), high.encode()
        firsts, _ = self._directory.get(field, ((), ()))
        first = max(0, bisect_right(firsts, start) - 1)
        for number in range(first, bisect_right(firsts, end)):
            keys, ends, lists = self._block(field, number)
            begins = [0, *ends]
            for at in range(bisect_left(keys, start), bisect_right(keys, end)):
                yield lists[begins[at] : ends[at]]

    def terms(self, field: str, low: str = "") -> Iterator[tuple[str, bytes]]:
        """The terms of `field` from `low` on, rising, each with its packed list."""
        start = low.encode()
        firsts, _ = self._directory.get(field, ((), ()))
        for number in range(max(0, bisect_right(firsts, start) - 1), len(firsts)):
            keys, ends, lists = self._block(field, number)
            begins = [0, *ends]
            for at in range(bisect_left(keys, start), len(keys)):
                yield keys[at].decode(), lists[begins[at] : ends[at]]

    def joined(self, field: str, low: str = "", high: str = "") -> Iterator[str]:
        """The terms of `field`, joined by NUL, a block at a time: quicker than one by one.

        Args:
            field: a name.
            low: blocks that end before it are left out.
            high: so are those that begin behind it; all are given when it is empty.
        """
        firsts, _ = self._directory.get(field, ((), ()))
        start = max(0, bisect_right(firsts, low.encode()) - 1)
        end = bisect_right(firsts, high.encode()) if high else len(firsts)
        for number in range(start, end):
            yield b"\x00".join(self._block(field, number)[0]).decode()
