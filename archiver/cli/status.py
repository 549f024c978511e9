"""`archiver status`."""

from collections.abc import Iterator

from archiver.cli.clock import astray
from archiver.cli.door import opened, with_form
from archiver.cli.output import Form, Row, paragraph, rows, say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.custody.rules import Files
from archiver.declarations.words import ngettext, translate
from archiver.report.status import Status, status

_FILES = {
    Files.PROPOSED: N_(
        "The rule files say something else than the rules in force: archiver rules diff"
    ),
    Files.BROKEN: N_(
        "The rule files cannot be followed; the rules in force stay: archiver rules check"
    ),
}


@spoken(N_("One screen: is everything all right?"), exits="0 2 5 9")
@with_form
def command(form: Form) -> None:
    """The state of the vault."""
    with opened() as vault:
        found = status(vault)
        folder = vault.layout.root
    row: Row = {
        "documents": found.documents,
        "open": found.open,
        "events_to_confirm": found.told,
        "quarantined": found.aside,
        "waiting": found.waiting,
        "acts": found.acts,
        "incidents": found.incidents,
        "holds_overdue": found.holds_overdue,
        "inspections_overdue": found.inspections_overdue,
        "index_behind": found.behind,
        "index_fault": str(found.unsearchable) if found.unsearchable else None,
        "checked_on": found.checked_on.isoformat() if found.checked_on else None,
        "inspected_on": found.inspected_on.isoformat() if found.inspected_on else None,
        "faults": found.faults,
        "strangers": found.strangers,
        "ledger_head": f"{found.head.seq}:{found.head.leaf}",
        "trusted_day": found.clock.trusted.isoformat(),
        "clock_anomaly": found.clock.anomaly,
        "rules": found.rules.value,
        "rules_version": found.version,
        "free_bytes": found.free,
    }
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    say(N_("Vault: {folder}"), folder=folder)
    _tell(found, row)


def _tell(found: Status, row: Row) -> None:
    """The state in sentences."""
    if wrong := astray(found.clock):
        paragraph(wrong)
    _tell_papers(found, row)
    for count, text in _asks(found):
        if count:
            say(text, count=count)
    if found.rules in _FILES:
        say(_FILES[found.rules])
    _tell_store(found, row)


def _tell_papers(found: Status, row: Row) -> None:
    """What is kept, and what lies elsewhere."""
    papers = ngettext(
        "{documents} paper archived; waiting for a person: {open}",
        "{documents} papers archived, {open} of them wait for a person",
        found.documents,
    )
    say(papers, **row)
    if found.told:
        text = ngettext(
            "{count} event read off a paper waits to be confirmed: archiver event confirm",
            "{count} events read off papers wait to be confirmed: archiver event confirm",
            found.told,
        )
        say(text, count=found.told)
    elsewhere = ngettext(
        "{quarantined} file in quarantine, {waiting} waiting in the inbox",
        "{quarantined} files in quarantine, {waiting} waiting in the inbox",
        found.aside,
    )
    say(elsewhere, **row)


def _asks(found: Status) -> Iterator[tuple[int, str]]:
    """What somebody must see to, and of how many; told where there are any."""
    yield (
        found.acts,
        ngettext(
            "{count} act waits for a second person: archiver act list",
            "{count} acts wait for a second person: archiver act list",
            found.acts,
        ),
    )
    yield (
        found.incidents,
        ngettext(
            "{count} incident is open: archiver incident list",
            "{count} incidents are open: archiver incident list",
            found.incidents,
        ),
    )
    yield (
        found.holds_overdue,
        ngettext(
            "{count} hold should be looked at again: archiver hold list",
            "{count} holds should be looked at again: archiver hold list",
            found.holds_overdue,
        ),
    )
    yield (
        found.inspections_overdue,
        ngettext(
            "{count} file was not read for too long: archiver check --deep",
            "{count} files were not read for too long: archiver check --deep",
            found.inspections_overdue,
        ),
    )


def _tell_store(found: Status, row: Row) -> None:
    """What the last check found, and where the ledger stands."""
    behind = ngettext(
        "{index_behind} document not yet in the search index",
        "{index_behind} documents not yet in the search index",
        found.behind,
    )
    say(behind, **row)
    if found.unsearchable:
        paragraph(found.unsearchable.sentence(translate))
        paragraph(found.unsearchable.advice(translate))
    if found.faults:
        text = ngettext(
            "The check of {inspected_on} found {faults} fault: archiver check",
            "The check of {inspected_on} found {faults} faults: archiver check",
            found.faults,
        )
        say(text, **row)
    elif found.checked_on:
        say(N_("Every paper was found sound on {checked_on} or later"), **row)
    if found.strangers:
        text = ngettext(
            "{strangers} file that nobody took in lies among the papers",
            "{strangers} files that nobody took in lie among the papers",
            found.strangers,
        )
        say(text, **row)
    say(N_("Ledger head {ledger_head}"), **row)
    say(N_("{free} GiB free on the disk"), free=found.free >> 30)
