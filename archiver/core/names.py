"""Untrusted text to names that every file system takes.

A name is limited in bytes, not characters: ext4, XFS and NTFS-over-Samba allow 255, and a Chinese
character takes three of them in UTF-8.
"""

import re
import unicodedata
from pathlib import PurePath

MAX_NAME_BYTES = 255
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_WINDOWS_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_SPACES = re.compile(r"\s+")
_ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LONGEST_SUFFIX = 20


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


def readable(path: str) -> str:
    """A path as people read it and as it is kept, whatever bytes the disk has for it.

    Names that are no UTF-8 were mostly written by Windows programs, in GB18030; what is not that
    either is escaped. So are characters that would act on a terminal or turn its text around.
    A name that is plain already stays as it is; one that grows too long loses from its stem.

    Args:
        path: with forward slashes; bytes that are no UTF-8 as surrogates (PEP 383).
    """
    return "/".join(_readable(name) for name in path.split("/"))


def _readable(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        text = raw.decode("utf-8", "backslashreplace")
    shown = "".join(_escaped(c) if unicodedata.category(c) in _ACTING else c for c in text)
    if len(shown.encode()) <= MAX_NAME_BYTES:
        return shown
    stem, dot, suffix = shown.rpartition(".")
    tail = cut(f".{suffix}", _LONGEST_SUFFIX) if dot and stem else ""
    return cut(stem or shown, MAX_NAME_BYTES - len(tail.encode())) + tail


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def ending(name: str) -> str:
    """The extension of a file that a person named, with its dot, as part of a safe name."""
    suffix = PurePath(name).suffix[1:]
    return f".{safe_name(suffix, _LONGEST_SUFFIX)}" if suffix else ""


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
