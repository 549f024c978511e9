"""Makes the periodic report: check, gather, render, write, and say so in the ledger."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue.ledger import Head
from archiver.core import proof
from archiver.core.model import Digest
from archiver.custody.stamp import today
from archiver.custody.witness import reported
from archiver.disk import door
from archiver.disk.guard import only_one
from archiver.disk.lines import replace_bytes
from archiver.repair.check import check
from archiver.report.gather import Checked, gather
from archiver.report.page import page
from archiver.report.span import span_of
from archiver.report.values import Values, values_text
from archiver.report.workbook import workbook
from archiver.vault.vault import Vault

VERIFIER = "verify.py"
"""The verifier of the ledger, copied beside the reports: it needs nothing but Python."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made.

    Attributes:
        folder: where it lies.
        files: name → SHA-256.
        entry: number of the ledger entry that says so.
    """

    values: Values
    folder: Path
    files: Mapping[str, Digest]
    entry: int


def render(values: Values) -> dict[str, bytes]:
    """Every file of a report: the same values give the same bytes."""
    return {
        "report.html": page(values),
        "report.xlsx": workbook(values),
        "values.json": values_text(values).encode(),
    }


def make(
    vault: Vault,
    period: str | None,
    *,
    deep: bool,
    copy_to: Path | None,
    progress: Callable[[int, int], None],
) -> Made:
    """Make the report of a month and file it under `reports/`; an earlier one of it is replaced.

    Args:
        vault: the open vault.
        period: `2026-10`; None is the current month.
        deep: read every file, instead of looking at names and sizes only.
        copy_to: a folder to put the same files into as well.
        progress: told how many of how many papers have been looked at.

    Raises:
        UsageError: `period` is no month, or has not begun.
        Busy: another process is making a report.
        OSError: the store refused.
    """
    with vault.catalogue.read() as tx:
        span_of(period, today(vault, tx))  # refused before anything is done
    with only_one(vault.layout.reporting, "report"):
        faults = check(vault, deep=deep, progress=progress)
        values = gather(vault, period, Checked(deep, faults))
        files = render(values)
        folder = vault.layout.reports / values.cover.period
        _write(folder, files)
        verifier = Path(proof.__file__).read_bytes()
        replace_bytes(vault.layout.reports / VERIFIER, verifier)
        if copy_to:
            _copy(copy_to, {**files, VERIFIER: verifier})
        digests = {name: Digest(hashlib.sha256(data).hexdigest()) for name, data in files.items()}
        cover = values.cover
        entry = reported(
            vault,
            cover.period,
            Head(cover.seq, cover.leaf),
            digests,
            findings=len(values.findings),
        )
    return Made(values, folder, digests, entry)


def _copy(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write to a folder outside: a stick or a share may know no modes and no links."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        with (folder / name).open("wb") as stream:
            stream.write(data)
            stream.flush()
            door.sync_file(stream.fileno())


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    door.make_folder(folder)
    for name, data in files.items():
        replace_bytes(folder / name, data)
