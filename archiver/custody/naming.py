"""What a document is called in the vault, so that a person finds it with no software at all."""

from archiver.core.model import Customer, Digest, Document, Findings
from archiver.core.names import ending, safe_name
from archiver.reading.sniff import extension, is_taken
from archiver.recognition.title import paper_date, title
from archiver.vault.layout import CUSTOMERS
from archiver.vault.vault import Vault

_UNDATED = {"zh": "日期不详", "en": "undated"}
REASON = ".reason.txt"
"""What the note beside a quarantined file adds to its name."""
_STEM_BYTES = 160
"""Leaves room below 260 characters for the whole path on a Windows share."""


def label(vault: Vault, category: str) -> str:
    """The category's label in the vault's own language, as its folders are called."""
    return vault.categories.label(category, vault.settings.lang)


def folder_of(vault: Vault, customer: Customer, category: str) -> str:
    """`customers/<customer>/<category label>`, relative to the vault."""
    return f"{CUSTOMERS}/{customer.folder}/{safe_name(label(vault, category))}"


def file_name(vault: Vault, findings: Findings, category: str) -> str:
    """`<date> <category label> <number or title> <digest8>.<ext>`, at most 255 bytes."""
    scan = findings.reading.scan
    return _stem(vault, findings, category) + _tail(
        scan.digest, scan.media_type, scan.arrival.source
    )


def numbered_name(vault: Vault, findings: Findings, category: str, document: Document) -> str:
    """The same for one file of several: `… <nn> <digest8>.<ext>`, so that they sort in order."""
    tail = _tail(document.digest, document.media_type, document.source)
    return f"{_stem(vault, findings, category)} {document.position:02d}{tail}"


def _stem(vault: Vault, findings: Findings, category: str) -> str:
    when = paper_date(findings)
    day = when.isoformat() if when else _UNDATED[vault.settings.lang]
    return safe_name(f"{day} {label(vault, category)} {title(findings)}", _STEM_BYTES)


def _tail(digest: Digest, media_type: str, source: str) -> str:
    """What is of a kind nobody reads keeps the ending it was dropped with."""
    return f" {digest[:8]}{extension(media_type) if is_taken(media_type) else ending(source)}"
