"""Tells the kernel which folders a worker may read; it can open, change and reach nothing else."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from archiver.reading import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""System calls, by the same numbers on every processor."""
_VERSION = 1
_PATH_BENEATH = 1

_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""Version → how many ways of touching files it knows (the lowest bits)."""
_TCP = 0b11
"""Binding and connecting, from version 4 on."""
_OTHERS = 0b11
"""Abstract sockets and signals of processes outside, from version 6 on."""


def version() -> int:
    """Which Landlock the kernel offers; 0 for none."""
    return max(0, kernel.call(_CREATE_RULESET, None, 0, _VERSION))


def confine(readable: Iterable[Path]) -> bool:
    """Leave this thread, and all it starts, nothing but reading those; whether the kernel took it.

    What does not exist is passed over.
    """
    known = version()
    if not known:
        return False
    rules = _ruleset(known)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow(rules, path)
        kernel.give_up_privileges()
        return kernel.call(_RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _ruleset(known: int) -> int:
    """Everything that this version can forbid, forbidden."""
    rights = max(bits for since, bits in _RIGHTS.items() if since <= known)
    wanted = [(1 << rights) - 1]
    if known >= 4:
        wanted.append(_TCP)
    if known >= 6:
        wanted.append(_OTHERS)
    attributes = struct.pack(f"={len(wanted)}Q", *wanted)
    return kernel.call(_CREATE_RULESET, attributes, len(attributes), 0)


def _allow(rules: int, path: Path) -> None:
    """Allow reading a file, or whatever is below a folder."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
        rule = struct.pack("=Qi", rights, place)
        kernel.call(_ADD_RULE, rules, _PATH_BENEATH, rule, 0)
    finally:
        os.close(place)
