"""`archiver quarantine retry` and `release`: how a file leaves the quarantine."""

import sys
from collections.abc import Sequence

import click

from archiver.catalogue import aside
from archiver.catalogue.aside import Entry, Settlement
from archiver.cli.complete import categories, customers, quarantined
from archiver.cli.door import leave, with_form
from archiver.cli.ingest import columns, taken_row
from archiver.cli.output import Form, Row, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import category_named, customer_named
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.core.model import Outcome, ReceiptId
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.intake.again import due_at, hand_back, release_unread, retry, settled_already
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_ASK = "\0"
"""What `--password` without a value stands for: nobody types it."""


def row_of(entry: Entry) -> Row:
    """The published object for one quarantined file."""
    receipt, due = entry.receipt, due_at(entry)
    return {
        "receipt": receipt.id,
        "source": receipt.source,
        "day": receipt.day.isoformat(),
        "sha256": receipt.digest,
        "size": receipt.size,
        "path": receipt.path,
        "reasons": [{"code": one.code, "text": sentence(one)} for one in entry.reasons],
        "tries": entry.tries,
        "next_try": due.isoformat() if due else None,
        "settled": _settled_row(entry.settled) if entry.settled else None,
    }


def _settled_row(done: Settlement) -> Row:
    return {
        "act": done.act,
        "at": done.at,
        "by": done.by,
        "outcome": done.outcome.value if done.outcome else None,
        "document": done.document,
        "path": done.path,
        "reason": done.reason,
    }


def named(vault: Vault, receipt: str) -> Entry:
    """The quarantined file of that receipt, settled or not.

    Raises:
        UsageError: there is none.
    """
    with vault.catalogue.read() as tx:
        found = aside.entry(tx, ReceiptId(receipt.strip()))
    if found is None:
        raise UsageError(
            N_("no quarantined file {name}"),
            hint=N_("see them with: archiver quarantine list"),
            name=receipt,
        )
    return found


def _waiting(vault: Vault, receipt: str) -> Entry:
    """The same, not settled.

    Raises:
        UsageError: there is none, or it has left the quarantine already.
    """
    found = named(vault, receipt)
    if found.settled:
        raise settled_already(found.receipt.id)
    return found


@spoken(
    N_(
        "Take quarantined files in once more, by their RECEIPTs or --all.\n"
        "--password without a value asks for it, unseen. A password on the command line is seen by"
        " everybody who lists the processes of this computer and stays in the history of the shell."
        " It is used for this try and kept nowhere."
    ),
    exits="0 2 3 4 6 9",
)
@click.argument("receipts", metavar="[RECEIPT…]", nargs=-1, shell_complete=quarantined)
@click.option("--all", "everything", is_flag=True, help=N_("all that are not settled"))
@click.option(
    "--password",
    is_flag=False,
    flag_value=_ASK,
    metavar="[TEXT]",
    help=N_("opens them; without TEXT, as the last word: asked for"),
)
@click.option(
    "--password-stdin", is_flag=True, help=N_("the password is the first line of standard input")
)
@with_form
def again(
    receipts: Sequence[str],
    form: Form,
    *,
    everything: bool,
    password: str | None,
    password_stdin: bool,
) -> None:
    """Try again."""
    if bool(receipts) == everything:
        raise UsageError(
            N_("name receipts, or all of them with --all"),
            hint=N_("for example: archiver quarantine retry RECEIPT --password"),
        )
    key = _password(password, from_stdin=password_stdin)
    with working("quarantine") as vault:
        wanted = [_waiting(vault, one) for one in dict.fromkeys(receipts)]
        if everything:
            with vault.catalogue.read() as tx:
                wanted = list(aside.entries(tx))
        found = list(retry(vault, wanted, key))
        rows(form, columns(vault), map(taken_row, found))
    needed = {Outcome.QUARANTINED, Outcome.REVIEW, Outcome.WAITING}
    if not found:
        talk(N_("Nothing is in quarantine."))
    leave([ExitCode.PERSON_NEEDED] if any(one.outcome in needed for one in found) else [])


def _password(given: str | None, *, from_stdin: bool) -> str | None:
    """The password of this call, asked for where it was not given.

    Raises:
        UsageError: both ways are named, or nobody is there to be asked, or it is empty.
    """
    if given is not None and from_stdin:
        raise UsageError(
            N_("--password and --password-stdin exclude one another"), hint=N_("leave one out")
        )
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif given == _ASK:
        if not sys.stdin.isatty():
            raise UsageError(
                N_("nobody can be asked for the password here"),
                hint=N_("give it on standard input: --password-stdin"),
            )
        given = click.prompt(translate(N_("Password")), hide_input=True, err=True)
    if given == "":
        raise UsageError(N_("the password is empty"), hint=N_("type it, or leave the option out"))
    return given


@spoken(
    N_(
        "Settle a quarantined file without reading it.\n"
        "With --customer it is kept: filed unread, because you vouch for it. With --back it is no"
        " paper: it goes to exports/, where whoever dropped it can fetch it."
    ),
    exits="0 2 5 6 9",
)
@click.argument("receipt", shell_complete=quarantined)
@click.option(
    "--customer", "-n", shell_complete=customers, help=N_("whose it is (name, alias or id)")
)
@click.option(
    "--category",
    "-c",
    shell_complete=categories,
    help=N_("what it is (code or label); other if not given"),
)
@click.option("--back", is_flag=True, help=N_("hand it back; needs --reason"))
@click.option("--reason", help=N_("why, in a sentence; kept with the receipt"))
@with_form
def release(
    receipt: str,
    form: Form,
    *,
    customer: str | None,
    category: str | None,
    back: bool,
    reason: str | None,
) -> None:
    """Settle."""
    _refuse_half(receipt, customer, back=back, reason=reason, category=category)
    with working("quarantine") as vault:
        entry = _waiting(vault, receipt)
        if customer:
            whose = customer_named(vault, customer)
            kind = category_named(vault, category or "other")
            release_unread(vault, entry, whose, kind, reason=reason)
        else:
            hand_back(vault, entry, reason or "")
        publish(vault)
        done = named(vault, receipt)
    if form is not Form.TABLE:
        rows(form, (), [row_of(done)])
    elif done.settled and done.settled.document:
        facts = {"document": done.settled.document, "path": done.settled.path}
        say(N_("{document} filed unread: {path}"), **facts)
    elif done.settled:
        say(N_("Handed back: {path}"), path=done.settled.path)


def _refuse_half(
    receipt: str, customer: str | None, *, back: bool, reason: str | None, category: str | None
) -> None:
    """Refuse what says too little, or two things at once."""
    if bool(customer) == back or (back and category):
        raise UsageError(
            N_("say either whose it is, or that it goes back"),
            hint=N_("archiver quarantine release {receipt} --customer NAME, or --back"),
            receipt=receipt,
        )
    if back and not (reason and reason.strip()):
        raise UsageError(
            N_("say why it is no paper"),
            hint=N_("archiver quarantine release {receipt} --back --reason TEXT"),
            receipt=receipt,
        )
