"""`archiver rules`."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from archiver.cli.activate import activate_, diff_
from archiver.cli.complete import rules as rules_
from archiver.cli.door import opened, with_form
from archiver.cli.near import nearest
from archiver.cli.output import Column, Form, Row, paragraph, rows, say, talk
from archiver.cli.questioned import questioned
from archiver.cli.ruled import rule_lines, rule_row
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import category_label
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.core.model import Because
from archiver.custody.stamp import today
from archiver.declarations.calendar import FOLDER, read_years
from archiver.declarations.codes import FIELDS, PARTIES, called
from archiver.declarations.rule import ANY, Rule
from archiver.declarations.sentences import sentence
from archiver.declarations.words import listing, translate
from archiver.judge.proofs import never_dated
from archiver.judge.proofs import run_proofs as of_retention
from archiver.recognition.examples import run_examples, strangers
from archiver.review.suggest import Suggestion, suggest
from archiver.vault.vault import Vault

_A_PAPER = re.compile(r"D\d+|\d+-\d+-\d+-\d+", re.IGNORECASE)
"""Its id, or its archive number."""
_FAULTS = (Column("code", N_("Code")), Column("text", N_("What is wrong")))
_SUGGESTIONS = (
    Column("what", N_("What to add")),
    Column("to", N_("To")),
    Column("right", N_("Papers it would have answered"), whole=True),
)
_WHAT = {
    "title": N_("the heading “{text}”"),
    "label": N_("the label “{text}”"),
    "alias": N_("the name “{text}”"),
}


@spoken(
    N_(
        "Read every declaration of this vault and run the proofs they carry: papers as text, days "
        "that papers are kept through, queries and what they find."
    ),
    exits="3",
)
@with_form
def check(form: Form) -> None:
    """Validate."""
    with opened() as vault:
        vault.declared(vault.rules)
        wrong, asked = questioned(vault)
        faults = (
            *strangers(vault.categories, vault.fields),
            *run_examples(vault.categories, vault.fields),
            *_unknown(vault),
            *of_retention(vault.rules),
            *never_dated(vault.rules, dict.fromkeys(PARTIES, vault.categories.by_code)),
            *_calendar(vault),
            *wrong,
        )
        counts = (*_counts(vault), asked)
    rows(form, _FAULTS, ({"code": one.code, "text": sentence(one)} for one in faults))
    if form is Form.TABLE:
        for told in counts:
            say("{told}", told=told)
    if faults:
        raise click.exceptions.Exit(ExitCode.DECLARATIONS)
    talk(N_("Every proof holds."))


def _unknown(vault: Vault) -> Iterator[Because]:
    """Rules of retention for categories that nobody declares."""
    for rule in vault.rules.rules:
        for code in rule.match.categories:
            if code != ANY and code not in vault.categories.by_code:
                file = vault.rules.source(rule.id)
                yield Because.of("unknown_category", file=file, rule=rule.id, category=code)


def _calendar(vault: Vault) -> Iterator[Because]:
    """Days of this year that the rules roll over and nobody has written down."""
    read_years(_calendars(vault))
    calendar = vault.rules.calendar
    with vault.catalogue.read() as tx:
        year = today(vault, tx).year
    if calendar and calendar.years is not None and year not in calendar.years:
        yield Because.of("calendar_of_now", year=year)


def _calendars(vault: Vault) -> Path:
    return vault.layout.rules / FOLDER


def _counts(vault: Vault) -> Iterator[str]:
    """How much was read from each file."""
    kinds = vault.categories.category
    lines = (
        (N_("{count} categories with {proofs} proofs"), kinds),
        (N_("{count} rules of retention with {proofs} proofs"), vault.rules.rules),
    )
    for text, declared in lines:
        proofs = sum(len(one.proof) for one in declared)
        yield translate(text).format(count=len(declared), proofs=proofs)
    yield translate(N_("{count} rules for values")).format(count=len(vault.fields.field))
    years = listing(str(one.year) for one in read_years(_calendars(vault))) or "–"
    used = N_("calendars: {years}; last days move to a working day")
    unused = N_("calendars: {years}; not used: a last day stays where it falls")
    yield translate(used if vault.rules.calendar else unused).format(years=years)


@spoken(
    N_(
        "Propose rules that would have given the answers people gave in review: headings of "
        "categories, labels of values, names of customers.\n"
        "Each answers papers already decided and contradicts none. Nothing is changed."
    ),
)
@with_form
def suggest_(form: Form) -> None:
    """Propose."""
    with opened() as vault:
        found = suggest(vault)
        count = rows(form, _SUGGESTIONS, (_row(vault, one) for one in found))
    if form is Form.TABLE:
        for one in found:
            say("{how}", how=_how(one))
    if not count:
        talk(N_("There is nothing to propose."))


def _row(vault: Vault, one: Suggestion) -> Row:
    where = {
        "title": lambda: category_label(vault, one.where),
        "label": lambda: f"{called(FIELDS, one.where)} ({category_label(vault, one.category)})",
        "alias": lambda: one.where,
    }
    return {
        "kind": one.kind,
        "where": one.where,
        "text": one.text,
        "category": one.category or None,
        "papers": list(one.papers),
        "right": len(one.papers),
        "what": translate(_WHAT[one.kind]).format(text=one.text),
        "to": where[one.kind](),
        "how": _how(one),
    }


def _how(one: Suggestion) -> str:
    """What to type, or to write into which file."""
    if one.kind == "alias":
        return f'archiver customer alias {one.where} "{one.text}"'
    if one.kind == "title":
        return f'rules/categories.toml: code = "{one.where}": title = {{ …, "{one.text}" = 10 }}'
    return f'rules/fields.toml: name = "{one.where}": labels = [ …, "{one.text}" ]'


@spoken(
    N_("One rule of retention in words: papers, period, law, and its proofs worked out."), exits="3"
)
@click.argument("rule_id", metavar="ID", shell_complete=rules_)
@with_form
def explain(rule_id: str, form: Form) -> None:
    """In words."""
    with opened() as vault:
        rule = _named(vault, rule_id)
        if form is Form.TABLE:
            for told in rule_lines(vault, rule):
                paragraph(told, hang=2)
        else:
            rows(form, (), [rule_row(vault, rule)])


def _named(vault: Vault, text: str) -> Rule:
    """The rule of that id, however it is written.

    Raises:
        UsageError: there is none.
    """
    known = {one.id.casefold(): one for one in vault.rules.rules}
    found = known.get(text.strip().casefold())
    if found is None:
        ids = [one.id for one in vault.rules.rules]
        paper = _A_PAPER.fullmatch(text.strip())
        raise UsageError(
            N_("there is no rule {text}"),
            hint=N_("of a paper: archiver retain explain {text}")
            if paper
            else N_("try one of: {known}"),
            text=text,
            known=", ".join(nearest(text, ids) or ids),
        )
    return found


check.name, suggest_.name = "check", "suggest"
command = Family(
    N_("What the declarations say, and what they might say"),
    (check, explain, suggest_, diff_, activate_),
)
