"""`archiver status`."""

from archiver.cli.door import opened, with_form
from archiver.cli.output import Form, rows, say
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_
from archiver.custody.rules import Files
from archiver.declarations.words import ngettext
from archiver.report.status import status

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
    row = {
        "documents": found.documents,
        "open": found.open,
        "events_to_confirm": found.told,
        "quarantined": found.aside,
        "waiting": found.waiting,
        "acts": found.acts,
        "index_behind": found.behind,
        "checked_on": found.checked_on.isoformat() if found.checked_on else None,
        "inspected_on": found.inspected_on.isoformat() if found.inspected_on else None,
        "faults": found.faults,
        "strangers": found.strangers,
        "ledger_head": f"{found.head.seq}:{found.head.leaf}",
        "rules": found.rules.value,
        "rules_version": found.version,
        "free_bytes": found.free,
    }
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    say(N_("Vault: {folder}"), folder=folder)
    say(N_("{documents} papers archived, {open} of them wait for a person"), **row)
    if found.told:
        text = ngettext(
            "{count} event read off a paper waits to be confirmed: archiver event confirm",
            "{count} events read off papers wait to be confirmed: archiver event confirm",
            found.told,
        )
        say(text, count=found.told)
    say(N_("{quarantined} files in quarantine, {waiting} waiting in the inbox"), **row)
    if found.acts:
        say(N_("{acts} acts wait for a second person: archiver act list"), **row)
    say(N_("{index_behind} documents not yet in the search index"), **row)
    if found.faults:
        say(N_("The check of {inspected_on} found {faults} faults: archiver check"), **row)
    elif found.checked_on:
        say(N_("Every paper was found sound on {checked_on} or later"), **row)
    if found.strangers:
        say(N_("{strangers} files that nobody took in lie among the papers"), **row)
    if found.rules in _FILES:
        say(_FILES[found.rules])
    say(N_("Ledger head {ledger_head}"), **row)
    say(N_("{free} GiB free on the disk"), free=found.free >> 30)
