"""Papers that tell of events, and what must hold of a vault that took them in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.catalogue import documents, events, ledger
from archiver.catalogue.events import StoredEvent
from archiver.core.model import Document, DocumentId
from archiver.custody import party
from archiver.custody.standing import answers
from archiver.intake.publish import publish
from archiver.judge.evaluate import Answer
from archiver.repair.check import check
from archiver.vault.vault import Vault
from tests.worlds import NOW, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"
OTHER = "云泽样本食品厂"
TODAY = NOW.date()
ORDER = "维修工单\n客户名称：{name}\n维修项目：更换制动片\n工时：2\n进厂\n出厂\n{dated}"
COMPLAINT = (
    "客户投诉单\n客户名称：{name}\n投诉人：样本甲\n投诉内容：异响\n处理结果：待处理\n{dated}"
)
SETTLED = "结算单\n客户名称：{name}\n结算金额：100\n工时费\n材料费\n{dated}"
INVOICE = "增值税普通发票\n发票代码\n发票号码 1\n购买方名称：{name}\n价税合计 1\n{dated}"


def told(text: str, day: str = "", name: str = NAME) -> str:
    return text.format(name=name, dated=f"日期：{day}" if day else "")


@contextmanager
def known(folder: Path, kind: str = "customer") -> Iterator[Vault]:
    with a_vault(folder / "vault") as vault:
        party.add(vault, NAME, kind=kind, aliases=[], codes=[])
        party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        yield vault


def recorded(vault: Vault) -> tuple[StoredEvent, ...]:
    with vault.catalogue.read() as tx:
        return events.all_events(tx)


def replayed(vault: Vault) -> list[tuple[object, ...]]:
    """What the ledger alone says of events."""
    found: dict[str, list[object]] = {}
    with vault.catalogue.read() as tx:
        entries = [json.loads(line) for line in ledger.lines(tx)]
    for entry in entries:
        facts = entry["facts"]
        match entry["action"]:
            case "event_added" | "event_read" | "event_confirmed" | "event_corrected":
                said = [facts[key] for key in ("event", "type", "customer", "document", "date")]
                found[facts["event"]] = [*said, entry["action"] != "event_read", False]
            case "event_unread":
                found[facts["event"]][-1] = True
            case "event_voided":
                found[facts["event"]][-2:] = [True, True]
    return [tuple(one) for one in found.values()]


def sound(vault: Vault) -> None:
    """The ledger knows every event, and the index every day that follows from them."""
    publish(vault)
    said = [
        (one.id, one.type, one.customer, one.document, str(one.day), one.confirmed, one.void)
        for one in recorded(vault)
    ]
    assert replayed(vault) == said
    assert not check(vault, deep=False, progress=lambda done, of: None)


def answer(vault: Vault, document: Document | DocumentId) -> Answer:
    handle = document if isinstance(document, str) else document.id
    with vault.catalogue.read() as tx:
        found = documents.some(tx, [handle])
        return answers(vault, tx, found, TODAY)[handle]


def dropped(vault: Vault, name: str, text: str) -> Document:
    drop(vault, name, text)
    (taken,) = ingest(vault).values()
    assert taken.document, taken
    return taken.document
