"""Archives from which papers went: some destroyed, some withheld, some on their way."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from archiver.catalogue import documents, holds, numbers
from archiver.core.model import DocumentId
from archiver.custody import destruction, disposal, party
from archiver.custody.fact import add_event
from archiver.custody.ripple import ripple
from archiver.custody.stamp import stamp
from archiver.intake.publish import publish
from archiver.review.series import join
from archiver.vault.vault import Vault
from tests.company import keep_practice_alone
from tests.report.firm import HUAXIN, OWN
from tests.worlds import CONTRACT, a_vault, acting_as, drop, ingest, reopened

OPINION = "保管期满，无未了事项，同意销毁"
SERVICE = date(2020, 5, 10)
TITLE = "采购合同"


def at(day: str) -> datetime:
    """Noon of a day in the archive's zone."""
    return datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)


@contextmanager
def stocked(root: Path) -> Iterator[tuple[Vault, list[DocumentId]]]:
    """Six papers of one customer, all due, the last of two files; gives their ids in order."""
    with a_vault(root) as vault:
        keep_practice_alone(vault)
        vault.settings = vault.settings.model_copy(
            update={
                "retention": vault.settings.retention.model_copy(update={"backups_kept_days": 90})
            }
        )
        party.add(vault, OWN, kind="own", aliases=[], codes=[])
        huaxin = party.add(vault, HUAXIN, kind="customer", aliases=["华信"], codes=[])
        for number in range(1, 8):
            paper = CONTRACT.format(name=HUAXIN).replace("YB-1", f"YB-{number}")
            drop(vault, f"华信/合同{number}.txt", paper)
            ingest(vault)
        with vault.catalogue.read() as tx:
            *papers, sixth, further = documents.all_documents(tx)
        join(vault, [sixth, further])
        made = add_event(vault, "service_completed", customer=huaxin.id, document=None, day=SERVICE)
        assert made.vouched is not None
        publish(vault)
        yield vault, [one.id for one in (*papers, sixth)]


@contextmanager
def disposed(root: Path) -> Iterator[tuple[Vault, list[DocumentId]]]:
    """Of the six, the first, second and sixth are destroyed in July 2026, and the fifth in January
    2027 without anybody looking whether it is gone; a hold keeps the third, an appraisal the
    fourth.
    """
    with stocked(root) as (vault, ids):
        batch = appraised(vault, [*ids[:4], ids[5]], "2026-07-01", OPINION)
        with acting_as(vault, "clerk", at("2026-07-02")):
            disposal.keep_longer(vault, ids[3], 2, "还要用")
            _hold(vault, ids[2])
        approved(vault, batch, "2026-07-02")
        destroyed(vault, batch, "2026-07-10", ("auditor", "clerk"))
        publish(vault)
        destruction.verify(vault)
        late = appraised(vault, [ids[4]], "2026-12-20", None)
        approved(vault, late, "2026-12-21")
        destroyed(vault, late, "2027-01-05", ("auditor",))
        with acting_as(vault, "clerk", at("2027-01-05")):
            yield vault, ids


@contextmanager
def returned(root: Path) -> Iterator[tuple[Vault, list[DocumentId]]]:
    """Of the six, all leave a batch that is rejected, the first three a second one; the first and
    the fifth are destroyed by a third, the second and the sixth are approved and still there.
    """
    with stocked(root) as (vault, ids):
        for day, papers in (("2026-07-01", ids), ("2026-07-02", ids[:3])):
            batch = appraised(vault, papers, day, OPINION)
            with acting_as(vault, "clerk", at(day)):
                disposal.reject(vault, batch, "先核对")
        batch = appraised(vault, [ids[0], ids[4]], "2026-07-03", OPINION)
        approved(vault, batch, "2026-07-04")
        destroyed(vault, batch, "2026-07-12", ("auditor",))
        publish(vault)
        approved(vault, appraised(vault, [ids[1], ids[5]], "2026-07-13", OPINION), "2026-07-14")
        with acting_as(vault, "clerk", at("2026-07-20")):
            yield vault, ids


def appraised(vault: Vault, papers: list[DocumentId], day: str, opinion: str | None) -> str:
    """A batch that the clerk begins on a day; gives its number."""
    with acting_as(vault, "clerk", at(day)):
        return disposal.appraise(vault, papers, opinion).id


def approved(vault: Vault, batch: str, day: str) -> None:
    """The chief agrees to it."""
    with acting_as(vault, "chief", at(day)):
        disposal.approve(vault, batch)


def destroyed(vault: Vault, batch: str, day: str, witnesses: tuple[str, ...]) -> None:
    """The keeper carries it out."""
    with acting_as(vault, "keeper", at(day)):
        with vault.catalogue.write() as tx:
            seen = [numbers.person(tx, [one]) for one in witnesses]
        destruction.destroy(vault, batch, seen)


def _hold(vault: Vault, paper: DocumentId) -> None:
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        row = {
            "scope": "document",
            "target": paper,
            "reason": "欠款未清",
            "authority": "art. 19",
            "placed_by": when.actor,
            "placed_on": when.day,
        }
        holds.catch(tx, holds.place(tx, row), [paper])
        ripple(vault, tx, when)


@contextmanager
def again(played: Path, root: Path, day: str = "2027-01-05") -> Iterator[Vault]:
    """A copy of it, in the hands of the clerk on a later day."""
    shutil.copytree(played, root)
    with reopened(root) as vault, acting_as(vault, "clerk", at(day)):
        yield vault


def content(number: int) -> bytes:
    """What the paper of that number was."""
    return CONTRACT.format(name=HUAXIN).replace("YB-1", f"YB-{number}").encode()
