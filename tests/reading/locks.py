"""Archives locked with a password in the old way (APPNOTE.TXT 6.1); no library here writes them."""

import os
import struct
import zlib


class _Keys:
    def __init__(self, password: bytes) -> None:
        self._keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self._turn(byte)

    def _turn(self, byte: int) -> None:
        first, second, third = self._keys
        first = _crc(first, byte)
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self._keys = [first, second, _crc(third, second >> 24)]

    def locked(self, content: bytes) -> bytes:
        out = bytearray()
        for byte in content:
            mask = (self._keys[2] | 2) & 0xFFFF
            out.append(byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF))
            self._turn(byte)
        return bytes(out)


def _crc(before: int, byte: int) -> int:
    return zlib.crc32(bytes([byte]), before ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def a_locked_zip(files: dict[str, bytes], password: bytes, *, method: int = 0) -> bytes:
    """These files, stored and locked; `method` 99 says that AES did it."""
    body, directory = b"", b""
    for name, content in files.items():
        crc, raw = zlib.crc32(content), name.encode()
        data = _Keys(password).locked(os.urandom(11) + bytes([crc >> 24]) + content)
        facts = (0x801, method, 0, 33, crc, len(data), len(content), len(raw), 0)
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, *facts, *(0, 0, 0, 0), len(body))
        directory += raw
        body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, *facts) + raw + data
    count = len(files)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end
