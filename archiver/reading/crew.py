"""The parent's side of the worker processes: started when needed, replaced when they fail."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from archiver.core.errors import DocumentError
from archiver.core.model import Because
from archiver.reading.frames import Header, receive, send

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class Worker:
    """One worker process and the link to it."""

    def __init__(self, kind: str, options: dict[str, int | str], timeout: float) -> None:
        ours, theirs = socket.socketpair()
        ours.settimeout(timeout)
        self._link = ours
        command = [sys.executable, "-m", "archiver.reading.worker", kind, json.dumps(options)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
            command,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},
        )
        theirs.close()

    def ask(self, request: Header, raw: bytes = b"") -> Iterator[tuple[Header, bytes]]:
        """Send a request and give the messages of the answer.

        Raises:
            DocumentError: the worker died (`crashed`), or was silent too long (`timed_out`).
        """
        try:
            send(self._link, request, raw)
            while True:
                header, pixels = receive(self._link)
                yield header, pixels
                if header.get("last"):
                    return
        except TimeoutError as error:
            raise DocumentError(Because.of("timed_out")) from error
        except (EOFError, OSError) as error:
            raise DocumentError(Because.of("crashed")) from error

    def end(self) -> None:
        """Close the link and make sure that the process is gone."""
        self._link.close()
        self._process.kill()
        self._process.wait()


class Crew:
    """Up to `size` workers of one kind; each serves one caller at a time."""

    def __init__(
        self, kind: str, options: dict[str, int | str], *, size: int, timeout: float
    ) -> None:
        self._kind = kind
        self._options = options
        self._timeout = timeout
        self._free = threading.Semaphore(size)
        self._size = size
        self._idle: list[Worker] = []

    def _worker(self) -> Worker:
        return Worker(self._kind, self._options, self._timeout)

    def warm(self) -> None:
        """Start every worker without waiting until it is ready."""
        self._idle.extend(self._worker() for _ in range(self._size - len(self._idle)))

    @contextmanager
    def one(self) -> Iterator[Worker]:
        """A worker for the length of the block; one that failed is not used again."""
        with self._free:
            worker = self._idle.pop() if self._idle else self._worker()
            try:
                yield worker
            except BaseException:
                worker.end()
                raise
            self._idle.append(worker)

    def close(self) -> None:
        """End every worker."""
        while self._idle:
            self._idle.pop().end()
