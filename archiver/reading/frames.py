"""Messages between the archive and its worker processes: a JSON header and raw bytes.

Never pickle: a worker has parsed foreign bytes, and must not be able to run code in its parent.
"""

import json
import socket
import struct

_SIZES = struct.Struct(">II")
MAX_HEADER = 64 << 20
MAX_RAW = 512 << 20

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


def receive(link: socket.socket) -> tuple[Header, bytes]:
    """Receive one message.

    Raises:
        TimeoutError: nothing came within the link's timeout.
        EOFError: the other side is gone, or talks nonsense.
    """
    text_size, raw_size = _SIZES.unpack(_exactly(link, _SIZES.size))
    if text_size > MAX_HEADER or raw_size > MAX_RAW:
        raise EOFError("message out of bounds")
    try:
        header = dict(json.loads(_exactly(link, text_size).decode("utf-8", "replace")))
    except (ValueError, TypeError) as error:
        raise EOFError("not a message") from error
    return header, bytes(_exactly(link, raw_size))


def _exactly(link: socket.socket, size: int) -> bytearray:
    """Exactly `size` bytes."""
    buffer = bytearray(size)
    view = memoryview(buffer)
    got = 0
    while got < size:
        count = link.recv_into(view[got:])
        if not count:
            raise EOFError("the other side is gone")
        got += count
    return buffer
