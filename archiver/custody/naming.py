"""What a document is called in the vault, so that a person finds it with no software at all."""

from archiver.core.model import Customer, Findings
from archiver.core.names import join_name, safe_name
from archiver.reading.sniff import extension
from archiver.recognition.title import paper_date, title
from archiver.vault.layout import CUSTOMERS
from archiver.vault.vault import Vault

_UNDATED = {"zh": "日期不详", "en": "undated"}
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
    when = paper_date(findings)
    day = when.isoformat() if when else _UNDATED[vault.settings.lang]
    stem = safe_name(f"{day} {label(vault, category)} {title(findings)}", _STEM_BYTES)
    return join_name(stem, f" {scan.digest[:8]}{extension(scan.media_type)}")
