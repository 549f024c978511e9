"""What a report asks people to see to: a sentence a code, as in `sentences`."""

from archiver.core.errors import N_

FINDINGS = {
    "damage_found": N_(
        "Things not as recorded: {count}. Restore the files named below from a backup, then run:"
        " archiver check --deep."
    ),
    "ledger_broken": N_(
        "Faults in the ledger: {count}. Compare it with a copy and with the heads printed on signed"
        " reports."
    ),
    "account_differs": N_(
        "Receipts and their outcomes differ by {count}. Run: archiver check --deep, and keep a"
        " backup."
    ),
    "balance_differs": N_(
        "Ledger and catalogue differ by {count} papers and {bytes} bytes. Run: archiver check"
        " --deep, and keep a backup."
    ),
    "inspection_overdue": N_(
        "Papers whose content was not read for more than {days} days: {count}. Run: archiver check"
        " --deep."
    ),
    "papers_due": N_("Papers due for appraisal: {count}, the first since {since}. Appraise them."),
    "long_due": N_(
        "Papers due for more than {days} days without a decision: {count}. Decide about them."
    ),
    "coming_due": N_(
        "Papers that become due within {days} days: {count}, the first on {first}. Enter what"
        " happened since, if anything did: archiver event add."
    ),
    "dates_missing": N_(
        "Papers without the date their rule counts from: {count}. Find it on the paper and enter"
        " it."
    ),
    "dates_ahead": N_("Papers whose date is still to come: {count}. Correct the date."),
    "no_rule_for": N_(
        "Papers for which no rule says how long: {count}. Add one under rules/retention/."
    ),
    "events_awaited": N_(
        "Papers whose period has not begun: {count}. Enter what happened: archiver event add."
    ),
    "incidents_open": N_(
        "Incidents that two people have not closed: {count}. See: archiver incident list."
    ),
    "holds_overdue": N_(
        "Holds whose review date has passed: {count} ({holds}). Ask whether they are still needed:"
        " archiver hold list."
    ),
    "erasure_undecided": N_(
        "Papers whose erasure was asked for and which no law keeps: {count}. The legal department"
        " must decide."
    ),
    "review_waits": N_(
        "Papers that wait for a decision: {count}, the oldest for {days} days. Decide with:"
        " archiver review list."
    ),
    "quarantine_waits": N_(
        "Files in quarantine: {count}, the oldest for {days} days. Look at their reasons: archiver"
        " quarantine list."
    ),
    "long_aside": N_(
        "Files in quarantine for more than {days} days: {count}. Settle each: archiver quarantine"
        " retry or release."
    ),
    "absence_unverified": N_(
        "Destroyed, and nobody has verified yet that nothing is left: {batches}. Run: archiver"
        " ingest; then look at archiver retain batches."
    ),
    "approvals_expire": N_(
        "Approvals that expire within {days} days, or have: {batches}, the first after {first}."
        " Destroy what was approved, or reject it: archiver retain batches."
    ),
    "appraisals_wait": N_(
        "Appraised, and waiting for the approval of another person: {batches}. See: archiver retain"
        " batches."
    ),
    "came_late": N_(
        "Recorded for a customer after papers of it had been destroyed: {events}; files that are"
        " gone: {count}. Tell whoever deals with the matter; each is listed in the destruction"
        " register."
    ),
    "shortenings_wait": N_(
        "Shorter keeping was proposed and waits for a second person: {acts}. See: archiver act"
        " list."
    ),
    "could_be_shorter": N_(
        "Papers that by what is known today alone would be kept less long: {count}. Nothing gets"
        " shorter by itself; two people may agree to it: archiver retain approve-shortening."
    ),
    "inbox_waits": N_("Files that still wait in the inbox: {count}. Run: archiver ingest."),
    "unit_unknown": N_(
        "The company itself is not entered. Enter it: archiver customer add NAME --kind own."
    ),
}
