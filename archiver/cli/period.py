"""`archiver retain extend|approve-shortening|reappraise`: what people say of a paper's keeping."""

from datetime import date, datetime

import click

from archiver.cli.agreed import tell_proposed
from archiver.cli.colour import interactive
from archiver.cli.complete import customers, waiting
from archiver.cli.day import DAY
from archiver.cli.door import with_form
from archiver.cli.kept import answer_of, kept_row
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, document_named
from archiver.core.errors import N_, UsageError
from archiver.core.model import Document
from archiver.core.periods import Period
from archiver.core.periods import add as after
from archiver.custody import disposal
from archiver.custody.act import propose
from archiver.custody.stamp import today
from archiver.declarations.rule import Flag
from archiver.declarations.words import translate
from archiver.intake.publish import publish
from archiver.judge.evaluate import State
from archiver.vault.vault import Vault

_LONG = 30
"""Years from today beyond which an extension is asked about: the longest period of the law."""


@spoken(
    N_(
        "Keep DOC longer than the rules ask: through a day, so many years from today, for ever.\n"
        "One person may, because it only lengthens. While DOC is being appraised it is the outcome "
        "of the appraisal; for ever can only be that."
    ),
    exits="6 8",
)
@click.argument("doc", shell_complete=waiting)
@click.option("--until", type=DAY, help=N_("the last day to be kept"))
@click.option("--years", type=click.IntRange(1, 999), help=N_("so many years from today"))
@click.option("--for-ever", is_flag=True, help=N_("for ever; only as outcome of an appraisal"))
@click.option("--reason", help=N_("why, in a sentence"))
@click.option("--yes", is_flag=True, help=N_("do not ask, however long it is"))
@with_form
def extend(
    doc: str,
    form: Form,
    *,
    until: datetime | None,
    years: int | None,
    for_ever: bool,
    reason: str | None,
    yes: bool,
) -> None:
    """Extend."""
    if sum(map(bool, (until, years, for_ever))) != 1:
        raise UsageError(
            N_("say how long: --until DAY, --years N or --for-ever"),
            hint=N_("see how long it is kept now: archiver retain explain {doc}"),
            doc=doc,
        )
    with working("extend") as vault:
        document = document_named(vault, doc)
        in_review = answer_of(vault, document).state is State.IN_REVIEW
        if for_ever:
            disposal.keep_for_ever(vault, document.id, reason)
        elif years and in_review:
            disposal.keep_longer(vault, document.id, years, reason)
        else:
            last = until.date() if until else _from_today(vault, years or 0)
            if not (yes or _meant(vault, document, last)):
                talk(N_("Nothing was changed."))
                return
            disposal.extend(vault, document.id, last)
        publish(vault)
        answer = answer_of(vault, document)
    if form is not Form.TABLE:
        rows(form, (), [kept_row(document, answer)])
    elif answer.permanent:
        say(N_("{document} is kept for ever"), document=document.id)
    else:
        say(
            N_("{document} is kept through {last}"),
            document=document.id,
            last=answer.retain_through,
        )


def _meant(vault: Vault, document: Document, last: date) -> bool:
    """Whether so late a day is no slip of the finger; nothing shortens it again but two people.

    Raises:
        UsageError: nobody is there to be asked.
    """
    if last <= _from_today(vault, _LONG):
        return True
    if not interactive():
        raise UsageError(
            N_("{last} is more than {years} years away"),
            hint=N_("if that is meant, say so with --yes: only two people can shorten it again"),
            last=last,
            years=_LONG,
        )
    asked = translate(N_("Keep {document} through {last}, more than {years} years from today?"))
    told = asked.format(document=document.id, last=last, years=_LONG)
    return click.confirm(told, err=True)


def _from_today(vault: Vault, years: int) -> date:
    with vault.catalogue.read() as tx:
        return after(today(vault, tx), Period(years=years))


@spoken(
    N_(
        "Propose that DOC … be kept only as long as what is known now asks: earlier rules, "
        "customers, categories and dates are forgotten, for these papers alone.\n"
        "A second person must confirm it with archiver act confirm; then a period of notice "
        "begins. See what would change: archiver retain explain DOC"
    ),
    exits="4 6 8",
)
@click.argument("docs", metavar="DOC…", nargs=-1, required=True, shell_complete=waiting)
@click.option("--reason", help=N_("why, in a sentence"))
@with_form
def approve_shortening(docs: tuple[str, ...], form: Form, *, reason: str | None) -> None:
    """Propose a shortening."""
    with working() as vault:
        found = {one.joined_to or one.id for one in (document_named(vault, doc) for doc in docs)}
        act = propose(vault, "approve_shortening", " ".join(sorted(found)), reason)
        publish(vault)
    tell_proposed(
        act,
        form,
        N_("{subject}: kept shorter when a second person says yes: archiver act confirm {act}"),
    )


@spoken(
    N_(
        "Propose that a flag be taken off CUSTOMER, whose matter is over; its papers are kept at "
        "least so many years after the end of the matter.\n"
        "A second person must confirm it with archiver act confirm; then a period of notice begins."
    ),
    exits="4 6 8",
)
@click.argument("customer", shell_complete=customers)
@click.option(
    "--flag", required=True, type=click.Choice([one.value for one in Flag]), help=N_("which flag")
)
@click.option(
    "--years",
    required=True,
    type=click.IntRange(0, 999),
    help=N_("years to keep after the end of the matter"),
)
@click.option("--reason", help=N_("why, in a sentence"))
@with_form
def reappraise(customer: str, form: Form, *, flag: str, years: int, reason: str | None) -> None:
    """Propose a re-appraisal."""
    with working() as vault:
        whose = customer_named(vault, customer)
        terms = {"flag": flag, "years": years}
        act = propose(vault, "reappraise", whose.id, reason, terms=terms)
        publish(vault)
    tell_proposed(
        act,
        form,
        N_("{subject}: the flag goes when a second person says yes: archiver act confirm {act}"),
    )


approve_shortening.name = "approve-shortening"
COMMANDS = (extend, approve_shortening, reappraise)
