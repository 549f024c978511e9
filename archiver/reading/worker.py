"""A worker process: opens foreign bytes, or reads pixels, inside limits the kernel enforces.

Started as `python -m archiver.reading.worker KIND OPTIONS` with a socket as standard input. It
ends when the other side of the socket is closed, so that it never outlives its parent.
"""

import importlib
import json
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Protocol

from archiver.reading.frames import Header, receive, send

_KINDS = {"parse": "archiver.reading.parse", "recognise": "archiver.reading.ocr"}
"""Kind → module with `serve(options)`, which gives the function that answers requests."""


class Answer(Protocol):
    """Answers one request with any number of messages, the last one marked `"last": true`."""

    def __call__(self, request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        """The messages."""
        ...


def confine(options: dict[str, int | str]) -> None:
    """Give up what a parser has no business with: memory, core files, writing, Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory = int(options["bytes"])
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def main(kind: str, text: str) -> None:
    """Serve requests until the parent is gone."""
    options = json.loads(text)
    confine(options)
    answer: Answer = importlib.import_module(_KINDS[kind]).serve(options)
    with socket.socket(fileno=sys.stdin.fileno()) as link:
        while True:
            try:
                request, raw = receive(link)
            except EOFError:
                return
            for header, pixels in answer(request, raw):
                send(link, header, pixels)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
