"""What the rules in the files would change, counted over every record and listed for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from archiver.catalogue import documents
from archiver.catalogue.store import Connection
from archiver.core.model import Document, DocumentId
from archiver.custody.activate import Counts, preview
from archiver.custody.rules import in_force
from archiver.declarations.retention import RuleSet
from archiver.judge.evaluate import State
from archiver.judge.preview import Change, Effect
from archiver.vault.vault import Vault

SHOWN = 20
"""Records that are listed where nobody asks for all of them."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Noticed:
    """One record that a version changes.

    Attributes:
        document: its id.
        effects: how, in the order of `Effect`.
        before: its state, and the last day of its period if it has one.
        after: the same once the version is in force.
        instead: what it would have if two people agreed to shorten it.
    """

    document: DocumentId
    effects: tuple[Effect, ...]
    before: tuple[State, date | None]
    after: tuple[State, date | None]
    instead: str | None


@dataclass(frozen=True, slots=True)
class Diff:
    """The version in force beside another one.

    Attributes:
        before: content hash of the version in force.
        rules: of the other one.
        counts: records by what would become of them; one record may be in several.
        noticed: the first of the records, or all, by document.
        papers: what is known of those.
        left_off: how many more there are.
    """

    before: str
    rules: str
    counts: Counts
    noticed: tuple[Noticed, ...]
    papers: Mapping[DocumentId, Document]
    left_off: int


def diff(vault: Vault, rules: RuleSet, *, every: bool = False) -> Diff:
    """What `rules` would change today; nothing is changed by asking.

    Args:
        vault: the open vault.
        rules: another version; see `custody.activate.proposed`.
        every: list every record, not only the first ones.
    """
    counts: Counts = Counter()
    noticed: list[Noticed] = []
    touched = 0
    with vault.catalogue.read() as tx:
        before = in_force(vault, tx)
        changes = preview(vault, tx, rules) if before != rules else ()
        for one in changes:
            if not one.effects:
                continue
            counts.update(one.effects)
            touched += 1
            if every or touched <= SHOWN:
                noticed.append(_noticed(one))
        papers = dict(_papers(tx, [one.document for one in noticed]))
    return Diff(
        before=before.content_hash,
        rules=rules.content_hash,
        counts=counts,
        noticed=tuple(noticed),
        papers=papers,
        left_off=touched - len(noticed),
    )


def _noticed(one: Change) -> Noticed:
    return Noticed(
        document=one.record.id,
        effects=tuple(effect for effect in Effect if effect in one.effects),
        before=(one.before.state, one.before.retain_through),
        after=(one.after.state, one.after.retain_through),
        instead=one.instead,
    )


def _papers(tx: Connection, wanted: list[DocumentId]) -> Iterator[tuple[DocumentId, Document]]:
    for start in range(0, len(wanted), _AT_ONCE):
        for document in documents.some(tx, wanted[start : start + _AT_ONCE]):
            yield document.id, document
