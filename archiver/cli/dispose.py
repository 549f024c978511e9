"""`archiver retain appraise|approve|reject|destroy|batches`: the way of due papers out."""

import re

import click

from archiver.catalogue.batches import Batch
from archiver.cli.batched import batch_row, every, paper_line, sheet
from archiver.cli.colour import interactive
from archiver.cli.complete import waiting
from archiver.cli.door import leave, opened, with_form
from archiver.cli.output import Column, Form, objects, paragraph, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named, word
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.core.model import DocumentId
from archiver.custody import destruction, disposal
from archiver.custody.person import person_of
from archiver.custody.stamp import today
from archiver.declarations.codes import BATCH_STATES
from archiver.declarations.words import translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_BATCH = re.compile(r"B\d+", re.IGNORECASE)
_NO_OPINION = N_(
    "Note: without --opinion the register has no opinion of this appraisal, for ever. To give one:"
    " archiver retain reject {batch} --reason TEXT, then appraise anew with --opinion TEXT"
)
_COLUMNS = (
    Column("batch", N_("Batch"), whole=True),
    Column("state", N_("State"), word(BATCH_STATES), whole=True),
    Column("records", N_("Papers"), whole=True),
    Column("appraised_by", N_("Appraised by")),
    Column("approved_by", N_("Approved by")),
    Column("destroyed_by", N_("Destroyed by")),
    Column("first_day", N_("Destroy from"), whole=True),
)


@spoken(
    N_(
        "Begin the appraisal of due papers: DOC …, or all that may go today with --due. They make "
        "one batch, which another person must approve.\n"
        "Nothing is destroyed by it. Look at the papers first: archiver retain plan"
    ),
    exits="4 6 8",
)
@click.argument("docs", metavar="[DOC]…", nargs=-1, shell_complete=waiting)
@click.option("--due", is_flag=True, help=N_("all that may go today"))
@click.option("--opinion", help=N_("what the appraisal found, in a sentence"))
@with_form
def appraise(docs: tuple[str, ...], form: Form, *, due: bool, opinion: str | None) -> None:
    """Appraise."""
    if bool(docs) == due:
        raise UsageError(
            N_("say which papers: some of them, or --due"),
            hint=N_("see what is due: archiver retain plan"),
        )
    with working("appraise") as vault:
        batch = disposal.appraise(vault, _wanted(vault, docs), opinion)
        publish(vault)
        _tell(vault, batch, form, N_("Another person approves it: archiver retain approve {batch}"))
        if not (opinion or "").strip():
            talk(_NO_OPINION, batch=batch.id)
    leave([ExitCode.PERSON_NEEDED])


def _wanted(vault: Vault, docs: tuple[str, ...]) -> list[DocumentId]:
    if docs:
        found = [document_named(vault, one) for one in docs]
        return [one.joined_to or one.id for one in found]
    with vault.catalogue.read() as tx:
        due = list(disposal.due(vault, tx, today(vault, tx)))
    if not due:
        raise UsageError(
            N_("nothing may go today"),
            hint=N_("see what is due, and what holds it up: archiver retain plan"),
        )
    return due


def _tell(vault: Vault, batch: Batch, form: Form, then: str) -> None:
    row = batch_row(vault, batch)
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    sheet(row)
    talk(then, batch=batch.id, day=row["first_day"])


@spoken(
    N_(
        "Agree that the papers of BATCH be destroyed, as another person appraised them.\n"
        "The approval is of these papers as they are now, rests for some days, and expires."
    ),
    exits="6 8",
)
@click.argument("batch")
@with_form
def approve(batch: str, form: Form) -> None:
    """Approve."""
    with working("approve") as vault:
        done = disposal.approve(vault, _batch(vault, batch, "NOT_IN_REVIEW"))
        publish(vault)
        then = N_("From {day} on: archiver retain destroy {batch} --witness LOGIN")
        _tell(vault, done, form, then)


def _batch(vault: Vault, typed: str, otherwise: str) -> str:
    """A batch by its number, or by its only paper."""
    if _BATCH.fullmatch(typed.strip()):
        return disposal.named(vault, typed.strip().upper()).id
    document = document_named(vault, typed)
    batch = disposal.batch_of(vault, document.id, otherwise)
    if len(disposal.named(vault, batch).inside) > 1:
        raise UsageError(
            N_("{document} is in batch {batch} with others: name the batch"),
            hint=N_("see what is in it: archiver retain batches {batch}"),
            document=document.id,
            batch=batch,
        )
    return batch


@spoken(
    N_("Say that nothing of BATCH is destroyed: all of it is due as before."),
    exits="6 8",
)
@click.argument("batch")
@click.option("--reason", help=N_("why not, in a sentence"))
@with_form
def reject(batch: str, form: Form, *, reason: str | None) -> None:
    """Reject."""
    with working("approve") as vault:
        done = disposal.reject(vault, _batch(vault, batch, "NOT_IN_REVIEW"), reason)
        publish(vault)
        _tell(vault, done, form, N_("Nothing of {batch} is destroyed."))


@spoken(
    N_(
        "Destroy the papers of BATCH, which was approved. It cannot be undone.\n"
        "Everything is checked again; a paper that must stay after all stays. Files, text and the "
        "entry in the index go, a permanent note of each remains: archiver retain register"
    ),
    exits="6 8",
)
@click.argument("batch")
@click.option(
    "--witness", "witnesses", multiple=True, help=N_("login of who sees it done; may be repeated")
)
@click.option("--yes", is_flag=True, help=N_("do not ask on a terminal"))
@with_form
def destroy(batch: str, form: Form, *, witnesses: tuple[str, ...], yes: bool) -> None:
    """Destroy."""
    with working("destroy") as vault:
        named = _batch(vault, batch, "NOT_APPROVED")
        seen = _people(vault, witnesses)
        if not yes and interactive() and form is Form.TABLE:
            destruction.look_ahead(vault, named, seen)
            if not _sure(vault, named):
                say(N_("Nothing was destroyed."))
                return
        destruction.destroy(vault, named, seen)
        publish(vault)
        _tell(
            vault,
            disposal.named(vault, named),
            form,
            N_("Their register: archiver retain register"),
        )


def _people(vault: Vault, logins: tuple[str, ...]) -> list[str]:
    """Ids of persons."""
    with vault.catalogue.write() as tx:
        return [person_of(vault, tx, one) for one in logins]


def _sure(vault: Vault, batch: str) -> bool:
    row = batch_row(vault, disposal.named(vault, batch))
    for item in objects(row["items"]):
        if not item["left_because"]:
            paragraph(paper_line(item), hang=2)
    asked = translate(N_("Type {batch} again to destroy these papers")).format(batch=batch)
    return str(click.prompt(asked, default="", show_default=False)).strip().upper() == batch


@spoken(N_("List the batches of disposal; with BATCH, the papers in it and those that left it."))
@click.argument("batch", required=False)
@with_form
def list_(batch: str | None, form: Form) -> None:
    """The batches."""
    with opened() as vault:
        wanted = batch.strip().upper() if batch else None
        told = [one for one in every(vault) if wanted in {None, one["batch"]}]
    if batch and not told:
        raise UsageError(
            N_("no batch {batch}"), hint=N_("see them with: archiver retain batches"), batch=batch
        )
    if batch and form is Form.TABLE:
        sheet(told[0])
        return
    rows(form, _COLUMNS, told)
    if not told:
        talk(N_("No papers have been appraised yet."))


list_.name = "batches"
COMMANDS = (appraise, approve, reject, destroy, list_)
