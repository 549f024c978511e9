"""Messages between the archive and its worker processes: a JSON header and raw bytes.

Never pickle: a worker has parsed foreign bytes, and must not be able to run code in its parent.
"""

import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

_SIZES = struct.Struct(">II")
MAX_HEADER = 32 << 20
MAX_RAW = 64 << 20

_LOOK = 0.1
"""Seconds after which one who waits looks at whom it waits for."""

Header = dict[str, object]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a message, however slowly it trickles.

    Attributes:
        until: on the monotonic clock.
        look: called about ten times a second meanwhile; what it raises ends the waiting.
    """

    until: float
    look: Callable[[], None] = lambda: None


def send(link: socket.socket, header: Header, raw: bytes = b"") -> None:
    """Send one message.

    Raises:
        TimeoutError: the other side did not take it within the link's timeout.
        OSError: the other side is gone.
    """
    text = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    link.sendall(_SIZES.pack(len(text), len(raw)) + text)
    if raw:
        link.sendall(raw)


def receive(link: socket.socket, patience: Patience | None = None) -> tuple[Header, bytes]:
    """Receive one message.

    Args:
        link: where from.
        patience: for the whole message; without, it may take for ever.

    Raises:
        TimeoutError: the message was not complete in time.
        EOFError: the other side is gone, or talks nonsense.
    """
    text_size, raw_size = _SIZES.unpack(_exactly(link, _SIZES.size, patience))
    if text_size > MAX_HEADER or raw_size > MAX_RAW:
        raise EOFError("message out of bounds")
    text = _exactly(link, text_size, patience).decode("utf-8", "replace")
    try:
        header: Header = dict(json.loads(text, parse_constant=_no_number))
    except (ValueError, TypeError, RecursionError) as error:
        raise EOFError("not a message") from error
    return header, bytes(_exactly(link, raw_size, patience))


def _no_number(name: str) -> float:
    raise ValueError(name)


def _exactly(link: socket.socket, size: int, patience: Patience | None) -> bytearray:
    """Exactly `size` bytes."""
    buffer = bytearray(size)
    view = memoryview(buffer)
    got = 0
    while got < size:
        count = _some(link, view[got:], patience) if patience else link.recv_into(view[got:])
        if not count:
            raise EOFError("the other side is gone")
        got += count
    return buffer


def _some(link: socket.socket, view: memoryview, patience: Patience) -> int:
    """The bytes that have come, as soon as there are any."""
    while (left := patience.until - monotonic()) > 0:
        patience.look()
        link.settimeout(min(left, _LOOK))
        try:
            return link.recv_into(view)
        except TimeoutError:
            continue
    raise TimeoutError
