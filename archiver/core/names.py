"""Untrusted text to names that every file system takes.

A name is limited in bytes, not characters: ext4, XFS and NTFS-over-Samba allow 255, and a Chinese
character takes three of them in UTF-8.
"""

import re
import unicodedata

MAX_NAME_BYTES = 255
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_WINDOWS_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_SPACES = re.compile(r"\s+")


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
