"""Tells somebody that files were put aside, by the command that `vault.toml` names.

Once a batch, not once a file: an archive of thirty locked scans is one mail, not thirty. Each file
is told of once; a command that fails is logged, and `quarantine list` has the file anyway.
"""

import json
import logging
import os
import subprocess
from collections.abc import Iterable

from archiver.catalogue import aside
from archiver.catalogue.receipts import Receipt
from archiver.declarations.sentences import sentence
from archiver.declarations.words import speaking
from archiver.vault.vault import Vault

_SECONDS = 30.0
_KEPT = ("HOME", "PATH", "TZ")
"""Of the environment: mail programs look for their settings at home."""

log = logging.getLogger(__name__)


def tell_landed(vault: Vault) -> None:
    """Run the command about the files of which nobody was told yet."""
    with vault.catalogue.read() as tx:
        if not aside.landed(tx):
            return
    with vault.catalogue.write() as tx:  # only one of several intakes has each of them
        found = aside.landed(tx)
        aside.forget_landed(tx, (one.id for one in found))
    command = vault.settings.quarantine.command
    wrong = _run(vault, command, _told(vault, found)) if command and found else None
    if wrong:
        log.error("the command of [quarantine]: %s", wrong)


def _told(vault: Vault, found: Iterable[Receipt]) -> str:
    """One JSON object a line; reasons in the language of the vault."""
    with speaking(vault.settings.lang):
        rows = [
            {
                "receipt": one.id,
                "source": one.source,
                "folder": one.folder,
                "day": one.day.isoformat(),
                "path": str(vault.layout.root / one.path),
                "reasons": [{"code": why.code, "text": sentence(why)} for why in one.reasons],
            }
            for one in found
        ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _run(vault: Vault, command: tuple[str, ...], told: str) -> str | None:
    """Run it for at most half a minute; gives what went wrong."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - the administrator's own command, without a shell
            command,
            input=told.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**kept, "LANG": "C.UTF-8", "ARCHIVER_VAULT": str(vault.layout.root)},
            cwd=vault.layout.root,
            timeout=_SECONDS,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"took more than {_SECONDS:g} s"
    except OSError as error:
        return str(error)
    said = done.stderr.decode(errors="replace")[-200:].strip()
    return f"ended with {done.returncode}: {said}" if done.returncode else None
