"""A story of an archive while the disk fails, and how most of them begin."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue import documents
from archiver.core.errors import ExitCode
from archiver.core.model import Document
from archiver.custody import party
from archiver.custody.matching import rematch
from archiver.intake.publish import publish
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.worlds import (
    CODE,
    CONTRACT,
    a_mail,
    drop,
    ingest,
)

NAME = "青梧市华信样本运输有限公司"
INSIDE = CONTRACT.format(name=NAME)
NEW = CONTRACT.format(name="新客户样本店")
NOBODY = CONTRACT.format(name="谁也不是")
SCANNED = f"{INSIDE}\n扫描件"
ENCLOSED = f"{INSIDE}\n附件"
MAIL = a_mail(f"关于资料的联系函\n{NAME}：\n特此函告", {"a.txt": ENCLOSED.encode()})
LOCKED = "LOCKED"
ORDER = f"维修工单\n客户名称：{NAME}\n维修项目\n工时\n进厂\n日期：2024-05-10"
STRAY = ORDER.replace(NAME, "谁也不是").replace("05-10", "06-01")

INTRODUCTION = (
    "营业执照\n统一社会信用代码 91990001MA1HX1001K\n名称 新样本物流有限公司\n登记机关\n经营范围"
)
NEW_CONTRACT = CONTRACT.format(name="新样本物流有限公司")
TWO = (INSIDE.encode(), SCANNED.encode())
ONE_LESS = (INSIDE.encode(),)

Act = Callable[[Vault, Path], object]


@dataclass(frozen=True, slots=True)
class Story:
    """Something that may be cut off.

    Attributes:
        before: prepares the vault; given it and the folder in which it lies.
        act: what the fault strikes.
        received: how many drops there were.
        papers: what must be archived in the end, each under one customer.
        aside: what must lie in quarantine in the end.
        first: what a person does after a crash, before the papers left behind are taken again.
        again: what a person does after a crash, who knows only what is written.
        also: how the act may end when the disk refuses, besides well and refused.
        merged: customers become one, who may have the same bytes twice then.
    """

    before: Act
    act: Act
    received: int
    papers: tuple[bytes, ...]
    aside: tuple[bytes, ...] = ()
    again: Act = lambda vault, world: None
    first: Act = lambda vault, world: None
    also: tuple[ExitCode, ...] = ()
    merged: bool = False


def known(vault: Vault) -> str:
    return party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE]).id


def take_in(vault: Vault, world: Path) -> None:
    ingest(vault)


def filed(vault: Vault, world: Path) -> None:
    known(vault)
    drop(vault, "IMG_1.txt", INSIDE)
    drop(vault, "IMG_2.txt", SCANNED)
    ingest(vault)


def every_paper(vault: Vault) -> list[Document]:
    with vault.catalogue.read() as tx:
        return list(documents.all_documents(tx))


def one_waits(vault: Vault, world: Path) -> None:
    drop(vault, "c.txt", NOBODY)
    ingest(vault)
    known(vault)


def answer_all(vault: Vault, world: Path) -> None:
    whose = party.directory(vault).resolve(NAME)
    for document in queue(vault):
        assign(vault, document, whose.id if whose else None, None)
    rematch(vault)
    publish(vault)
