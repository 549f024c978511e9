"""Due papers go: appraised, rejected, appraised again, approved, destroyed, and registered."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

_CUSTOMER = "青梧市老桥样本运输有限公司"
_PAPER = (
    "采购合同\n合同编号：YB-{no}\n甲方：{name}\n乙方：样本\n本合同一式两份\n违约责任\n"
    "签订日期：2009-03-05"
)


class Asker(Protocol):
    """Types commands into the program."""

    vault: Path

    def __call__(self, *words: str, options: Sequence[str] = ()) -> Sequence[Mapping[str, object]]:
        """The objects that a command gives."""

    def second(self, *words: str, options: Sequence[str] = ()) -> None:
        """The same by another person."""


def dispose(ask: Asker) -> None:
    """Papers of a customer who left long ago; no waiting times in this vault."""
    _without_waiting(ask.vault / ".archiver" / "vault.toml")
    ask("customer", "add", options=(_CUSTOMER,))
    for number in range(1, 4):
        path = ask.vault / "inbox" / _CUSTOMER / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_PAPER.format(no=number, name=_CUSTOMER), encoding="utf-8")
    docs = [str(one["document"]) for one in ask("ingest")]
    (ended,) = ask(
        "event", "add", options=("relationship_ended", _CUSTOMER, "--date", "2010-01-03")
    )
    ask("event", "correct", options=(str(ended["event"]), "2010-01-04"))
    table = ask.vault.parent / "events.csv"
    table.write_text(f"type,customer,date\nservice_completed,{_CUSTOMER},2009-12-01\n", "utf-8")
    ask("event", "import", options=(str(table),))
    opinion = ("--opinion", "of no further use")
    (batch,) = ask("retain", "appraise", options=(*docs, *opinion))
    ask("retain", "reject", options=(str(batch["batch"]), "--reason", "not yet"))
    (batch,) = ask("retain", "appraise", options=(*docs, *opinion))
    named = str(batch["batch"])
    ask("retain", "extend", options=(docs[2], "--years", "2", "--reason", "still needed"))
    ask.second("retain", "approve", options=(named,))
    ask("retain", "destroy", options=(named, "--witness", "second", "--yes"))
    ask("retain", "batches")
    ask("retain", "register")
    ask("show", options=(docs[0],))
    ask("retain", "approve-shortening", options=(docs[2], "--reason", "typed by mistake"))
    ask("event", "add", options=("dispute_opened", _CUSTOMER, "--date", "2011-05-10"))
    ask("event", "add", options=("dispute_settled", _CUSTOMER, "--date", "2012-05-10"))
    flag = ("--flag", "dispute", "--years", "1", "--reason", "it is settled")
    ask("retain", "reappraise", options=(_CUSTOMER, *flag))


def _without_waiting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for key, days in (("ingest_grace_days", 30), ("cooling_off_days", 7)):
        text = text.replace(f"{key} = {days}", f"{key} = 0")
    path.write_text(text, encoding="utf-8")
