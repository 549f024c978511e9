"""A worker that does on request what a broken library might do, or one taken over by a paper."""

import ctypes
import errno
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.reading.frames import Header
from archiver.reading.worker import Answer, Options


def _loop() -> None:
    while True:
        pass


def _eat() -> None:
    [bytes(1 << 20) for _ in range(100_000)]


def _grow() -> None:
    kept = []
    for _ in range(100):
        kept.append(b"x" * (20 << 20))
        time.sleep(0.02)


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
    "grow": _grow,
    "babble": _babble,
    "chatter": lambda: None,
    "escape": lambda: None,
    "lie": lambda: None,
    "stop half-way": lambda: None,
    "write": _write,
}


def _in_a_thread(path: Path) -> None:
    seen: list[object] = []
    thread = threading.Thread(target=lambda: seen.append(_tried("read", path)))
    thread.start()
    thread.join()
    if seen != ["done"]:
        raise OSError(getattr(errno, str(seen[0])), "in a thread")


def _called(name: str, *arguments: int) -> None:
    """Call a function of the C library that Python has no name for."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


ESCAPES: dict[str, Callable[[Path], object]] = {
    "read": Path.read_bytes,
    "list": lambda path: os.listdir(path.parent),  # noqa: PTH208 - the very call
    "read in a thread": _in_a_thread,
    "read of the parent": lambda _: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "write": lambda path: path.write_bytes(b""),
    "append": lambda path: path.open("ab"),
    "create": lambda path: path.with_name("new").touch(),
    "truncate": lambda path: os.truncate(path, 0),
    "unlink": Path.unlink,
    "rename": lambda path: path.rename(path.with_name("other")),
    "link": lambda path: path.with_name("other").hardlink_to(path),
    "symlink": lambda path: path.with_name("other").symlink_to(path),
    "make a folder": lambda path: path.with_name("other").mkdir(),
    "make a pipe": lambda path: os.mkfifo(path.with_name("other")),
    "change the mode": lambda path: path.chmod(0o777),
    "change the owner": lambda path: os.chown(path, os.getuid(), os.getgid()),
    "change the times": lambda path: os.utime(path, (0, 0)),
    "set an attribute": lambda path: os.setxattr(path, "user.a", b"b"),
    "use the network": lambda _: socket.socket(),
    "use the other network": lambda _: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
    "use a local socket": lambda _: socket.socket(socket.AF_UNIX),
    "use two of them": lambda _: socket.socketpair(),
    "fork": lambda _: os.fork() or os._exit(0),
    "execute": lambda _: os.execv("/bin/true", ["true"]),  # noqa: S606
    "spawn": lambda _: os.posix_spawn("/bin/true", ["true"], {}),
    "start a program": lambda _: subprocess.run(["true"], check=True),
    "signal the parent": lambda _: os.kill(os.getppid(), 0),
    "signal a thread of it": lambda _: _called("tgkill", os.getppid(), os.getppid(), 0),
    "slow the parent down": lambda _: os.setpriority(os.PRIO_PROCESS, os.getppid(), 1),
    "leave the namespace": lambda _: _called("unshare", 0x10000000),
}


def _tried(how: str, path: Path) -> str:
    """`done`, or the name of the error."""
    try:
        ESCAPES[how](path)
    except OSError as error:
        return errno.errorcode[error.errno or errno.EIO]
    return "done"


def serve(options: Options) -> Answer:
    """The answering function."""
    if options.get("start") == "fail":
        raise ImportError

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        deed = str(request["do"])
        DEEDS[deed]()
        if deed == "answer":
            yield {"said": request.get("say"), "pid": os.getpid()}, raw
        if deed == "escape":
            how, _, path = str(request["say"]).partition(":")
            yield {"said": _tried(how, Path(path)), "pid": os.getpid()}, b""
        while deed == "chatter":
            yield {"said": "and"}, b""
        if deed == "lie":
            yield {"said": 7}, b""
        if deed == "stop half-way":
            yield {"said": "one"}, b""
            os._exit(0)
        yield {"last": True}, b""

    return answer
