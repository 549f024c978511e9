"""Untrusted text to names that every file system takes, and names of files to text.

A name is limited in bytes, not characters: ext4, XFS and NTFS-over-Samba allow 255, and a Chinese
character takes three of them in UTF-8.
"""

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import PurePath

MAX_NAME_BYTES = 255
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_WINDOWS_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_SPACES = re.compile(r"\s+")
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Categories of characters that are not shown, or break a line."""
_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Classes of characters that make a name read otherwise than it is written (UAX 9)."""
_SUFFIX_BYTES = 20


def readable(path: str) -> str:
    r"""The name of a file, or its path, as people and records are told it: valid text on one line.

    Linux keeps names as bytes. Windows programs and archives from Chinese machines leave GB18030
    in them; whatever fits no encoding, breaks a line or turns the direction of writing is written
    as an escape (`\xff`, `\u202e`). Many names become one text: never open a file by it.

    Args:
        path: as Python gives it, bytes that are not UTF-8 as surrogates (PEP 383).
    """
    return "/".join(_readable(name) for name in path.split("/"))


def _readable(name: str) -> str:
    raw = os.fsencode(name)
    return "".join(_escaped(letter) if _is_unseen(letter) else letter for letter in _text(raw))


def _text(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "backslashreplace")


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN or unicodedata.bidirectional(letter) in _TURNING


def _escaped(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if ord(letter) < 0x100 else f"\\u{ord(letter):04x}"


def ending(name: str) -> str:
    """The extension of a file that a person named, with its dot, as part of a safe name."""
    suffix = PurePath(name).suffix[1:]
    return f".{safe_name(suffix, _SUFFIX_BYTES)}" if suffix else ""


def safe_name(text: str, max_bytes: int = MAX_NAME_BYTES) -> str:
    """One path component that Linux, macOS and Windows accept, as close to `text` as may be.

    Path separators and reserved characters become `_`; control, format (bidi overrides) and
    unpaired surrogate code points go; leading dots and trailing dots and spaces go, so that a
    name is neither hidden nor refused by Windows. Never empty: `_` stands for nothing.
    """
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    visible = "".join(
        c for c in composed if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    plain = _FORBIDDEN.sub("_", visible).strip().lstrip(".").rstrip(". ")
    if _WINDOWS_DEVICES.match(plain):
        plain = f"_{plain}"
    return cut(plain, max_bytes).rstrip(". ") or "_"


def cut(text: str, max_bytes: int) -> str:
    """The longest beginning of `text` that is at most `max_bytes` long in UTF-8."""
    return text.encode("utf-8", "replace")[:max_bytes].decode("utf-8", "ignore")


def join_name(stem: str, tail: str) -> str:
    """`stem` and `tail` as one safe name; the stem gives way when both do not fit.

    Args:
        stem: what describes the file, shortened as needed.
        tail: what must survive whole (digest and extension).
    """
    room = MAX_NAME_BYTES - len(tail.encode())
    return safe_name(stem, room) + tail
