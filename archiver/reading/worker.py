"""A worker process: opens foreign bytes, or reads pixels, inside limits the kernel enforces.

Started as `python -P -m archiver.reading.worker MODULE OPTIONS FOLDER...` with a socket as standard
input; the module has `serve(options)`, which gives the function that answers requests. Papers lie
in the folders; of anything else it can read only programs. It ends when the other side of the
socket is closed, so that it never outlives its parent.
"""

import importlib
import json
import math
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from time import process_time
from typing import Protocol

from archiver.reading import sandbox
from archiver.reading.frames import Header, receive, send

Options = dict[str, int | float | str]


class Answer(Protocol):
    """Answers one request with any number of messages, the last one marked `"last": true`."""

    def __call__(self, request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        """The messages."""
        ...


def confine(memory: int) -> None:
    """Give up what a worker has no business with.

    Ctrl-C and the stop of a service reach every process of the group: the parent decides what
    becomes of the paper in hand, so its workers do not listen.

    Args:
        memory: address space in bytes; 0 for no limit.
    """
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.SIG_IGN)
    if memory:
        _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)


def _limit(what: int, most: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _allow(seconds: float) -> None:
    """Allow that much processor time from now on: an orphan in an endless loop ends as well."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(process_time() + seconds) + 1, hard))


def main(module: str, text: str, folders: list[str]) -> None:
    """Serve requests until the parent is gone."""
    options: Options = json.loads(text)
    confine(int(options["bytes"]))
    sandbox.shut_in(folders)
    answer: Answer = importlib.import_module(module).serve(options)
    with socket.socket(fileno=sys.stdin.fileno()) as link:
        send(link, {"ready": True})
        while True:
            try:
                request, raw = receive(link)
            except EOFError:
                return
            _allow(float(options["seconds"]))
            for header, pixels in answer(request, raw):
                send(link, header, pixels)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
