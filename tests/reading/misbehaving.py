"""A worker that does on request what a broken library might do."""

import os
import sys
import time
from collections.abc import Callable, Iterator

from archiver.reading.frames import Header
from archiver.reading.worker import Answer, Options


def _loop() -> None:
    while True:
        pass


def _eat() -> None:
    [bytes(1 << 20) for _ in range(100_000)]


def _babble() -> None:
    for number in range(10_000):
        print("noise", number, flush=True)
        os.write(sys.stderr.fileno(), b"more noise\n")


def _write() -> None:
    with os.fdopen(os.memfd_create("written"), "wb") as file:
        file.write(b"x")


DEEDS: dict[str, Callable[[], object]] = {
    "answer": lambda: None,
    "crash": os.abort,
    "hang": lambda: time.sleep(60),
    "loop": _loop,
    "eat": _eat,
    "babble": _babble,
    "lie": lambda: None,
    "stop half-way": lambda: None,
    "write": _write,
}


def serve(options: Options) -> Answer:
    """The answering function."""
    if options.get("start") == "fail":
        raise ImportError

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        deed = str(request["do"])
        DEEDS[deed]()
        if deed == "answer":
            yield {"said": request.get("say"), "pid": os.getpid()}, raw
        if deed == "lie":
            yield {"said": 7}, b""
        if deed == "stop half-way":
            yield {"said": "one"}, b""
            os._exit(0)
        yield {"last": True}, b""

    return answer
