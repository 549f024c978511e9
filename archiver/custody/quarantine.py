"""Puts aside what cannot be taken in, with a reason a person understands."""

from pathlib import PurePosixPath

from archiver.catalogue import aside, ledger, receipts
from archiver.core.errors import N_
from archiver.core.model import Arrival, Because, Digest, Outcome
from archiver.core.names import ending, join_name
from archiver.custody.naming import REASON
from archiver.custody.receipt import receipt_of
from archiver.custody.stamp import stamp
from archiver.declarations.sentences import sentence
from archiver.declarations.words import speaking, translate
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.disk.lines import replace_text
from archiver.disk.place import place
from archiver.vault.layout import QUARANTINE
from archiver.vault.vault import Vault

_NOTE = N_(
    "{reason}\n\n"
    "File as dropped: {source}\n"
    "Receipt: {receipt}\n"
    "Put aside: {at}\n"
    "Reason code: {code}\n"
    "SHA-256: {digest}\n"
)


def put_aside(vault: Vault, arrival: Arrival, because: Because) -> receipts.Receipt:
    """Copy the claimed bytes to `quarantine/` with a reason file, and give the receipt.

    The claim itself is let go by the caller, as for every other outcome. Harmless to repeat: a
    receipt that was given before a crash is the one that counts.
    """
    digest, size = digest_of(arrival.path)
    dropped = PurePosixPath(arrival.source)
    # Made with its longer brother in mind, so that two long names never share a reason file.
    reasons = join_name(dropped.stem, f" {digest[:8]}{ending(dropped.name)}{REASON}")
    name = reasons.removesuffix(REASON)
    target = vault.layout.quarantine / name
    place(arrival.path, target, digest)
    note = _note(vault, arrival, because, digest)
    replace_text(target.with_name(reasons), note)
    with vault.catalogue.write() as tx:
        given = receipts.get(tx, arrival.receipt)
        if given:
            return given
        if not shape_of(target):  # went just now with a settled file of the same bytes and name
            place(arrival.path, target, digest)
            replace_text(target.with_name(reasons), note)
        when = stamp(vault, tx)
        receipt = receipt_of(
            arrival,
            when,
            Outcome.QUARANTINED,
            digest=digest,
            size=size,
            document=None,
            path=f"{QUARANTINE}/{name}",
            reasons=(because,),
        )
        receipts.give(tx, receipt)
        aside.land(tx, receipt.id)
        facts: dict[str, ledger.Fact] = {
            "receipt": receipt.id,
            "sha256": digest,
            "reason": because.code,
        }
        ledger.append(tx, when, "quarantine", facts)
    return receipt


def _now(vault: Vault) -> str:
    return vault.clock().isoformat(timespec="seconds")


def _note(vault: Vault, arrival: Arrival, because: Because, digest: Digest) -> str:
    """What the reason file says, in the vault's language whatever the operator speaks."""
    with speaking(vault.settings.lang):
        return translate(_NOTE).format(
            reason=sentence(because),
            source=arrival.source,
            receipt=arrival.receipt,
            at=_now(vault),
            code=because.code,
            digest=digest,
        )
