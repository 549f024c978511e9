"""Shows a paper, or the place on its page where a value was read, and says by which program."""

from collections.abc import Iterator
from pathlib import Path

from archiver.cli.recall import keep
from archiver.cli.viewer import view
from archiver.core.errors import N_, ArchiverError, DocumentError
from archiver.core.model import Box, Document
from archiver.custody.shown import strip
from archiver.custody.witness import seen
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.vault.vault import Vault

Spot = tuple[int, Box]
"""A page, from 1, and a place on it."""


def show_place(
    vault: Vault, paper: Document, spot: Spot | None, picture: Path, *, whole: bool = False
) -> Iterator[str]:
    """Show the page with a red box, else the paper itself; gives what to say about it.

    That somebody looked is written to the ledger.

    Args:
        vault: the open vault.
        paper: whose page it is.
        spot: where; None where no place is known.
        picture: the file to draw to.
        whole: the page from top to bottom instead of a strip.
    """
    path = vault.layout.root / paper.path
    try:
        drawn = strip(vault, paper, *spot, whole=whole) if spot else None
        if drawn:
            keep(picture, drawn)
            path = picture
    except (ArchiverError, OSError) as error:
        yield translate(N_("The place cannot be shown: {why}")).format(why=_why(error))
    program = view(path)
    seen(vault, paper, "open")
    if program:
        yield translate(N_("Opened with {program}.")).format(program=program)
    else:
        told = translate(N_("There is no desktop here to open it on. The file: {path}"))
        yield told.format(path=path)


def _why(error: ArchiverError | OSError) -> str:
    if isinstance(error, DocumentError):
        return sentence(error.because)
    return error.sentence(translate) if isinstance(error, ArchiverError) else str(error)
