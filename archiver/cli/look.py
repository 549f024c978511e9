"""Writes down that a person looked; a disk that takes nothing keeps nobody from reading."""

from archiver.cli.output import talk
from archiver.core.errors import N_, VaultError
from archiver.core.model import Document
from archiver.custody.witness import seen
from archiver.declarations.words import translate
from archiver.vault.vault import Vault


def noted(vault: Vault, document: Document, how: str) -> None:
    """Write the look into the ledger, or say that it is not there."""
    try:
        seen(vault, document, how)
    except VaultError as error:
        talk(N_("The ledger does not know of this look: {why}"), why=error.sentence(translate))
