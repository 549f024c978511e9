"""What is mounted where (proc(5), mountinfo): which folders tell of changes, which are one disk."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TABLE = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(rb"\\([0-7]{3})")
_SILENT = re.compile(
    r"nfs4?|cifs|smb3|smbfs|ncpfs|afs|9p|ceph|lustre|gfs2?|ocfs2|virtiofs|vboxsf|prl_fs|fuse.*"
    r"|overlay|aufs"
)
"""Kinds of file system on which others write without this kernel being told: servers, guests'
shared folders, programs in user space, layers."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system at its place.

    Attributes:
        folder: where it is mounted, absolute.
        kind: as the kernel calls it: `ext4`, `cifs`, `fuse.sshfs`.
    """

    folder: Path
    kind: str

    @property
    def tells(self) -> bool:
        """Whether events may be hoped for; a probe says more."""
        return _SILENT.fullmatch(self.kind) is None


def mounts(table: Path = _TABLE) -> tuple[Mount, ...]:
    """Every mount, later ones over earlier ones; none where the system keeps no such table."""
    try:
        lines = table.read_bytes().splitlines()
    except OSError:
        return ()
    return tuple(_mount(line) for line in lines)


def _mount(line: bytes) -> Mount:
    before, _, after = line.partition(b" - ")
    folder = _ESCAPED.sub(lambda octal: bytes([int(octal[1], 8)]), before.split(b" ")[4])
    return Mount(Path(os.fsdecode(folder)), after.split(b" ")[0].decode("ascii", "replace"))


def mount_of(path: Path, known: tuple[Mount, ...]) -> Mount | None:
    """The file system that `path` (absolute) is on, as far as it is known."""
    holding = [one for one in known if path.is_relative_to(one.folder)]
    deepest = max((len(one.folder.parts) for one in holding), default=0)
    return next((one for one in reversed(holding) if len(one.folder.parts) == deepest), None)


def mounts_below(folder: Path, known: tuple[Mount, ...]) -> Iterator[Mount]:
    """The file systems mounted somewhere below `folder`."""
    below = {one.folder: one for one in known if folder in one.folder.parents}
    yield from below.values()
