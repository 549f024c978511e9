"""Files that people and other programs read: replaced whole, or appended a line at a time."""

import os
from collections.abc import Iterable
from pathlib import Path

from archiver.disk import door
from archiver.disk.place import DRAFT


def replace_text(path: Path, text: str, mode: int = 0o640, *, durable: bool = True) -> None:
    """Put `text` (UTF-8) in place of whatever `path` held: `replace_bytes`."""
    replace_bytes(path, text.encode(), mode, durable=durable)


def replace_bytes(path: Path, content: bytes, mode: int = 0o640, *, durable: bool = True) -> None:
    """Put `content` in place of whatever `path` held; readers see the old or the new.

    Args:
        path: the file.
        content: all of it.
        mode: its permissions.
        durable: wait for stable storage; not for what is made anew with every batch.
    """
    draft = path.with_name(f"{DRAFT}text-{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            if durable:
                door.sync_file(stream.fileno())
        door.rename(draft, path)
    finally:
        door.unlink(draft)
    if durable:
        door.sync_folder(path.parent)


def sweep_texts(folder: Path) -> None:
    """Remove what a dead process began to write in `folder`. Only for the one who writes there."""
    for draft in folder.glob(f"{DRAFT}text-*"):
        door.unlink(draft)


def append_lines(path: Path, lines: Iterable[str]) -> None:
    """Append whole lines; a torn last line left by a power cut is cut off first."""
    existed = path.exists()
    with path.open("ab") as stream:
        stream.truncate(_whole(path))
        stream.writelines(f"{line}\n".encode() for line in lines)
        stream.flush()
        door.sync_file(stream.fileno())
    if not existed:
        door.sync_folder(path.parent)


def count_lines(path: Path) -> int:
    """How many whole lines `path` holds; 0 when there is no such file."""
    if not path.exists():
        return 0
    with path.open("rb") as stream:
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))


def last_line(path: Path) -> str:
    """The last whole line that `path` holds, without its end; empty when there is none."""
    if not path.exists():
        return ""
    end = _whole(path)
    start = _newline_before(path, end - 1) if end else 0
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(max(0, end - 1 - start)).decode("utf-8", "replace")


def _whole(path: Path) -> int:
    """The length in bytes up to and including the last newline."""
    return _newline_before(path, path.stat().st_size)


def _newline_before(path: Path, end: int) -> int:
    """The place just after the last newline among the first `end` bytes; 0 without any."""
    with path.open("rb") as stream:
        while end > 0:
            start = max(0, end - 65536)
            stream.seek(start)
            at = stream.read(end - start).rfind(b"\n")
            if at >= 0:
                return start + at + 1
            end = start
    return 0
