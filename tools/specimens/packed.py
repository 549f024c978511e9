"""Writes files that hold other files, with the same bytes every time: ZIP, OLE, mail."""

import io
import struct
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_WHEN = (2025, 1, 1, 12, 0, 0)
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_zip(path: Path, files: Mapping[str, bytes], *, old: str | None = None) -> None:
    """A ZIP of `files`.

    Args:
        path: where it goes.
        files: name → content.
        old: a name that is written in GB18030 and not marked as UTF-8, as old Windows programs do.
    """
    made = io.BytesIO()
    stand_in = b""
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            written = name
            if name == old:
                stand_in = b"@" * len(name.encode("gb18030"))
                written = stand_in.decode()
            entry = ZipInfo(written, _WHEN)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    content = made.getvalue()
    if old and stand_in:
        content = content.replace(stand_in, old.encode("gb18030"))
    path.write_bytes(content)


def same_every_time(path: Path) -> None:
    """Write an office file anew without the hour at which it was made."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    write_zip(path, files)


def write_locked(path: Path) -> None:
    """An office file behind a password: an OLE file with two streams (MS-OFFCRYPTO 1.3.2)."""
    scheme = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<encryption '
        'xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData saltSize="16" '
        'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"/></encryption>'
    )
    info = (struct.pack("<HHI", 4, 4, 0x40) + scheme.encode()).ljust(8 * _SECTOR)
    package = struct.pack("<Q", 8000) + Random(9901).randbytes(16 * _SECTOR - 8)
    table = [_FAT, _END, *_chain(2, 8), *_chain(10, 16)]
    fat = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    folder = (
        _entry("Root Entry", 5, child=2)
        + _entry("EncryptionInfo", 2, start=2, size=len(info))
        + _entry("EncryptedPackage", 2, start=10, size=len(package), left=1)
        + _entry("", 0)
    )
    path.write_bytes(_head() + fat + folder + info + package)


def _head() -> bytes:
    """The header: version 3, one sector of the table, the folder in sector 1 (MS-CFB 2.2)."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<109I", 0, *[_FREE] * 108)
    )


def _chain(start: int, length: int) -> list[int]:
    """Sectors that follow one another."""
    return [*range(start + 1, start + length), _END]


def _entry(
    name: str, kind: int, *, child: int = _FREE, start: int = 0, size: int = 0, left: int = _FREE
) -> bytes:
    """One entry of the folder (MS-CFB 2.6.1)."""
    written = name.encode("utf-16-le")
    length = len(written) + 2 if name else 0
    first = _END if kind == 5 else start
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB3I", length, kind, 1, left, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def write_mail(
    path: Path, *, head: Mapping[str, str], text: str, files: Mapping[str, Path]
) -> None:
    """A mail with its text in GB18030 and files that hang on it.

    The first file's name is written as RFC 2231 asks, the others as older programs do.
    """
    mail = EmailMessage(policy=SMTP)
    for name, value in head.items():
        mail[name] = value
    mail.set_content(text, charset="gb18030", cte="base64")
    for name, source in files.items():
        kind = ("application", "pdf") if source.suffix == ".pdf" else ("image", "jpeg")
        mail.add_attachment(source.read_bytes(), maintype=kind[0], subtype=kind[1], filename=name)
    mail.set_boundary("----=_specimen_9901")
    path.write_bytes(mail.as_bytes())
