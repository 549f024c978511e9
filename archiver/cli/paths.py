"""Where the papers found lie, and nothing else: for other programs."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from archiver.search.base import Hit


def list_paths(root: Path, hits: Iterable[Hit], *, null: bool) -> None:
    """Write the absolute path of every hit in the bytes of the disk, ended by a line end or NUL."""
    end = b"\0" if null else b"\n"
    click.echo(b"".join(os.fsencode(root / one.path) + end for one in hits), nl=False)
