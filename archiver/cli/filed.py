"""Tells where a paper is that was just decided about."""

from archiver.cli.output import say
from archiver.core.errors import N_
from archiver.core.model import Document
from archiver.custody.matching import rematch
from archiver.intake.publish import publish
from archiver.vault.vault import Vault


def tell_filed(vault: Vault, document: Document) -> None:
    """Say where the paper is now, and which others the answer filed as well."""
    say(N_("{document} filed: {path}"), document=document.archive_no, path=document.path)
    tell_followers(vault)


def tell_followers(vault: Vault) -> None:
    """Match the waiting papers again, say which are filed by that, and publish."""
    for other in rematch(vault):
        say(N_("{document} filed too: {path}"), document=other.archive_no, path=other.path)
    publish(vault)
