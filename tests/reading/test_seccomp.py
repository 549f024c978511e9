"""The filter of system calls, run by a second reading of what the kernel does with it."""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.reading import calls, kernel, seccomp

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
COLUMNS = {"x86_64": 0, "aarch64": 1}
ALLOWED, NO_SUCH_CALL, REFUSED = 0x7FFF0000, 0x00050000 | errno.ENOSYS, 0x00050000 | errno.EPERM
TABLES = (calls.TOUCH_OTHERS, calls.CHANGE_FILES, calls.CHANGE_SYSTEM)
MACHINES = st.sampled_from(sorted(ARCHITECTURES))


def program_on(machine: str) -> bytes:
    """What the kernel of that machine is given."""
    given_ = list[bytes]()

    def call(number: int, *arguments: object) -> int:
        if isinstance(arguments[-1], ctypes.Structure):
            program = arguments[-1]
            length = int(program.length)
            address = ctypes.cast(
                ctypes.byref(program, type(program).code.offset), ctypes.POINTER(ctypes.c_void_p)
            )[0]
            given_.append(ctypes.string_at(address, 8 * length))
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(platform, "machine", lambda: machine)
        patch.setattr(kernel, "call", call)
        patch.setattr(kernel, "give_up_privileges", lambda: None)
        assert seccomp.refuse()
    (program,) = given_
    return program


PROGRAMS = {machine: program_on(machine) for machine in ARCHITECTURES}


def judged(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What classic BPF answers: the language of <linux/filter.h>, read once more."""
    words = [*arguments, *[0] * (6 - len(arguments))]
    known = ARCHITECTURES[machine] if architecture is None else architecture
    shown = struct.pack("=IIQ6Q", number & 0xFFFFFFFF, known, 0, *words)
    steps = list(struct.iter_unpack("=HBBI", PROGRAMS[machine]))
    at = loaded = 0
    while True:
        code, yes, no, constant = steps[at]
        at += 1
        match code:
            case 0x20:
                (loaded,) = struct.unpack_from("=I", shown, constant)
            case 0x06:
                return int(constant)
            case 0x15:
                at += yes if loaded == constant else no
            case 0x25:
                at += yes if loaded > constant else no
            case 0x45:
                at += yes if loaded & constant else no
            case _:
                raise AssertionError(code)


def numbers(machine: str, *tables: Mapping[str, tuple[int | None, ...]]) -> list[int]:
    """Numbers of all calls that the tables name."""
    found = (numbers[COLUMNS[machine]] for table in tables for numbers in table.values())
    return [number for number in found if number is not None]


@given(MACHINES, st.data())
def test_what_a_table_names_is_refused_whatever_it_asks(machine: str, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(numbers(machine, *TABLES)))
    words = data.draw(st.lists(st.integers(0, 2**64 - 1), max_size=6))
    assert judged(machine, number, *words) == REFUSED


@given(MACHINES, st.integers(0, calls.NEWEST), st.lists(st.integers(0, 2**64 - 1), max_size=6))
def test_what_no_table_names_is_allowed(machine: str, number: int, words: list[int]) -> None:
    if number not in numbers(machine, *TABLES, calls.ASKED):
        assert judged(machine, number, *words) == ALLOWED


@given(MACHINES, st.integers(calls.NEWEST + 1, 2**32 - 1))
def test_newer_calls_and_those_of_x32_are_unknown(machine: str, number: int) -> None:
    assert judged(machine, number) == NO_SUCH_CALL
    assert judged(machine, 0x40000000 | number) == NO_SUCH_CALL


@given(MACHINES, st.integers(0, 500), st.integers(0, 2**32 - 1))
def test_calls_by_the_numbers_of_another_processor_are_refused(
    machine: str, number: int, other: int
) -> None:
    if other != ARCHITECTURES[machine]:
        assert judged(machine, number, architecture=other) == REFUSED


@given(MACHINES, st.integers(0, 2**64 - 1))
def test_files_are_opened_for_reading_only(machine: str, flags: int) -> None:
    writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    temporary = flags & (os.O_TMPFILE & ~os.O_DIRECTORY)
    wanted = REFUSED if writes or temporary else ALLOWED
    column = COLUMNS[machine]
    openat = calls.ASKED["openat"][column]
    assert openat is not None
    assert judged(machine, openat, 0, 0, flags) == wanted
    if (plain := calls.ASKED["open"][column]) is not None:
        assert judged(machine, plain, 0, flags) == wanted


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize(
    ("name", "first", "wanted"),
    [
        ("clone", 0x00010000 | 0x100, ALLOWED),
        ("clone", 0x01200011, REFUSED),
        ("clone3", 0, NO_SUCH_CALL),
        ("openat2", 0, NO_SUCH_CALL),
        ("prlimit64", 0, ALLOWED),
        ("prlimit64", os.getppid(), REFUSED),
        ("sched_setaffinity", 0, ALLOWED),
        ("sched_setaffinity", os.getppid(), REFUSED),
        ("tgkill", os.getpid(), ALLOWED),
        ("tgkill", os.getppid(), REFUSED),
    ],
    ids=lambda value: "" if isinstance(value, int) else value,  # numbers of processes are no names
)
def test_some_calls_are_asked_what_they_want(
    machine: str, name: str, first: int, wanted: int
) -> None:
    number = calls.ASKED[name][COLUMNS[machine]]
    assert number is not None
    assert judged(machine, number, first) == wanted


def test_other_processors_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    monkeypatch.setattr(kernel, "call", lambda *_: pytest.fail("asked the kernel all the same"))
    assert not seccomp.offered()
    assert not seccomp.refuse()
