"""`archiver customer`."""

import click

from archiver.cli.door import opened, with_form
from archiver.cli.output import Column, Form, Row, rows, say
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, word
from archiver.core.errors import N_
from archiver.core.model import Customer
from archiver.customers.register import add, learn, listed
from archiver.declarations.codes import PARTIES, STANDINGS
from archiver.intake.publish import publish
from archiver.review.decide import rematch
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
    exits="0 2 9",
)
@click.argument("name")
@click.option("--code", "codes", multiple=True, help=N_("credit code or registration number"))
@click.option("--alias", "aliases", multiple=True, help=N_("another name it is known by"))
@click.option(
    "--kind", type=click.Choice(list(PARTIES)), default="customer", help=N_("kind of party")
)
@with_form
def add_(
    name: str, form: Form, *, codes: tuple[str, ...], aliases: tuple[str, ...], kind: str
) -> None:
    """Add a customer."""
    with opened() as vault:
        made = add(vault, name, kind=kind, aliases=aliases, codes=codes)
        _tell(vault, made, form)


@spoken(N_("List the customers."), exits="0 2")
@with_form
def list_(form: Form) -> None:
    """The customers."""
    with opened() as vault:
        rows(form, _COLUMNS, (_row(one, papers) for one, papers in listed(vault)))


@spoken(
    N_("Remember other names or codes of a customer; waiting papers are matched again."),
    exits="0 2 9",
)
@click.argument("customer")
@click.argument("aliases", nargs=-1)
@click.option("--code", "codes", multiple=True, help=N_("credit code or registration number"))
@with_form
def alias(customer: str, aliases: tuple[str, ...], form: Form, *, codes: tuple[str, ...]) -> None:
    """Another name."""
    with opened() as vault:
        found = customer_named(vault, customer)
        _tell(vault, learn(vault, found.id, aliases=aliases, codes=codes), form)


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


add_.name, list_.name = "add", "list"
command = Family(N_("The customers whose papers are kept"), (add_, list_, alias))
