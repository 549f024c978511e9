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
        run = _Run(vault)
        taken = _taken(vault, paths, named, move=move)
        with progress(N_("Reading")) as step:
            found = (taken_row(one) for one in run.counted(taken, step))
            if form is Form.JSON:  # as it comes; nothing is left for the table
                rows(form, (), found)
            listed = list(found)
        rows(form, columns(vault), listed)
        needed = run.told()
        if needed[Outcome.REVIEW] and form is Form.TABLE:
            suggest(vault)
    for asking, advice in _ADVICE.items():
        if needed[asking]:
            talk(advice)
    leave([ExitCode.PERSON_NEEDED] if needed.total() else [])


_ADVICE = {
    Outcome.REVIEW: N_("Answer what is to be decided: archiver review"),
    Outcome.QUARANTINED: N_("See what could not be taken in, and why: archiver quarantine list"),
}


class _Run:
    """What is counted while files are taken in, and told at the end."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._seen: Counter[Outcome] = Counter()
        self._asked: list[frozenset[DocumentId]] = []
        self._customers = {one.id for one in self._known()}
        self._waited = self._waiting()

    def _known(self) -> list[Customer]:
        """Everybody who is a customer, and not only proposed to be one."""
        with self._vault.catalogue.read() as tx:
            return [one for one in all_customers(tx) if one.standing is Standing.ACTIVE]

    def _waiting(self) -> frozenset[DocumentId]:
        return frozenset(one.id for one in queue(self._vault))

    def counted(self, taken: Iterable[Taken], step: object) -> Iterator[Taken]:
        """Each file, once it is counted."""
        for one in taken:
            self._seen[one.outcome] += 1
            if one.outcome is Outcome.REVIEW:
                papers = (paper.id for paper in _papers(one) if paper.outcome is Outcome.REVIEW)
                self._asked.append(frozenset(papers))
            if callable(step):
                step()
            yield one

    def told(self) -> Counter[Outcome]:
        """Say what came of it; gives the files about which a person is needed, by outcome.

        Papers whose customer became known in this very pass need nobody any more.
        """
        if not self._seen:
            talk(N_("There is nothing to take in."))
            return Counter()
        count = self._seen.total()
        told = counted({kind.value: count for kind, count in self._seen.items()}, OUTCOMES)
        talk(
            ngettext("{count} file: {told}", "{count} files: {told}", count), count=count, told=told
        )
        made = [one.name for one in self._known() if one.id not in self._customers]
        if made:
            talk(N_("New customers, by their licences: {names}"), names=listing(made))
        waiting = self._waiting()
        followed = len(self._waited.union(*self._asked) - waiting)
        if followed:
            talk(
                ngettext(
                    "{count} paper that waited is filed: its customer is known now.",
                    "{count} papers that waited are filed: their customers are known now.",
                    followed,
                ),
                count=followed,
            )
        asking = sum(not waiting.isdisjoint(papers) for papers in self._asked)
        needed = {Outcome.REVIEW: asking, Outcome.QUARANTINED: self._seen[Outcome.QUARANTINED]}
        return Counter(needed)


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
