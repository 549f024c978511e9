"""Stories of papers on their way out: approved, then destroyed."""

from datetime import date
from pathlib import Path

from archiver.catalogue import batches, numbers
from archiver.catalogue.batches import Batch, State
from archiver.custody import destruction, disposal, fact
from archiver.intake.publish import publish
from archiver.vault.vault import Vault
from tests.faults.story import ONE_LESS, Story, every_paper, filed
from tests.worlds import acting_as

_PATIENT = {
    "ingest_grace_days = 30": "ingest_grace_days = 0",
    "cooling_off_days = 7": "cooling_off_days = 0",
}


def _due(vault: Vault, world: Path) -> None:
    """Both papers are long due, in a vault that asks for no patience."""
    text = vault.layout.settings.read_text(encoding="utf-8")
    for old, new in _PATIENT.items():
        assert old in text
        text = text.replace(old, new)
    vault.layout.settings.write_text(text, encoding="utf-8")
    days = {"ingest_grace_days": 0, "cooling_off_days": 0}
    retention = vault.settings.retention.model_copy(update=days)
    vault.settings = vault.settings.model_copy(update={"retention": retention})
    filed(vault, world)
    first = every_paper(vault)[0]
    for kind in ("service_completed", "relationship_ended"):
        fact.add_event(vault, kind, customer=first.customer, document=None, day=date(2015, 1, 1))
    publish(vault)


def _approved(vault: Vault, world: Path) -> None:
    _due(vault, world)
    going = [one.id for one in every_paper(vault) if one.source == "IMG_2.txt"]
    batch = disposal.appraise(vault, going, "no longer needed")
    with acting_as(vault, "archivist"):
        disposal.approve(vault, batch.id)
    publish(vault)


def _batches(vault: Vault) -> tuple[Batch, ...]:
    with vault.catalogue.read() as tx:
        return batches.every(tx)


def _destroy(vault: Vault, world: Path) -> None:
    (batch,) = _batches(vault)
    if batch.state is State.APPROVED:
        with vault.catalogue.write() as tx:
            witness = numbers.person(tx, ["witness"])
        destruction.destroy(vault, batch.id, [witness])
    publish(vault)


def _destroyed(vault: Vault, world: Path) -> None:
    """Whoever comes back completes it, and then it is verified."""
    _destroy(vault, world)
    (batch,) = _batches(vault)
    assert batch.state is State.DESTROYED


DISPOSAL = {
    "dispose": Story(_approved, _destroy, 2, ONE_LESS, again=_destroyed),
}
