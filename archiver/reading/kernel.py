"""System calls that Python has no name for."""

import ctypes

_NO_NEW_PRIVILEGES = 38


def call(number: int, *arguments: int | bytes | ctypes.Structure | None) -> int:
    """Make a system call; negative when the kernel refuses.

    Structures and bytes are handed over by their address.
    """
    library = ctypes.CDLL(None)
    library.syscall.restype = ctypes.c_long
    return int(library.syscall(ctypes.c_long(number), *map(_word, arguments)))


def _word(argument: int | bytes | ctypes.Structure | None) -> object:
    """As wide as a register: what is narrower would bring half of one."""
    if isinstance(argument, ctypes.Structure):
        return ctypes.byref(argument)
    return ctypes.c_long(argument) if isinstance(argument, int) else argument


def give_up_privileges() -> None:
    """No program started from here gains rights by its file: the kernel asks for that first."""
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
