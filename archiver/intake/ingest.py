"""One pass: over the inbox, or over files named on the command line."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from time import monotonic

from archiver.catalogue import originals
from archiver.core.errors import N_, NotYet, UsageError
from archiver.core.model import Arrival, Because, CustomerId, Outcome
from archiver.core.names import readable
from archiver.custody.anew import finish
from archiver.custody.matching import catch_up
from archiver.disk import door
from archiver.disk.guard import shape_of
from archiver.intake import pipeline
from archiver.intake.inbox import Inbox
from archiver.intake.publish import Publisher
from archiver.intake.shift import Shift
from archiver.intake.sweep import sweep
from archiver.intake.taken import Taken, not_yet, waits
from archiver.vault.layout import DERIVED
from archiver.vault.vault import Vault

Pause = Callable[[float], None]

_PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".heic", ".heif"}


def ingest_inbox(vault: Vault, named: CustomerId | None, pause: Pause) -> Iterator[Taken]:
    """Take in what lies in the inbox and has settled, after what a crash left behind.

    What lacks its end is looked at once more after the others: it may still be on its way.

    Args:
        vault: the open vault.
        named: the customer all of it belongs to, when the operator says so.
        pause: sleeps that many seconds.

    Yields:
        One value a file, the ones that wait last.
    """
    settle = vault.settings.settle
    inbox = Inbox(vault)
    refused: list[Taken] = []
    with Shift(vault, "ingest") as shift:

        def arriving() -> Iterator[Arrival]:
            return inbox.claimed(shift, look.settled, refused, named=named)

        left = shift.left()
        look = inbox.look()
        if look.unsettled:
            warm(vault, (PurePosixPath(drop.relative) for drop in look.unsettled))
            pause(settle.quiet)
            look = inbox.look()
        begun = monotonic()
        yield from take_all(vault, chain(left, arriving()))
        if look.unfinished:
            pause(max(0.0, settle.unfinished - settle.quiet - (monotonic() - begun)))
            look = inbox.look()
            yield from take_all(vault, arriving())
    finish(vault)
    yield from look.waiting()
    yield from refused


def ingest_given(
    vault: Vault, given: Iterable[Path], named: CustomerId | None, *, move: bool
) -> Iterator[Taken]:
    """Take in copies of the given files, and of all files in given folders.

    The originals stay, unless `move` is asked for: then each goes once its outcome is durable.

    Raises:
        UsageError: one of the paths does not exist.
    """
    ours = vault.layout.customers  # its lists are no papers, though the folder was given whole
    files = [
        path for path in _expand(given) if not (path.name in DERIVED and path.is_relative_to(ours))
    ]
    waiting: list[Taken] = []
    copied: dict[str | None, Path] = {}
    with Shift(vault, "ingest") as shift:
        left = shift.left()
        warm(vault, files)
        copies = _copies(shift, files, named, waiting)
        for taken in take_all(vault, chain(left, _noted(copies, copied))):
            original = copied.pop(taken.receipt, None)
            if move and original and taken.outcome is not Outcome.WAITING:
                _remove(vault, original)
            yield taken
    finish(vault)
    yield from waiting


def _remove(vault: Vault, original: Path) -> None:
    """Take away a given file that is safe; never an original of ours, given as if it were none."""
    place, root = original.parent.resolve() / original.name, vault.layout.root.resolve()
    within = place.relative_to(root).as_posix() if place.is_relative_to(root) else ""
    if within and readable(within) == within:  # as every name of ours is
        with vault.catalogue.read() as tx:
            if originals.at(tx, within):
                return
    door.unlink(original)


def _noted(
    copies: Iterable[tuple[Path, Arrival]], copied: dict[str | None, Path]
) -> Iterator[Arrival]:
    """The arrivals, each original noted under its receipt: several may be told by one name."""
    for path, arrival in copies:
        copied[arrival.receipt] = path
        yield arrival


def take_all(vault: Vault, arriving: Iterable[Arrival]) -> Iterator[Taken]:
    """Run the pipeline and publish as it goes."""
    publisher = Publisher(vault)
    try:
        try:
            yield from pipeline.run(vault, arriving, publisher.after_paper)
            catch_up(vault)
        finally:
            publisher.rest()
    except OSError as error:  # a claim could not be made, or the index not be written
        raise pipeline.refused(error) from error


def warm(vault: Vault, papers: Iterable[PurePath]) -> None:
    """Start the processes that will be needed, going by the names; others start later."""
    vault.reader.warm(pictures=any(one.suffix.lower() in _PICTURES for one in papers))


def _expand(given: Iterable[Path]) -> Iterator[Path]:
    """Files as they are, folders as the files in them."""
    for path in given:
        if path.is_dir():
            yield from (path / found.relative for found in sweep(path))
        elif os.path.lexists(path):
            yield path
        else:
            raise UsageError(
                N_("{path} does not exist"), hint=N_("check the spelling"), path=readable(str(path))
            )


def _copies(
    shift: Shift, files: Iterable[Path], named: CustomerId | None, waiting: list[Taken]
) -> Iterator[tuple[Path, Arrival]]:
    """Claims for the given files; what cannot be read now is noted in `waiting`."""
    for path in files:
        if shape_of(path) is None:
            waiting.append(waits(str(path), Because.of("not_a_file")))
        elif not os.access(path, os.R_OK):
            waiting.append(waits(str(path), Because.of("not_readable")))
        else:
            try:
                yield path, shift.take_copy(path, named)
            except NotYet as error:
                waiting.append(waits(str(path), not_yet(error)))
