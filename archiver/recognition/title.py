"""What to call a paper, and its date: for file names and search results."""

from datetime import date

from archiver.core.model import Field, Findings
from archiver.recognition.found import is_ambiguous

_LONGEST = 40
_UNDATED_BY_START = {"licence", "certificate", "tax_certificate"}
"""Papers whose start date is not the day they were made."""


def title(findings: Findings) -> str:
    """The subject of a mail; else a paper's number, the company it names, its first line, its name.

    The name is that of the file it was dropped as.
    """
    subject = dict(findings.reading.facts).get("subject", "").strip()
    if subject:
        return subject[:_LONGEST]
    for name in ("doc_no", "company_name"):
        field = findings.first(name)
        if field:
            return field.value[:_LONGEST]
    for page in findings.reading.pages[:1]:
        for line in page.lines:
            if len(line.text) >= 2 and line.confidence >= 0.8:
                return line.text[:_LONGEST]
    dropped = findings.reading.scan.arrival.source
    return dropped.rsplit("/", 1)[-1].rsplit(".", 1)[0][:_LONGEST]


def paper_date(findings: Findings) -> date | None:
    """The date of the paper: when it was issued or signed. Never invented, never guessed."""
    field = dating(findings)
    return date.fromisoformat(field.value) if field else None


def dating(findings: Findings) -> Field | None:
    """Where the date of the paper stands on it; None where it has none, or one of two meanings."""
    names = ["issue_date"]
    if findings.category.code not in _UNDATED_BY_START:
        names += ["start_date", "valid_from"]
    for name in names:
        field = findings.first(name)
        if field and not is_ambiguous(field):
            return field
    return None
