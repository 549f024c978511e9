"""`archiver retain register`: what was destroyed, and what was withheld from it."""

import importlib
from pathlib import Path

import click

from archiver.cli.door import opened, with_form
from archiver.cli.output import Column, Form, Row, rows, say, talk
from archiver.cli.registered import line_row
from archiver.cli.speech import command as spoken
from archiver.cli.words import word
from archiver.core.errors import N_
from archiver.declarations.codes import LEFT_BECAUSE
from archiver.declarations.words import listing, ngettext
from archiver.report.register import Register
from archiver.report.remembered import register as gathered

_PAGE = "archiver.report.register_page"
"""What draws pages is loaded when one is asked for."""
_GONE = (
    Column("archive_no", N_("Archive number"), whole=True),
    Column("category_label", N_("Category")),
    Column("customer", N_("Customer no."), whole=True),
    Column("day", N_("Destroyed on"), whole=True),
    Column("certificate", N_("Batch"), whole=True),
)
_STAYED = (
    Column("archive_no", N_("Archive number"), whole=True),
    Column("category_label", N_("Category")),
    Column("certificate", N_("Batch"), whole=True),
    Column("day", N_("Withheld on"), whole=True),
    Column("reason", N_("Withheld because"), word(LEFT_BECAUSE)),
)


@spoken(
    N_(
        "The destruction register: every paper that was destroyed, why, when and by whom, and the "
        "papers withheld from a batch.\n"
        "With --to it is written as a page to print and sign, with a list before the destruction "
        "of every batch that is approved and a certificate after it, and as a spreadsheet."
    ),
    exits="9",
)
@click.option("--year", type=click.IntRange(1900, 9999), help=N_("of one year; all years if not"))
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("write destruction-register.html and .xlsx into this folder"),
)
@with_form
def register(form: Form, *, year: int | None, folder: Path | None) -> None:
    """The register."""
    with opened() as vault:
        found = gathered(vault, year)
    made = importlib.import_module(_PAGE).write(found, folder.absolute()) if folder else ()
    if form is Form.TABLE:
        _tell(found)
    else:
        rows(form, (), [*_gone(found), *_stayed(found)])
    for path in made:
        talk("{path}", path=path)


def _tell(found: Register) -> None:
    gone, stayed = _gone(found), _stayed(found)
    rows(Form.TABLE, _GONE, gone)
    if gone and stayed:
        say("")
    rows(Form.TABLE, _STAYED, stayed)
    count = len(gone)
    talk(ngettext("{count} file destroyed", "{count} files destroyed", count), count=count)
    count = len(stayed)
    talk(ngettext("{count} paper withheld", "{count} papers withheld", count), count=count)
    if ahead := listing(one.id for one in found.approved):
        talk(N_("approved, not carried out: {batches}"), batches=ahead)


def _gone(found: Register) -> list[Row]:
    return [line_row(one, found.labels) for one in found.disposals.destroyed]


def _stayed(found: Register) -> list[Row]:
    return [line_row(one, found.labels) for one in found.disposals.withheld]
