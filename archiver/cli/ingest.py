"""`archiver ingest`."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from archiver.catalogue.customers import all_customers
from archiver.cli.complete import customers
from archiver.cli.document import suggest
from archiver.cli.door import acting, leave, with_form
from archiver.cli.output import Column, Form, Row, Value, plain, progress, rows, talk
from archiver.cli.speech import command as spoken
from archiver.cli.words import category_label, counted, customer_named, outcome, reason_list, word
from archiver.core.errors import N_, ExitCode
from archiver.core.model import Customer, CustomerId, Document, DocumentId, Field, Outcome, Standing
from archiver.declarations.codes import NOBODY, OUTCOMES
from archiver.declarations.sentences import sentence
from archiver.declarations.words import listing, ngettext
from archiver.intake.ingest import ingest_given, ingest_inbox
from archiver.intake.taken import Taken
from archiver.review.decide import queue
from archiver.vault.vault import Vault

_LONG_PAUSE = 5.0


def columns(vault: Vault) -> tuple[Column, ...]:
    """What a person sees of files that were taken in."""
    return (
        Column("source", N_("File")),
        Column("outcome", N_("Outcome"), outcome, whole=True),
        Column("category", N_("Category"), lambda code: category_label(vault, plain(code))),
        Column("customer_name", N_("Customer"), word(NOBODY), most=16),
        Column("reasons", N_("Why"), reason_list),
    )


@spoken(
    N_(
        "Take in what lies in the inbox, or copies of the given files and folders.\n"
        "Every file gets exactly one outcome: filed, review, duplicate, quarantined or waiting."
    ),
    exits="4",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--customer",
    "-c",
    shell_complete=customers,
    help=N_("whose papers these are (name, alias or id)"),
)
@click.option("--move", is_flag=True, help=N_("remove given files once they are safe"))
@with_form
def command(paths: tuple[Path, ...], customer: str | None, move: bool, form: Form) -> None:
    """Take files in."""
    with acting() as vault:
        named = customer_named(vault, customer).id if customer else None
        before = {one.id for one in _known(vault)}
        seen: Counter[Outcome] = Counter()
        asked: list[frozenset[DocumentId]] = []
        taken = _taken(vault, paths, named, move=move)
        with progress(N_("Reading")) as step:
            found = (taken_row(one) for one in _counted(taken, seen, asked, step))
            if form is Form.JSON:  # as it comes; nothing is left for the table
                rows(form, (), found)
            listed = list(found)
        rows(form, columns(vault), listed)
        made = [one.name for one in _known(vault) if one.id not in before]
        waiting = {one.id for one in queue(vault)}
        followed = sum(waiting.isdisjoint(papers) for papers in asked)
        if seen[Outcome.REVIEW] > followed and form is Form.TABLE:
            suggest(vault)
    if not seen:
        talk(N_("There is nothing to take in."))
        return
    told = counted({kind.value: count for kind, count in seen.items()}, OUTCOMES)
    count = sum(seen.values())
    talk(ngettext("{count} file: {told}", "{count} files: {told}", count), count=count, told=told)
    seen[Outcome.REVIEW] -= followed
    if made:
        talk(N_("New customers, by their licences: {names}"), names=listing(made))
    _advise(seen, followed)
    needed = seen[Outcome.REVIEW] + seen[Outcome.QUARANTINED]
    leave([ExitCode.PERSON_NEEDED] if needed else [])


def _known(vault: Vault) -> list[Customer]:
    """Everybody who is a customer, and not only proposed to be one."""
    with vault.catalogue.read() as tx:
        return [one for one in all_customers(tx) if one.standing is Standing.ACTIVE]


def _advise(seen: Counter[Outcome], followed: int) -> None:
    """What is to be done now.

    Args:
        seen: files by outcome; those about which nothing is open any more are not in review.
        followed: how many those are.
    """
    if followed:
        talk(
            ngettext(
                "{count} of those in review is filed by now: its customer became known.",
                "{count} of those in review are filed by now: their customer became known.",
                followed,
            ),
            count=followed,
        )
    if seen[Outcome.REVIEW]:
        talk(N_("Answer what is to be decided: archiver review"))
    if seen[Outcome.QUARANTINED]:
        talk(N_("See what could not be taken in, and why: archiver quarantine list"))


def _taken(
    vault: Vault, paths: tuple[Path, ...], named: CustomerId | None, *, move: bool
) -> Iterator[Taken]:
    if paths:
        given = [path.absolute() for path in paths]
        return ingest_given(vault, given, named, move=move)
    return ingest_inbox(vault, named, _pause)


def _pause(seconds: float) -> None:
    """Sleep; say why, when it is long enough to make somebody wonder."""
    if seconds >= _LONG_PAUSE:
        talk(
            N_("Files whose end is missing may still be on their way: they get {seconds} s more."),
            seconds=round(seconds),
        )
    time.sleep(seconds)


def _counted(
    taken: Iterable[Taken], seen: Counter[Outcome], asked: list[frozenset[DocumentId]], step: object
) -> Iterator[Taken]:
    """Each of them; how many there are of each outcome, and the papers of those in review."""
    for one in taken:
        seen[one.outcome] += 1
        if one.outcome is Outcome.REVIEW:
            asked.append(frozenset(paper.id for paper in _papers(one)))
        if callable(step):
            step()
        yield one


def _papers(taken: Taken) -> Iterator[Document]:
    """What a file is itself, and all that came in it."""
    if taken.document:
        yield taken.document
    for part in taken.parts:
        yield from _papers(part)


def taken_row(taken: Taken) -> Row:
    """The published object for one file."""
    document, scan, findings = taken.document, taken.scan, taken.findings
    return {
        "source": taken.source,
        "receipt": taken.receipt,
        "outcome": taken.outcome.value,
        "document": document.id if document else None,
        "parts": [taken_row(part) for part in taken.parts] or None,
        "sha256": scan.digest if scan else None,
        "media_type": scan.media_type if scan else None,
        "pages": document.pages if document else None,
        "category": document.category if document else None,
        "category_confidence": document.category_confidence if document else None,
        "customer": document.customer if document else None,
        "customer_name": document.customer_name if document else None,
        "fields": fields_object(findings.fields) if findings else {},
        "path": taken.path,
        "reasons": [{"code": one.code, "text": sentence(one)} for one in taken.reasons],
        "seconds": dict(taken.seconds),
    }


def fields_object(found: tuple[Field, ...]) -> dict[str, Value]:
    """The surest value of each name."""
    best: dict[str, Field] = {}
    for field in found:
        if field.name not in best or field.confidence > best[field.name].confidence:
            best[field.name] = field
    return {
        name: {
            "value": field.value,
            "raw": field.raw,
            "confidence": field.confidence,
            "page": field.page,
            "box": list(field.box) if field.box else None,
        }
        for name, field in best.items()
    }
