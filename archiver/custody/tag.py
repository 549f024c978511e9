"""Puts tags on documents and takes them off: words of people, which decide nothing.

They are found at once, and what a hold asks for by them is caught. The ledger has digests only: a
tag may name a person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from archiver.catalogue import acts, keepings, ledger, queue, tags
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, UsageError
from archiver.core.model import DocumentId
from archiver.core.proof import canonical
from archiver.core.tags import alike, tag_of
from archiver.custody.place import whole
from archiver.custody.ripple import catch, void
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault

_AT_ONCE = 200
"""Documents tagged in one transaction: an intake beside it waits no longer than that."""


@dataclass(frozen=True, slots=True)
class _Change:
    """Tags to put on, by what they are alike in, and what those to take off are alike in."""

    put: Mapping[str, str]
    take: Collection[str]


def tag(
    vault: Vault, wanted: Iterable[DocumentId], *, add: Iterable[str], remove: Iterable[str]
) -> None:
    """Put some tags on documents and take others off.

    What a document has already is not put on twice, what it lacks is not missed; where nothing
    changes nothing is written. The tags of a document of several files are those of all of them.

    Args:
        vault: the open vault.
        wanted: documents; a further file stands for its document.
        add: tags as typed.
        remove: tags as typed.

    Raises:
        UsageError: one cannot be a tag, or is to be put on and taken off.
        Refused: a document has left the archive; those before it may be tagged.
    """
    change = _change(add, remove)
    listed = list(dict.fromkeys(wanted))
    for start in range(0, len(listed), _AT_ONCE):
        with vault.catalogue.write() as tx:
            when = stamp(vault, tx)
            some = [_tag(tx, one, change, when) for one in listed[start : start + _AT_ONCE]]
            changed = [file for files in some for file in files]
            if changed:
                catch(vault, tx, when, changed)
                void(vault, tx, when, set(keepings.on_the_way(tx)).intersection(changed))


def _change(add: Iterable[str], remove: Iterable[str]) -> _Change:
    new: dict[str, str] = {}
    for one in map(tag_of, add):
        new.setdefault(alike(one), one)
    old = {alike(one) for one in map(tag_of, remove)}
    for one in sorted(new.keys() & old):
        raise UsageError(
            N_("{tag} is to be put on and taken off"),
            hint=N_("leave out one of them"),
            tag=new[one],
        )
    return _Change(new, old)


def _tag(
    tx: Connection, wanted: DocumentId, change: _Change, when: Stamp
) -> tuple[DocumentId, ...]:
    """Tag one document; gives its files where anything changed."""
    paper = whole(tx, wanted)
    further = files_of(tx, [paper.id]).get(paper.id, ())
    files = (paper.id, *(one.id for one in further))
    have = tags.of(tx, [paper.id]).get(paper.id, {})
    new = {key: word for key, word in change.put.items() if key not in have}
    old = have.keys() & change.take
    if not new and not old:
        return ()
    tags.put(tx, files, tags.spelt(tx, new))
    tags.take(tx, files, old)
    now = sorted((have.keys() - old) | new.keys())
    facts: dict[str, ledger.Fact] = {
        "document": paper.id,
        "added": len(new),
        "removed": len(old),
        "content": acts.digest_of(canonical([paper.id, *now])),
    }
    ledger.append(tx, when, "tagging", facts)
    queue.push(tx, paper.id, paper.path)
    return files
