"""`archiver rules diff` and `archiver rules activate`."""

import sys

import click

from archiver.cli.door import opened, with_form
from archiver.cli.output import Column, Form, Row, Value, plain, rows, say, talk
from archiver.cli.speech import command as spoken
from archiver.cli.words import word
from archiver.core.errors import N_, UsageError
from archiver.custody.activate import activate, proposed
from archiver.declarations.codes import EFFECTS, NOBODY, STATES, called
from archiver.declarations.words import listing, ngettext, translate
from archiver.intake.publish import publish
from archiver.judge.preview import Effect
from archiver.retention.diff import Diff, Noticed, diff


def _effects(value: Value) -> str:
    found = value if isinstance(value, list) else ()
    return listing(called(EFFECTS, plain(one)) for one in found)


def _kept(value: Value) -> str:
    """A day as it is; what has none by its state."""
    return called(STATES, plain(value))


_COLUMNS = (
    Column("archive_no", N_("Archive number"), whole=True),
    Column("customer_name", N_("Customer"), word(NOBODY)),
    Column("effects", N_("What changes"), _effects),
    Column("from", N_("Kept to"), _kept, whole=True),
    Column("to", N_("Then to"), _kept, whole=True),
)


@spoken(
    N_(
        "What the rule files would change if they were activated today: how many papers, and which."
        "\nNothing is changed by asking. Longer periods would count at once; shorter ones wait for "
        "two people."
    ),
)
@click.option("--all", "every", is_flag=True, help=N_("list every paper, not only the first 20"))
@with_form
def diff_(form: Form, *, every: bool) -> None:
    """Preview."""
    with opened() as vault:
        found = diff(vault, proposed(vault), every=every)
    if form is Form.JSON:
        rows(form, (), [_whole(found)])
    elif form is Form.CSV:
        rows(form, (), _rows(found))
    else:
        _tell(found)


@spoken(
    N_(
        "Put the rule files in force, after showing what that changes and asking.\n"
        "All or nothing: files with any mistake change nothing, and the rules in force stay."
    ),
)
@click.option("--yes", is_flag=True, help=N_("do not ask"))
@with_form
def activate_(form: Form, *, yes: bool) -> None:
    """Put in force."""
    with opened() as vault:
        rules = proposed(vault)
        found = diff(vault, rules)
        if form is Form.TABLE:
            _tell(found)
        if found.before != found.rules and not (yes or _agreed()):
            talk(N_("Nothing was changed."))
            return
        done = activate(vault, rules)
        publish(vault)
    if form is not Form.TABLE:
        counts = {effect.value: done.counts[effect] for effect in Effect}
        rows(form, (), [{"before": done.before, "rules": done.rules, **counts}])
    elif done.before != done.rules:
        say(N_("Rules version {version} is in force."), version=done.rules[:12])


def _agreed() -> bool:
    """Whether the person says yes.

    Raises:
        UsageError: nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            N_("nobody can be asked here whether these rules shall count"),
            hint=N_("look at them with: archiver rules diff; then: archiver rules activate --yes"),
        )
    return click.confirm(translate(N_("Put these rules in force?")), err=True)


def _whole(found: Diff) -> Row:
    counts = {effect.value: found.counts[effect] for effect in Effect}
    return {
        "in_force": found.before,
        "files": found.rules,
        **counts,
        "papers": _rows(found),
        "left_off": found.left_off,
    }


def _rows(found: Diff) -> list[Row]:
    return [_row(found, one) for one in found.noticed]


def _row(found: Diff, one: Noticed) -> Row:
    paper = found.papers[one.document]
    (was, was_to), (now, now_to) = one.before, one.after
    return {
        "document": one.document,
        "archive_no": paper.archive_no,
        "customer": paper.customer,
        "customer_name": paper.customer_name,
        "effects": [effect.value for effect in one.effects],
        "state_before": was.value,
        "retain_through_before": was_to.isoformat() if was_to else None,
        "state": now.value,
        "retain_through": now_to.isoformat() if now_to else None,
        "instead": one.instead,
    }


def _tell(found: Diff) -> None:
    """The counts, the papers, and what to type next."""
    if found.before == found.rules:
        say(N_("The rule files say what is in force: version {version}."), version=found.rules[:12])
        return
    say(
        N_("In force: version {before}. In the files: version {rules}."),
        before=found.before[:12],
        rules=found.rules[:12],
    )
    for effect in Effect:
        count = found.counts[effect]
        if count:
            text = ngettext("{count} paper: {effect}", "{count} papers: {effect}", count)
            say(text, count=count, effect=called(EFFECTS, effect))
    rows(Form.TABLE, _COLUMNS, [_shown(row) for row in _rows(found)])
    if found.left_off:
        talk(N_("… and {count} more: archiver rules diff --all"), count=found.left_off)
    if not found.counts:
        say(N_("No paper is kept longer or shorter by them."))


def _shown(row: Row) -> Row:
    """A row as the table has it: a day where there is one, else the state."""
    return {
        **row,
        "from": row["retain_through_before"] or row["state_before"],
        "to": row["instead"] or row["retain_through"] or row["state"],
    }


diff_.name, activate_.name = "diff", "activate"
