"""One pass: over the inbox, or over files named on the command line."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from time import monotonic

from archiver.core.errors import N_, NotYet, UsageError
from archiver.core.model import Arrival, Because, CustomerId, Outcome
from archiver.core.names import readable
from archiver.declarations.words import translate
from archiver.disk import door
from archiver.disk.guard import Presence, shape_of
from archiver.intake import arrivals, pipeline
from archiver.intake.publish import Publisher
from archiver.intake.recover import recover
from archiver.intake.settle import Settler
from archiver.intake.sweep import Drop, Stuck, sweep
from archiver.intake.taken import Taken, waits
from archiver.vault.vault import Vault

Pause = Callable[[float], None]

_PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".heic", ".heif"}


def ingest_inbox(vault: Vault, named: CustomerId | None, pause: Pause) -> Iterator[Taken]:
    """Take in what lies in the inbox and has settled, after what a crash left behind.

    Args:
        vault: the open vault.
        named: the customer all of it belongs to, when the operator says so.
        pause: sleeps that many seconds.

    Yields:
        One value a file, the ones that wait last.
    """
    with at_work(vault) as left:
        settled, waiting = look_twice(vault, pause)
        claimed = (arrivals.take(vault, drop.relative, named) for drop in settled)
        yield from take_all(vault, chain(left, (one for one in claimed if one)))
        yield from waiting


def ingest_given(
    vault: Vault, given: Iterable[Path], named: CustomerId | None, *, move: bool
) -> Iterator[Taken]:
    """Take in copies of the given files, and of all files in given folders.

    The originals stay, unless `move` is asked for: then each goes once its outcome is durable.

    Raises:
        UsageError: one of the paths does not exist.
    """
    files = list(_expand(given))
    waiting: list[Taken] = []
    copied: dict[str | None, Path] = {}
    with at_work(vault) as left:
        _warm(vault, files)
        copies = _copies(vault, files, named, waiting)
        for taken in take_all(vault, chain(left, _noted(copies, copied))):
            original = copied.pop(taken.receipt, None)
            if move and original and taken.outcome is not Outcome.WAITING:
                door.unlink(original)
            yield taken
        yield from waiting


def _noted(
    copies: Iterable[tuple[Path, Arrival]], copied: dict[str | None, Path]
) -> Iterator[Arrival]:
    """The arrivals, each original noted under its receipt: several may be told by one name."""
    for path, arrival in copies:
        copied[arrival.receipt] = path
        yield arrival


@contextmanager
def at_work(vault: Vault) -> Iterator[list[Arrival]]:
    """Be present as an intake; gives the claims of a dead one when nobody else is at work."""
    presence = Presence(vault.layout.presence)
    try:
        left = recover(vault) if presence.alone() else []
        presence.share()
        yield left
    finally:
        presence.close()


def take_all(vault: Vault, arriving: Iterable[Arrival]) -> Iterator[Taken]:
    """Run the pipeline and publish as it goes."""
    publisher = Publisher(vault)
    try:
        try:
            yield from pipeline.run(vault, arriving, publisher.after_paper)
        finally:
            publisher.rest()
    except OSError as error:  # a claim could not be made, or the index not be written
        raise pipeline.refused(error) from error


def look_twice(vault: Vault, pause: Pause) -> tuple[list[Drop], list[Taken]]:
    """Look at the inbox, wait for the quiet time, look again: what settled, and what waits."""
    inbox = vault.layout.inbox
    quiet = vault.settings.settle.quiet
    settler = Settler(quiet)
    first = [drop for drop in sweep(inbox) if isinstance(drop, Drop)]
    for drop in first:
        settler.look(drop.relative, drop.shape, monotonic())
    if first:
        _warm(vault, (PurePosixPath(drop.relative) for drop in first))
        pause(quiet)
    settled: list[Drop] = []
    waiting: list[Taken] = []
    for found in sweep(inbox):
        if isinstance(found, Stuck):
            waiting.append(waits(found.relative, found.because))
        elif settler.look(found.relative, found.shape, monotonic()):
            settled.append(found)
        else:
            waiting.append(waits(found.relative, Because.of("still_changing")))
    return settled, waiting


def _warm(vault: Vault, papers: Iterable[PurePath]) -> None:
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
    vault: Vault, files: Iterable[Path], named: CustomerId | None, waiting: list[Taken]
) -> Iterator[tuple[Path, Arrival]]:
    """Claims for the given files; what cannot be read now is noted in `waiting`."""
    for path in files:
        if shape_of(path) is None:
            waiting.append(waits(str(path), Because.of("not_a_file")))
        elif not os.access(path, os.R_OK):
            waiting.append(waits(str(path), Because.of("not_readable")))
        else:
            try:
                yield path, arrivals.take_copy(vault, path, named)
            except NotYet as error:
                waiting.append(
                    waits(str(path), Because.of("not_yet", why=error.sentence(translate)))
                )
