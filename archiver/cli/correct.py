"""`archiver review correct`."""

import click

from archiver.cli.complete import categories, customers, waiting
from archiver.cli.door import leave
from archiver.cli.filed import tell_filed, tell_followers
from archiver.cli.output import say
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import category_named, customer_named, document_named
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.declarations.codes import FIELDS
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.review.correct import Correction, correct
from archiver.vault.vault import Vault


@spoken(
    N_(
        "Correct what was read of DOC, waiting or filed: its values, its customer, its category.\n"
        "It moves to where it belongs then; nothing is kept shorter by it."
    ),
    exits="4",
)
@click.argument("doc", shell_complete=waiting)
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    help=N_("a value as it stands on the paper; empty for one that it does not have"),
)
@click.option(
    "--customer", "-n", shell_complete=customers, help=N_("whose it is (name, alias or id)")
)
@click.option("--category", "-c", shell_complete=categories, help=N_("what it is (code or label)"))
def command(doc: str, values: tuple[str, ...], customer: str | None, category: str | None) -> None:
    """Correct."""
    with working("correct") as vault:
        document = document_named(vault, doc)
        said = Correction(
            dict(_value(vault, text) for text in values),
            customer_named(vault, customer).id if customer else None,
            category_named(vault, category) if category else None,
        )
        now = correct(vault, document, said)
        if not now.open:
            tell_filed(vault, document, now)
            return
        tell_followers(vault)
    say(N_("{document} corrected; a person must still decide:"), document=now.id)
    for one in now.open:
        say("- {reason}", reason=sentence(one))
    leave([ExitCode.PERSON_NEEDED])


def _value(vault: Vault, text: str) -> tuple[str, str]:
    """NAME=VALUE, the name as a code, as it is shown, or as a label on papers."""
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            N_("{text} is no NAME=VALUE"), hint=N_("such as: issue_date=2024-03-05"), text=text
        )
    labels = {label: rule.name for rule in vault.fields.field for label in rule.labels}
    called = {**labels, **{translate(label): code for code, label in FIELDS.items()}}
    return called.get(name.strip(), name.strip()), value


command.name = "correct"
