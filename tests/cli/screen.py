"""A program in a terminal, and what it wrote there."""

import contextlib
import os
import select
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from types import MappingProxyType, TracebackType
from typing import Any, Self

from tests.cli.shell import Shell

UNSET = {
    *("NO_COLOR", "CLICOLOR", "FORCE_COLOR", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"),
    *("LC_ALL", "COLUMNS", "LINES"),
}


class Screen:
    """A program in a pseudo-terminal: keys go in when it waits for them."""

    def __init__(
        self,
        shell: Shell,
        *words: str,
        size: tuple[int, int] = (24, 80),
        env: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, size)
        known = {k: v for k, v in os.environ.items() if k not in UNSET}
        state = str(shell.vault.parent / "state")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "archiver.cli.app", "--lang", "en", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=shell.vault,
            env={**known, "TERM": "xterm", "XDG_STATE_HOME": state, **env},
            start_new_session=True,
        )
        os.close(theirs)
        self.written = ""

    def until(self, text: str) -> str:
        """Everything written until `text` appears."""
        begin = len(self.written)
        while text not in self.written[begin:]:
            assert self._read(), f"{text!r} never came:\n{self.written}"
        return self.written[begin:]

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 60)
        piece = b""
        with contextlib.suppress(OSError):  # the other end is closed
            piece = os.read(self._ours, 65536) if ready else b""
        self.written += piece.decode(errors="replace")
        return bool(piece)

    def press(self, text: str) -> None:
        """Type after the program has begun to wait (it throws away what was typed before)."""
        deadline = time.monotonic() + 30
        while termios.tcgetattr(self._ours)[3] & termios.ICANON and time.monotonic() < deadline:
            time.sleep(0.02)
        os.write(self._ours, text.encode())

    def secret(self, text: str) -> None:
        """Type a line where nothing is shown, after the program has begun to wait."""
        deadline = time.monotonic() + 30
        while termios.tcgetattr(self._ours)[3] & termios.ECHO and time.monotonic() < deadline:
            time.sleep(0.02)
        self.line(text)

    def line(self, text: str) -> None:
        """Type a line where one was asked for."""
        os.write(self._ours, f"{text}\n".encode())

    def end(self) -> int:
        """Read the rest; gives the exit code."""
        while self._read():
            pass
        return self._process.wait(60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._ours)


def ended(shell: Shell, *words: str, **options: Any) -> str:  # noqa: ANN401 - as `Screen` takes
    """What a command that asks nothing writes in a terminal."""
    with Screen(shell, *words, **options) as screen:
        assert screen.end() == 0
        return screen.written
