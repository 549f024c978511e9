"""Commands as processes of their own, forked from one that has loaded the program already.

Loading takes most of a command's time, and is the same every time. A forked process has its own
arguments, folder, environment, standard streams and end, like one that was started; that the
program can be started is seen by the tests that start it (`Screen`, `tests/service`, `faults`).
They do not count as covered: being measured, a command takes two and a half times as long.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self

import archiver.cli

_LOADED = (
    *("archiver.catalogue.store", "archiver.catalogue.sqlite", "archiver.declarations.raised"),
    *("archiver.reading.reader", "archiver.search.whoosh_engine", "archiver.search.whoosh_writer"),
    *("archiver.vault.settings", "archiver.vault.create"),
)
"""What commands load besides their own modules."""


class Warm:
    """The process that has loaded the program; one command at a time."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        known = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from {__name__} import serve; serve({theirs.fileno()})"],
                pass_fds=[theirs.fileno()],
                env={**known, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)},
            )

    def run(
        self, words: Sequence[str], cwd: Path, env: Mapping[str, str], typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run `archiver` with these words; gives what it wrote and its exit code."""
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(typed.encode())
            given.seek(0)
            asked = json.dumps([list(words), str(cwd), dict(env)]).encode()
            streams = [one.fileno() for one in (given, out, err)]
            socket.send_fds(self._ours, [len(asked).to_bytes(4)], streams)
            self._ours.sendall(asked)
            code = int.from_bytes(_exactly(self._ours, 4), signed=True)
            told = [_all_of(one) for one in (out, err)]
        return subprocess.CompletedProcess(list(words), code, *told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        self._process.wait()


def _all_of(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()


def _exactly(connection: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = connection.recv(size - len(found))
        if not piece:
            raise EOFError("the process that forks commands is gone")
        found += piece
    return found


def serve(descriptor: int) -> None:
    """Fork a process for each command that is asked for, until nobody asks any more."""
    for name in (*_LOADED, *(one.name for one in pkgutil.iter_modules(archiver.cli.__path__))):
        importlib.import_module(name if "." in name else f"archiver.cli.{name}")
    gc.freeze()  # what is shared is not copied to look for garbage in it
    with contextlib.closing(socket.socket(fileno=descriptor)) as connection:
        while True:
            size, streams, _, _ = socket.recv_fds(connection, 4, 3)
            if not size:
                return
            words, cwd, env = json.loads(_exactly(connection, int.from_bytes(size)))
            child = os.fork()
            if not child:
                break
            for one in streams:
                os.close(one)
            _, status = os.waitpid(child, 0)
            connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, signed=True))
    _become(words, cwd, env, streams)


def _become(words: list[str], cwd: str, env: dict[str, str], streams: list[int]) -> None:
    """Be the command: it ends as a program does, with everything that happens at the end."""
    for number, one in enumerate(streams):
        os.dup2(one, number)
        os.close(one)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    sys.argv = ["archiver", *words]
    code: object = 0
    try:
        importlib.import_module("archiver.cli.app").main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - as the interpreter would tell it
        sys.excepthook(*sys.exc_info())
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
