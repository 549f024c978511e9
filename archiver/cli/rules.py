"""`archiver rules`."""

from collections.abc import Iterator

import click

from archiver.cli.activate import activate_, diff_
from archiver.cli.door import opened, with_form
from archiver.cli.output import Column, Form, Row, rows, say, talk
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import category_label
from archiver.core.errors import N_, ExitCode
from archiver.core.model import Because
from archiver.declarations.codes import FIELDS, called
from archiver.declarations.rule import ANY
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.judge.proofs import run_proofs as of_retention
from archiver.recognition.examples import run_examples, strangers
from archiver.review.suggest import Suggestion, suggest
from archiver.vault.vault import Vault

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
        "Read every declaration of this vault and run the proofs they carry: papers as text, and "
        "days that papers are kept through."
    ),
    exits="3",
)
@with_form
def check(form: Form) -> None:
    """Validate."""
    with opened() as vault:
        vault.declared(vault.rules)
        faults = (
            *strangers(vault.categories, vault.fields),
            *run_examples(vault.categories, vault.fields),
            *_unknown(vault),
            *of_retention(vault.rules),
        )
        counts = _counts(vault)
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


check.name, suggest_.name = "check", "suggest"
command = Family(
    N_("What the declarations say, and what they might say"), (check, suggest_, diff_, activate_)
)
