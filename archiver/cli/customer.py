"""`archiver customer`."""

from collections.abc import Mapping, Sequence

import click

from archiver.cli.carried import carried, carried_lines
from archiver.cli.complete import customers
from archiver.cli.door import opened, with_form
from archiver.cli.erase import erase
from archiver.cli.merge import merge_, split
from archiver.cli.near import OneOf
from archiver.cli.output import Column, Form, Row, Value, paragraph, rows, running, say, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import category_label, customer_meant, customer_named, word
from archiver.core.errors import N_
from archiver.core.model import Customer, Document
from archiver.custody.matching import rematch
from archiver.customers.file import CustomerFile, file_of, find
from archiver.customers.register import add, learn, listed, rename
from archiver.declarations.codes import PARTIES, STANDINGS, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import listing, translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_COLUMNS = (
    Column("customer", N_("Customer"), whole=True),
    Column("name", N_("Name")),
    Column("kind", N_("Kind"), word(PARTIES), most=8),
    Column("standing", N_("Standing"), word(STANDINGS)),
    Column("documents", N_("Papers")),
    Column("codes", N_("Codes")),
    Column("aliases", N_("Other names"), most=10),
)
_SHELVES = (
    Column("category_label", N_("Category")),
    Column("documents", N_("Papers"), whole=True),
    Column("newest", N_("Newest"), whole=True),
    Column("newest_date", N_("Date"), whole=True),
    Column("newest_title", N_("Title")),
)


def _row(customer: Customer, papers: int) -> Row:
    return {
        "customer": customer.id,
        "name": customer.name,
        "kind": customer.kind,
        "standing": customer.standing.value,
        "folder": customer.folder,
        "documents": papers,
        "codes": list(customer.codes),
        "aliases": [name for name in customer.names if name != customer.name],
    }


@spoken(
    N_(
        "Add a customer (or --kind supplier, staff; own is the company itself).\n"
        "Waiting papers are matched again at once."
    ),
)
@click.argument("name")
@click.option("--code", "codes", multiple=True, help=N_("credit code or registration number"))
@click.option("--alias", "aliases", multiple=True, help=N_("another name it is known by"))
@click.option("--kind", type=OneOf(PARTIES), default="customer", help=N_("kind of party"))
@with_form
def add_(
    name: str, form: Form, *, codes: tuple[str, ...], aliases: tuple[str, ...], kind: str
) -> None:
    """Add a customer."""
    with working("customer") as vault:
        made = add(vault, name, kind=kind, aliases=aliases, codes=codes)
        _tell(vault, made, form)


@spoken(N_("List the customers."))
@with_form
def list_(form: Form) -> None:
    """The customers."""
    with opened() as vault:
        rows(form, _COLUMNS, (_row(one, papers) for one, papers in listed(vault)))


@spoken(
    N_("Remember other names or codes of a customer; waiting papers are matched again."),
)
@click.argument("customer", shell_complete=customers)
@click.argument("aliases", nargs=-1)
@click.option("--code", "codes", multiple=True, help=N_("credit code or registration number"))
@with_form
def alias(customer: str, aliases: tuple[str, ...], form: Form, *, codes: tuple[str, ...]) -> None:
    """Another name."""
    with working("customer") as vault:
        found = customer_named(vault, customer)
        _tell(vault, learn(vault, found.id, aliases=aliases, codes=codes), form)


@spoken(
    N_(
        "Put right what CUSTOMER is called; the old name stays one it is known by.\n"
        "Its folder keeps its name, so that every path goes on leading there."
    ),
)
@click.argument("customer", shell_complete=customers)
@click.argument("name")
@with_form
def rename_(customer: str, name: str, form: Form) -> None:
    """Another name to be called by."""
    with working("customer") as vault:
        _tell(vault, rename(vault, customer_named(vault, customer).id, name), form)


def _tell(vault: Vault, customer: Customer, form: Form) -> None:
    """Say who it is now, and which waiting papers that filed."""
    filed = rematch(vault)
    publish(vault)
    if form is not Form.TABLE:
        rows(form, (), [_row(customer, len(filed))])
        return
    say(N_("{id} {name}"), id=customer.id, name=customer.name)
    for document in filed:
        say(N_("{document} filed too: {path}"), document=document.archive_no, path=document.path)


@spoken(N_("Find customers by a part of the name, an id or a code."))
@click.argument("text", nargs=-1, required=True)
@with_form
def find_(text: tuple[str, ...], form: Form) -> None:
    """Some customers."""
    with opened() as vault:
        found = find(vault, " ".join(text))
    if not rows(form, _COLUMNS, (_row(one, papers) for one, papers in found)):
        talk(N_("Nobody is called {name}."), name=" ".join(text))


@spoken(
    N_("Show one customer: names, codes, flags, holds, papers by category, what waits."),
)
@click.argument("customer", shell_complete=customers)
@with_form
def show(customer: str, form: Form) -> None:
    """One customer."""
    with opened() as vault:
        found = file_of(vault, customer_meant(vault, customer))
        row = {**_file_row(vault, found), **carried(vault, found.customer.id)}
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    _facts(found, row)
    rows(form, _SHELVES, [one for one in _several(row["categories"])])
    for one in found.open:
        reasons = running(map(sentence, one.open))
        say(
            N_("waits: {document} {title}: {reasons}"),
            document=one.id,
            title=one.title,
            reasons=reasons,
        )
    if found.open:
        talk(N_("answer with: archiver review"))


def _file_row(vault: Vault, found: CustomerFile) -> Row:
    papers = sum(shelf.papers for shelf in found.shelves)
    return {
        **_row(found.customer, papers),
        "categories": [
            {
                "category": shelf.category,
                "category_label": category_label(vault, shelf.category),
                "documents": shelf.papers,
                "newest": shelf.newest.id,
                "newest_date": _day(shelf.newest),
                "newest_title": shelf.newest.title,
            }
            for shelf in found.shelves
        ],
        "open": [
            {
                "document": one.id,
                "title": one.title,
                "reasons": [{"code": why.code, "text": sentence(why)} for why in one.open],
            }
            for one in found.open
        ],
    }


def _day(paper: Document) -> str | None:
    return paper.doc_date.isoformat() if paper.doc_date else None


def _several(value: Value) -> Sequence[Row]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _facts(found: CustomerFile, row: Row) -> None:
    """The lines above the papers; what is not known has none."""
    customer = found.customer
    facts = (
        (N_("Customer"), f"{customer.id}  {customer.name}"),
        (N_("Kind"), called(PARTIES, customer.kind)),
        (N_("Standing"), called(STANDINGS, customer.standing.value)),
        (N_("Other names"), listing(name for name in customer.names if name != customer.name)),
        (N_("Codes"), listing(customer.codes)),
        (N_("Papers"), str(sum(shelf.papers for shelf in found.shelves))),
        (N_("Folder"), f"customers/{customer.folder}"),
    )
    for label, text in facts:
        if text:
            say(N_("{label}: {value}"), label=translate(label), value=text)
    for label, text in carried_lines(row):
        told = translate(N_("{label}: {value}"))
        paragraph(told.format(label=translate(label), value=text), hang=2)
    click.echo()


add_.name, list_.name, find_.name, rename_.name = "add", "list", "find", "rename"
command = Family(
    N_("The customers whose papers are kept"),
    (add_, show, list_, find_, alias, rename_, merge_, split, erase),
)
