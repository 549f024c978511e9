"""A small world with one of everything, in two months, and a clock that can be set."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from archiver.catalogue import documents
from archiver.custody import party
from archiver.custody.fact import add_event
from archiver.repair.check import check
from archiver.report.gather import Checked, gather
from archiver.report.values import Values
from archiver.review.decide import assign
from archiver.vault.create import create
from archiver.vault.vault import Vault
from tests.company import keep_practice_alone
from tests.worlds import CODE, CONTRACT, LICENCE, believing, drop, ingest, prepared

HUAXIN = "青梧市华信样本运输有限公司"
HOSTILE = "<script>alert('x')</script> & Co. \"样本\""
FORMULA = '=HYPERLINK("http://x.invalid",1)'
OWN = "青梧样本汽车维修服务有限公司"
APRIL = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


@dataclass
class Hands:
    """The hands of the clock."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def empty(root: Path, clock: Hands) -> Iterator[Vault]:
    """A vault in which nothing is."""
    vault, _ = create(root, "zh", "clerk", clock)
    keep_practice_alone(vault)
    believing(vault)
    with prepared(vault):
        yield vault


@contextmanager
def world(root: Path) -> Iterator[Vault]:
    """Two papers of April, one of them folded in May; the rest of May."""
    clock = Hands(APRIL)
    with empty(root, clock) as vault:
        party.add(vault, OWN, kind="own", aliases=[], codes=[])
        huaxin = party.add(vault, HUAXIN, kind="customer", aliases=["华信"], codes=[CODE])
        hostile = party.add(vault, HOSTILE, kind="customer", aliases=["敌意"], codes=[])
        formula = party.add(vault, FORMULA, kind="supplier", aliases=["公式"], codes=[])
        drop(vault, "a.txt", LICENCE)
        drop(vault, "新店/b.txt", LICENCE)
        ingest(vault)
        clock.now = MAY
        for name in ("敌意", "公式"):
            drop(vault, f"{name}/合同.txt", CONTRACT.format(name=name))
        drop(vault, "不明/猫.txt", "什么也不是\n第二行的秘密")
        drop(vault, "c.txt", LICENCE)
        drop(vault, "=1+1.pdf", "LOCKED")
        ingest(vault)
        with vault.catalogue.read() as tx:
            copy = next(one for one in documents.waiting(tx) if one.source == "新店/b.txt")
        assign(vault, copy, huaxin.id, None)
        add_event(
            vault,
            "service_completed",
            customer=huaxin.id,
            document=None,
            day=date(2023, 1, 5),
        )
        add_event(vault, "dispute_opened", customer=hostile.id, document=None, day=None)
        add_event(
            vault, "purchase_completed", customer=formula.id, document=None, day=date(2023, 6, 1)
        )
        drop(vault, "late.txt", LICENCE)
        yield vault


def gathered(vault: Vault, period: str | None = None) -> Values:
    """The values of a report after a check."""
    return gather(vault, period, Checked(False, check(vault, deep=False, progress=_quiet)))


def _quiet(_done: int, _of: int) -> None:
    """Nobody watches."""


def rows(vault: Vault, sql: str) -> list[tuple[object, ...]]:
    """What the catalogue's file says, asked without this program."""
    with closing(sqlite3.connect(vault.layout.state / "catalogue.db")) as known:
        return known.execute(sql).fetchall()


def counted(vault: Vault, sql: str) -> dict[str, int]:
    """A question that is answered with words and counts."""
    return {str(word): int(str(count)) for word, count in rows(vault, sql)}
