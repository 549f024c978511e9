"""Whether colours are wanted. On a terminal only, and never the only way anything is told."""

import os
import sys


def coloured() -> bool:
    """False when the environment says no.

    `NO_COLOR` with any value (no-color.org), `CLICOLOR=0` (bixense.com/clicolors), or a terminal
    that can do nothing but write (`TERM=dumb`).
    """
    told = os.environ
    return not (told.get("NO_COLOR") or told.get("CLICOLOR") == "0" or is_dumb())


def is_dumb() -> bool:
    """Whether the terminal cannot move its cursor."""
    return os.environ.get("TERM") in {"dumb", "unknown"}


def interactive() -> bool:
    """Whether a person reads what is written and types what is read."""
    return sys.stdin.isatty() and sys.stdout.isatty()
