"""Tells the kernel which system calls to refuse a worker, for good.

A refused call fails (EPERM, or ENOSYS where libraries then take another way) and harms nobody:
libraries try many things that they can do without.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator

from archiver.reading import kernel
from archiver.reading.calls import ASKED, CHANGE_FILES, CHANGE_SYSTEM, NEWEST, TOUCH_OTHERS

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Machine → its column in the tables, and what the kernel calls it (<linux/audit.h>)."""
_SECCOMP = {"x86_64": 317, "aarch64": 277}
"""Machine → the number of seccomp(2), which the C library does not offer."""

_SET_MODE_FILTER, _GET_ACTION_AVAIL = 1, 2
_EVERY_THREAD = 1

_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _ANSWER = 0x20, 0x15, 0x25, 0x45, 0x06
"""Instructions of classic BPF: load a word, compare it with a constant, answer."""
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where these lie in what the kernel shows to the filter (struct seccomp_data)."""

_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000

_THREAD = 0x00010000
"""CLONE_THREAD: a thread of this process, which engines may start."""
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | (os.O_TMPFILE & ~os.O_DIRECTORY)


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def offered() -> bool:
    """Whether this kernel filters system calls, and we know its numbers for them."""
    number = _SECCOMP.get(platform.machine())
    if number is None or struct.calcsize("P") != 8:
        return False
    return kernel.call(number, _GET_ACTION_AVAIL, 0, struct.pack("=I", _REFUSE)) == 0


def refuse() -> bool:
    """Refuse every thread of this process what no reader needs; whether the kernel took it."""
    if not offered():
        return False
    machine = platform.machine()
    code = b"".join(_program(machine))
    program = _Program(len(code) // 8, code)
    kernel.give_up_privileges()
    return kernel.call(_SECCOMP[machine], _SET_MODE_FILTER, _EVERY_THREAD, program) == 0


def _program(machine: str) -> Iterator[bytes]:
    """The filter. The x32 ABI numbers its calls from 2^30 on: newer than anything known."""
    column, architecture = _ARCHITECTURES[machine]
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_EQUAL, architecture, yes=1)
    yield _answer(errno.EPERM)
    yield _step(_LOAD, _NUMBER)
    yield from _when(_ABOVE, NEWEST, [_answer(errno.ENOSYS)])
    for table in (TOUCH_OTHERS, CHANGE_FILES, CHANGE_SYSTEM):
        for numbers in table.values():
            if (number := numbers[column]) is not None:
                yield from _when(_EQUAL, number, [_answer(errno.EPERM)])
    for name, numbers in ASKED.items():
        if (number := numbers[column]) is not None:
            yield from _when(_EQUAL, number, _asked(name))
    yield _answer(0)


def _asked(name: str) -> list[bytes]:
    """What becomes of a call that depends on its arguments."""
    if name in {"clone3", "openat2"}:  # their arguments lie where no filter sees them
        return [_answer(errno.ENOSYS)]
    argument, test, constant, good = {
        "clone": (0, _ANY_BIT, _THREAD, True),
        "open": (1, _ANY_BIT, _WRITE, False),
        "openat": (2, _ANY_BIT, _WRITE, False),
        "prlimit64": (0, _EQUAL, 0, True),
        "sched_setaffinity": (0, _EQUAL, 0, True),
        "tgkill": (0, _EQUAL, os.getpid(), True),
    }[name]
    return [
        _step(_LOAD, _FIRST_ARGUMENT + 8 * argument),
        *_when(test, constant, [_answer(0 if good else errno.EPERM)]),
        _answer(errno.EPERM if good else 0),
    ]


def _when(test: int, constant: int, then: list[bytes]) -> list[bytes]:
    """Do `then` where the loaded word passes the test, else what follows."""
    return [_step(test, constant, no=len(then)), *then]


def _answer(error: int) -> bytes:
    return _step(_ANSWER, _REFUSE | error if error else _ALLOW)


def _step(code: int, constant: int, yes: int = 0, no: int = 0) -> bytes:
    """One instruction (struct sock_filter)."""
    return struct.pack("=HBBI", code, yes, no, constant)
