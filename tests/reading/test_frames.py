"""Messages between the archive and its workers."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.reading.frames import MAX_HEADER, Patience, receive, send


@contextmanager
def a_link() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


@given(st.dictionaries(st.text(), st.lists(st.integers() | st.text() | st.none())), st.binary())
def test_what_is_sent_arrives(header: dict[str, object], raw: bytes) -> None:
    with a_link() as (here, there):
        send(here, header, raw)
        assert receive(there) == (header, raw)


@pytest.mark.parametrize(
    "text",
    [b"{", b"[1]", b"null", b'{"a": NaN}', b'{"a": -Infinity}', b"[" * 100_000, b"\x80\x04N."],
)
def test_nonsense_is_as_good_as_silence(text: bytes) -> None:
    with a_link() as (here, there):
        here.sendall(struct.pack(">II", len(text), 0) + text)
        with pytest.raises(EOFError):
            receive(there)


@pytest.mark.parametrize("sizes", [(MAX_HEADER + 1, 0), (2, 1 << 31)])
def test_nobody_makes_us_allocate(sizes: tuple[int, int]) -> None:
    with a_link() as (here, there):
        here.sendall(struct.pack(">II", *sizes) + b"{}")
        with pytest.raises(EOFError):
            receive(there)


def test_a_broken_link_is_noticed() -> None:
    with a_link() as (here, there):
        here.sendall(struct.pack(">II", 2, 5) + b"{}abc")
        here.close()
        with pytest.raises(EOFError):
            receive(there)


def test_whoever_waits_looks_up_however_busy_the_line() -> None:
    """What the look finds ends the waiting, between two bytes as in silence."""

    class Enough(Exception):
        pass

    def look() -> None:
        looks.append(monotonic())
        if len(looks) > 3:
            raise Enough

    for noise in (b"", struct.pack(">II", 100, 0) + b"x"):
        looks = list[float]()
        with a_link() as (here, there):
            here.sendall(noise)
            with pytest.raises(Enough):
                receive(there, Patience(monotonic() + 10, look))
        assert looks[-1] - looks[0] < 2


def test_time_that_is_up_before_the_wait_is_up() -> None:
    with a_link() as (here, there):
        send(here, {})
        with pytest.raises(TimeoutError):
            receive(there, Patience(monotonic() - 1))


def test_a_trickle_does_not_outwit_the_deadline() -> None:
    """A byte now and then restarts the timeout of a socket, but not ours."""
    with a_link() as (here, there):
        text = json.dumps({"a": "x" * 100}).encode()
        stop = threading.Event()

        def trickle() -> None:
            here.sendall(struct.pack(">II", len(text), 0))
            for index in range(len(text)):
                if stop.is_set():
                    return
                here.sendall(text[index : index + 1])
                sleep(0.02)

        slow = threading.Thread(target=trickle)
        slow.start()
        try:
            with pytest.raises(TimeoutError):
                receive(there, Patience(monotonic() + 0.2))
        finally:
            stop.set()
            slow.join()
