"""Tells where a paper is that was just decided about."""

from archiver.cli.output import say
from archiver.core.errors import N_
from archiver.core.model import Document
from archiver.custody.matching import rematch
from archiver.intake.publish import publish
from archiver.vault.vault import Vault


def tell_filed(vault: Vault, before: Document, now: Document) -> None:
    """Say where the paper is now, and which others the answer filed as well.

    Args:
        vault: the vault.
        before: the paper as it waited.
        now: the same; another one where the customer had the same bytes already.
    """
    if now.id == before.id:
        say(N_("{document} filed: {path}"), document=now.archive_no, path=now.path)
    else:
        say(
            N_("{document} is the same file as {other}, filed already: {path}"),
            document=before.id,
            other=now.id,
            path=now.path,
        )
    tell_followers(vault)


def tell_followers(vault: Vault) -> None:
    """Match the waiting papers again, say which are filed by that, and publish."""
    for other in rematch(vault):
        say(N_("{document} filed too: {path}"), document=other.archive_no, path=other.path)
    publish(vault)
