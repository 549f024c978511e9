"""What the kernel is asked to keep from a worker: other files, the network, other processes."""

import sys
from pathlib import Path

from archiver.reading import landlock, seccomp

_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system",
    "/dev/null",
    "/dev/urandom",
)
"""Where libraries lie, and what they ask about the machine."""


def programs() -> list[Path]:
    """Where this program, its libraries and their language are loaded from."""
    places = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path]
    return [Path(place) for place in dict.fromkeys([*places, *_SYSTEM]) if place.strip("/")]


def shut_in(folders: list[str]) -> None:
    """Leave this process only reading of its programs and these folders.

    Asked for before any library is loaded, so that every thread of theirs inherits it.
    """
    landlock.confine([*programs(), *map(Path, folders)])
    seccomp.refuse()
