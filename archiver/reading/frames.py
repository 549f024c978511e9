"""Messages between the archive and its worker processes: a JSON header and raw bytes.

Never pickle: a worker has parsed foreign bytes, and must not be able to run code in its parent.
"""

import json
import socket
import struct
from time import monotonic

_SIZES = struct.Struct(">II")
MAX_HEADER = 32 << 20
MAX_RAW = 64 << 20

Header = dict[str, object]


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


def receive(link: socket.socket, deadline: float | None = None) -> tuple[Header, bytes]:
    """Receive one message.

    Args:
        link: where from.
        deadline: on the monotonic clock, for the whole message however slowly it trickles.

    Raises:
        TimeoutError: the message was not complete at the deadline.
        EOFError: the other side is gone, or talks nonsense.
    """
    text_size, raw_size = _SIZES.unpack(_exactly(link, _SIZES.size, deadline))
    if text_size > MAX_HEADER or raw_size > MAX_RAW:
        raise EOFError("message out of bounds")
    text = _exactly(link, text_size, deadline).decode("utf-8", "replace")
    try:
        header: Header = dict(json.loads(text, parse_constant=_no_number))
    except (ValueError, TypeError, RecursionError) as error:
        raise EOFError("not a message") from error
    return header, bytes(_exactly(link, raw_size, deadline))


def _no_number(name: str) -> float:
    raise ValueError(name)


def _exactly(link: socket.socket, size: int, deadline: float | None) -> bytearray:
    """Exactly `size` bytes."""
    buffer = bytearray(size)
    view = memoryview(buffer)
    got = 0
    while got < size:
        if deadline is not None:
            link.settimeout(max(0.001, deadline - monotonic()))
        count = link.recv_into(view[got:])
        if not count:
            raise EOFError("the other side is gone")
        got += count
    return buffer
