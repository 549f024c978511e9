"""The parent's side of the worker processes: started when needed, replaced when they fail."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shlex import join
from time import monotonic
from typing import TypeVar

from archiver.core.errors import N_, DocumentError, EngineError, NotYet
from archiver.core.model import Because
from archiver.reading.answers import Nonsense
from archiver.reading.frames import Header, Patience, receive, send
from archiver.reading.worker import Options

T = TypeVar("T")

_SERVES = 500
"""Answers after which a worker is replaced: what libraries leak must not hit a later paper."""

_GROWN = 0.7
"""Share of what a worker may take from which it is replaced between two answers: openvino keeps
something for every size of picture it has seen, some 20 MB a page."""

_WEIGHED = 0.1
"""Seconds between two looks at the memory of a worker at work."""

_Places = tuple[tuple[int, int] | None, ...]
"""Device and inode of folders; None for one that is not there."""

_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """What a crew is for.

    Attributes:
        module: what the worker runs.
        options: what it is started with.
        resident: bytes of memory it may really take; watched while somebody waits for it.
        size: most processes at a time.
        seconds: for one answer, counted while its caller waits for it.
        start_seconds: until a new process is ready.
        crashed: the code of the reason when a worker dies over a paper.
        environment: variables it is started with.
        folders: where the files lie that it opens.
    """

    module: str
    options: Options
    resident: int
    size: int
    seconds: float
    start_seconds: float
    crashed: str
    environment: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()


class Worker:
    """One worker process and the link to it; serves one caller at a time."""

    def __init__(self, duty: Duty) -> None:
        self._duty = duty
        options = json.dumps({**duty.options, "seconds": duty.seconds})
        # -P: a file named like a module in the current folder must not be run in its place.
        self._command = [
            sys.executable,
            "-P",
            "-m",
            "archiver.reading.worker",
            duty.module,
            options,
            *map(str, duty.folders),
        ]
        self._places = _places(duty.folders)
        self._link, theirs = socket.socketpair()
        with theirs:
            self._process = self._start(theirs)
        self._ready = False
        self._served = 0
        self._weighed = 0.0
        self.fit = True

    def _start(self, link: socket.socket) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
                self._command,
                stdin=link.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_ENVIRONMENT, **self._duty.environment},
                start_new_session=True,  # it has no terminal to type into
            )
        except OSError:
            self._link.close()
            raise

    def ask(
        self, request: Header, raw: bytes, understand: Callable[[Header, bytes], T]
    ) -> Iterator[T]:
        """Send a request and give the messages of the answer.

        A worker that fails, or whose answer is not drawn to its end, is fit no more.

        Raises:
            EngineError: the process does not start.
            DocumentError: it died or talked nonsense, its time was up (`timed_out`), or it grew
                too large (`out_of_memory`).
        """
        self.fit = False
        self._await_ready()
        try:
            yield from self._talk(request, raw, understand)
        except TimeoutError as error:
            seconds = f"{self._duty.seconds:g}"
            raise DocumentError(Because.of("timed_out", seconds=seconds)) from error
        except (EOFError, OSError, Nonsense) as error:
            raise DocumentError(Because.of(self._duty.crashed)) from error
        self._served += 1
        grown = resident(self._process.pid) > _GROWN * self._duty.resident
        self.fit = self._served < _SERVES and not grown

    def _talk(
        self, request: Header, raw: bytes, understand: Callable[[Header, bytes], T]
    ) -> Iterator[T]:
        left = self._duty.seconds
        begun = monotonic()
        self._link.settimeout(left)
        send(self._link, request, raw)
        while True:
            header, pixels = receive(self._link, Patience(begun + left, self._weigh))
            message = understand(header, pixels)
            left -= monotonic() - begun
            yield message
            if header.get("last"):
                return
            begun = monotonic()

    def _weigh(self) -> None:
        """Now and then, see that the process has not grown too large.

        Raises:
            DocumentError: `out_of_memory`; the process is killed.
        """
        now = monotonic()
        if now < self._weighed + _WEIGHED:
            return
        self._weighed = now
        if resident(self._process.pid) > self._duty.resident:
            self._process.kill()
            raise DocumentError(Because.of("out_of_memory"))

    def _await_ready(self) -> None:
        """Wait until a new process has loaded what it needs."""
        if self._ready:
            return
        try:
            receive(self._link, Patience(monotonic() + self._duty.start_seconds))
        except (EOFError, OSError) as error:
            raise EngineError(
                N_("a process that reads papers does not start"),
                hint=N_("see why with: {command}"),
                command=join(self._command),
            ) from error
        self._ready = True

    def lives(self) -> bool:
        """Whether it is there and may read the folders that are there now.

        Another folder of the same name is not the one it was allowed to read.
        """
        now = _places(self._duty.folders)
        known = all(one in {None, then} for one, then in zip(now, self._places, strict=True))
        return known and self._process.poll() is None

    def kill(self) -> None:
        """Stop it at once; whoever waits for it is told."""
        self._process.kill()

    def end(self) -> None:
        """Close the link and make sure that the process is gone."""
        self._link.close()
        self._process.kill()
        self._process.wait()


class Crew:
    """Up to `duty.size` workers of one kind; safe to use from several threads."""

    def __init__(self, duty: Duty) -> None:
        self._duty = duty
        self._free = threading.Semaphore(duty.size)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: list[Worker] = []
        self._closed = False

    def warm(self) -> None:
        """Start every worker without waiting until it is ready."""
        with self._lock:
            while not self._closed and len(self._idle) + len(self._busy) < self._duty.size:
                self._idle.append(Worker(self._duty))

    def renew(self) -> None:
        """End those that wait: whoever is next gets a new one."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    @contextmanager
    def one(self) -> Iterator[Worker]:
        """A worker for the length of the block; one no longer fit is not used again.

        Raises:
            NotYet: the crew was closed before or meanwhile; the paper waits for the next run.
        """
        with self._free:
            worker = self._take()
            try:
                yield worker
            except (DocumentError, EngineError) as error:
                if self._closed:
                    raise closed() from error
                raise
            finally:
                self._give_back(worker)

    def _take(self) -> Worker:
        with self._lock:
            if self._closed:
                raise closed()
            worker = self._next()
            self._busy.append(worker)
            return worker

    def _next(self) -> Worker:
        """One that waits; one that died meanwhile costs nobody's paper."""
        while self._idle:
            worker = self._idle.pop()
            if worker.lives():
                return worker
            worker.end()
        return Worker(self._duty)

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            self._busy.remove(worker)
            if worker.fit and not self._closed:
                self._idle.append(worker)
                return
        worker.end()

    def close(self) -> None:
        """End every worker; those at work are killed over it."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.end()


def resident(pid: int) -> int:
    """Bytes of memory that a process really takes; 0 where nobody says so."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _places(folders: tuple[Path, ...]) -> _Places:
    """Which folders these names stand for now."""
    return tuple(_place(folder) for folder in folders)


def _place(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def closed() -> NotYet:
    """What a paper is told whose reader was closed."""
    return NotYet(N_("the reading room is closed"))
