"""What the kernel is asked to keep from a worker: other files, the network, other processes."""

import os
import sys
from pathlib import Path

from archiver.reading import landlock, seccomp

_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/tls/openssl.cnf",
    "/etc/crypto-policies",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system",
    "/dev/null",
    "/dev/urandom",
)
"""Where programs and libraries lie, and what they ask about the machine."""


def programs() -> list[Path]:
    """Where this program, its libraries and their language are loaded from."""
    libraries = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    ours = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    places = dict.fromkeys([*ours, *sys.path, *libraries, *_SYSTEM])
    return [Path(place) for place in places if place.strip("/")]


def shut_in(folders: list[str]) -> None:
    """Leave this process only reading of its programs and these folders.

    Asked for before any library is loaded, so that every thread of theirs inherits it.
    """
    landlock.confine([*programs(), *map(Path, folders)])
    seccomp.refuse()
