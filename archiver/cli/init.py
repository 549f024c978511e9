"""`archiver init`."""

import os
from pathlib import Path

import click

from archiver.cli.door import login
from archiver.cli.output import say, talk
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.declarations.words import LANGUAGES
from archiver.disk.probe import Probe
from archiver.reading import landlock, seccomp
from archiver.vault.create import create

_SLOW_MS = 20.0


@spoken(N_("Make a vault in DIR and say what its file system can promise."), exits="0 2 9")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help=N_("language of folders and reports"))
def command(folder: Path, lang: str | None) -> None:
    """Make a vault."""
    vault, found = create(folder.resolve(), lang or _default(), login())
    with vault:
        say(N_("Vault made at {folder}"), folder=vault.layout.root)
        say(N_("Drop scans into {inbox}, then run: archiver ingest"), inbox=vault.layout.inbox)
        say(N_("The disk brings 4 KiB to stable storage in {ms} ms."), ms=f"{found.sync_ms:.2f}")
    for warning in [*_warnings(found), *_unguarded()]:
        talk(warning)


def _default() -> str:
    """English where the environment says so; else Chinese, as most archives of this kind are."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if named.lower().startswith("en") else "zh"


def _warnings(found: Probe) -> list[str]:
    checks = (
        (found.links, N_("warning: no hard links here; names are made in two steps instead")),
        (found.exclusive, N_("warning: exclusive creation does not work here: use another disk")),
        (found.locks, N_("warning: no locks here: never run two intakes at once")),
        (found.long_names, N_("warning: long names are not possible here; some will be cut")),
        (found.case_sensitive, N_("note: this file system takes a and A for one name")),
        (found.sync_ms < _SLOW_MS, N_("note: this disk is slow to sync; intake will be slow")),
    )
    return [text for fine, text in checks if not fine]


def _unguarded() -> list[str]:
    """What this kernel does not keep from a file that takes over the process that reads it."""
    checks = (
        (
            landlock.version(),
            N_("warning: no Landlock here: a hostile file may make its reader look at other files"),
        ),
        (
            seccomp.offered(),
            N_("warning: no seccomp here: a hostile file may make its reader use the network"),
        ),
    )
    return [text for fine, text in checks if not fine]
