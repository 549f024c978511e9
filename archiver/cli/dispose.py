"""`archiver retain appraise|approve|reject|destroy|batches`: the way of due papers out."""

import re
from collections.abc import Iterable

import click

from archiver.catalogue import batches, documents, numbers
from archiver.catalogue.batches import Batch
from archiver.cli.colour import interactive
from archiver.cli.complete import waiting
from archiver.cli.door import leave, opened, with_form
from archiver.cli.output import Column, Form, Row, objects, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named, word
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.core.model import DocumentId
from archiver.custody import destruction, disposal
from archiver.custody.person import person_of
from archiver.custody.stamp import today
from archiver.declarations.codes import BATCH_STATES, LEFT_BECAUSE, called
from archiver.declarations.words import ngettext, translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_BATCH = re.compile(r"B\d{6,}", re.IGNORECASE)
_COLUMNS = (
    Column("batch", N_("Batch"), whole=True),
    Column("state", N_("State"), word(BATCH_STATES), whole=True),
    Column("records", N_("Papers"), whole=True),
    Column("appraised_by", N_("Appraised by")),
    Column("approved_by", N_("Approved by")),
    Column("destroyed_by", N_("Destroyed by")),
    Column("first_day", N_("Destroy from"), whole=True),
)
_ITEMS = (
    Column("document", N_("Document"), whole=True),
    Column("due_date", N_("Due from"), whole=True),
    Column("rules", N_("Rules")),
    Column("left_because", N_("Stays because"), word(LEFT_BECAUSE)),
)


def batch_rows(vault: Vault, found: Iterable[Batch]) -> list[Row]:
    """The published object for each batch; people by their logins."""
    with vault.catalogue.read() as tx:
        names = numbers.logins(tx)
    return [_row(one, names, vault.settings.retention.cooling_off_days) for one in found]


def _row(one: Batch, names: dict[str, str], cooling: int) -> Row:
    def who(person: str | None) -> str | None:
        return names.get(person, person) if person else None

    first = disposal.first_day(one, cooling)
    return {
        "batch": one.id,
        "state": one.state.value,
        "records": len(one.inside),
        "manifest": one.manifest,
        "appraised_by": who(one.appraised_by),
        "appraised_on": one.appraised_on.isoformat(),
        "opinion": one.opinion,
        "approved_by": who(one.approved_by),
        "approved_on": one.approved_on.isoformat() if one.approved_on else None,
        "first_day": first.isoformat() if first else None,
        "destroyed_by": who(one.destroyed_by),
        "destroyed_on": one.destroyed_on.isoformat() if one.destroyed_on else None,
        "witnesses": [who(name) for name in (one.witnesses or "").split()],
        "items": [
            {
                "document": item.document,
                "due_date": item.agreed["due"],
                "rules": item.agreed["rules"],
                "sha256": item.agreed["sha256"],
                "left_because": item.left_because,
            }
            for item in one.items
        ],
    }


@spoken(
    N_(
        "Begin the appraisal of due papers: DOC …, or all that may go today with --due. They make "
        "one batch, which another person must approve.\n"
        "Nothing is destroyed by it. Look at the papers first: archiver retain plan"
    ),
    exits="4 6 8",
)
@click.argument("docs", metavar="[DOC]…", nargs=-1, shell_complete=waiting)
@click.option("--due", "every", is_flag=True, help=N_("all that may go today"))
@click.option("--opinion", help=N_("what the appraisal found, in a sentence"))
@with_form
def appraise(docs: tuple[str, ...], form: Form, *, every: bool, opinion: str | None) -> None:
    """Appraise."""
    if bool(docs) == every:
        raise UsageError(
            N_("say which papers: some of them, or --due"),
            hint=N_("see what is due: archiver retain plan"),
        )
    with working("appraise") as vault:
        batch = disposal.appraise(vault, _wanted(vault, docs), opinion)
        publish(vault)
        _tell(vault, batch, form, N_("Another person approves it: archiver retain approve {batch}"))
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
    (row,) = batch_rows(vault, [batch])
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    _sheet(row)
    talk(then, batch=batch.id, day=row["first_day"])


def _sheet(row: Row) -> None:
    """A batch with its papers."""
    count = int(str(row["records"]))
    told = ngettext("{batch}: {count} paper, {state}", "{batch}: {count} papers, {state}", count)
    say(told, batch=row["batch"], count=count, state=called(BATCH_STATES, str(row["state"])))
    say(N_("manifest sha256 {manifest}"), manifest=row["manifest"])
    rows(Form.TABLE, _ITEMS, objects(row["items"]))


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
        return typed.strip().upper()
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
        if not yes and interactive() and form is Form.TABLE and not _sure(vault, named):
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
    inside = [one.document for one in disposal.named(vault, batch).inside]
    with vault.catalogue.read() as tx:
        papers = documents.some(tx, inside)
    for one in papers:
        say("{number}  {title}", number=one.archive_no, title=one.title)
    asked = translate(N_("Type {batch} again to destroy these papers")).format(batch=batch)
    return str(click.prompt(asked, default="", show_default=False)).strip().upper() == batch


@spoken(N_("List the batches of disposal; with BATCH, the papers in it and those that left it."))
@click.argument("batch", required=False)
@with_form
def list_(batch: str | None, form: Form) -> None:
    """The batches."""
    with opened() as vault:
        with vault.catalogue.read() as tx:
            found = batches.every(tx)
        wanted = [one for one in found if batch is None or one.id == batch.strip().upper()]
        told = batch_rows(vault, wanted)
    if batch and not told:
        raise UsageError(
            N_("no batch {batch}"), hint=N_("see them with: archiver retain batches"), batch=batch
        )
    if batch and form is Form.TABLE:
        _sheet(told[0])
        return
    rows(form, _COLUMNS, told)
    if not told:
        talk(N_("No papers have been appraised yet."))


list_.name = "batches"
COMMANDS = (appraise, approve, reject, destroy, list_)
