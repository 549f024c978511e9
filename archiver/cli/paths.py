"""Where the papers found lie, and nothing else: for other programs."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from archiver.search.base import Hit


def list_paths(root: Path, hits: Iterable[Hit], *, null: bool) -> None:
    """Write the absolute path of every file of every hit, ended by a line end or NUL.

    They are in the bytes of the disk.
    """
    end = b"\0" if null else b"\n"
    files = (file for hit in hits for file in (hit.path, *hit.files))
    click.echo(b"".join(os.fsencode(root / file) + end for file in files), nl=False)
