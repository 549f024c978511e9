"""Stories of customers who become one or two, and of papers that change hands."""

from pathlib import Path

from archiver.catalogue import contexts, customers, documents
from archiver.core.model import CustomerId, DocumentId
from archiver.custody import act, party, place
from archiver.custody.merge import merge
from archiver.custody.split import parting
from archiver.intake.publish import publish
from archiver.review import series
from archiver.vault.vault import Vault
from tests.faults.happened import agree
from tests.faults.story import INSIDE, NAME, TWO, Story, every_paper, filed, known
from tests.worlds import CONTRACT, drop, ingest

OTHER = "云泽样本食品厂"
THEIRS = CONTRACT.format(name=OTHER)
PARTED = "分出来的样本店"


def _id(vault: Vault, name: str) -> CustomerId:
    found = party.directory(vault).resolve(name)
    assert found
    return found.id


def _two_customers(vault: Vault, world: Path) -> None:
    """Each has a paper of one file, one of two files, and one that the other has too."""
    known(vault)
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, "1.txt", THEIRS)
    drop(vault, "2.txt", f"{THEIRS}\n二")
    drop(vault, "3.txt", INSIDE)
    drop(vault, f"{OTHER}/3.txt", INSIDE)
    ingest(vault)
    theirs = {one.source: one for one in every_paper(vault)}
    if theirs[f"{OTHER}/3.txt"].open:
        place.assign(vault, theirs[f"{OTHER}/3.txt"].id, _id(vault, OTHER))
    series.join(vault, [theirs["1.txt"], theirs["2.txt"]])
    publish(vault)


def _merge(vault: Vault, world: Path) -> None:
    old = CustomerId("C0002")
    with vault.catalogue.read() as tx:
        whose = customers.living(tx, old)
    if whose and whose.id == old:
        merge(vault, old, _id(vault, NAME))
    publish(vault)


def _merged(vault: Vault, world: Path) -> None:
    """Repeated by a person; then all of it must be one customer's, with all it lived under."""
    _merge(vault, world)
    with vault.catalogue.read() as tx:
        found = list(documents.all_documents(tx))
        assert {one.customer for one in found} == {_id(vault, NAME)}
        for one in found:
            lived = contexts.of(tx, one.id)
            assert lived[-1].merged == {"C0001", "C0002"}
            assert len(lived) == 2


def _to_be_parted(vault: Vault, world: Path) -> None:
    filed(vault, world)
    whose = _id(vault, NAME)
    said = parting([every_paper(vault)[0].id], PARTED)
    act.propose(vault, "split_customer", whose, "two shops", terms=said)
    publish(vault)


def _changing_hands(vault: Vault, world: Path) -> None:
    """A paper and its twin with another customer."""
    known(vault)
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, "IMG_1.txt", INSIDE)
    ingest(vault)
    place.move(vault, DocumentId("D000001"), _id(vault, OTHER))
    drop(vault, "IMG_2.txt", INSIDE)
    drop(vault, f"{NAME}/IMG_2.txt", INSIDE)
    ingest(vault)
    publish(vault)


def _change_hands(vault: Vault, world: Path) -> None:
    for one in every_paper(vault):
        place.move(vault, one.id, _id(vault, OTHER))
        place.set_case(vault, one.id, "W1")
    publish(vault)


_THREE = (THEIRS.encode(), f"{THEIRS}\n二".encode(), INSIDE.encode(), INSIDE.encode())

PARTIES = {
    "merge": Story(_two_customers, _merge, 4, _THREE, again=_merged, merged=True),
    "split": Story(_to_be_parted, agree, 2, TWO, again=agree),
    "move": Story(
        _changing_hands,
        _change_hands,
        3,
        (INSIDE.encode(), INSIDE.encode()),
        again=_change_hands,
        merged=True,
    ),
}
