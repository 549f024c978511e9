"""Shows a file with the program this desktop has for its kind."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 1.0
"""Seconds after which a viewer that has not complained counts as open."""


def view(path: Path) -> str | None:
    """Open `path`; gives the program that does it, None where there is no desktop or it fails."""
    for program in _programs():
        if shutil.which(program) and _shows(program, path):
            return program
    return None


def _programs() -> Iterator[str]:
    """What may open a file here: Windows from within WSL, macOS, any desktop of Linux."""
    if os.environ.get("WSL_DISTRO_NAME"):
        yield "wslview"
    if sys.platform == "darwin":
        yield "open"
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        yield "xdg-open"


def _shows(program: str, path: Path) -> bool:
    """Whether the program took the file; it may go on running after us."""
    try:
        started = subprocess.Popen(  # noqa: S603 - the desktop's own program
            [program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return started.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
