"""Vaults in temporary folders, files dropped by one call, trees as dictionaries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archiver.core.errors import DocumentError
from archiver.core.model import Because, Line, Page, Reading, Scan, TextSource
from archiver.intake.ingest import ingest_inbox
from archiver.intake.taken import Taken
from archiver.vault.create import create
from archiver.vault.vault import Vault, open_vault

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)

CODE = "91990001MA1HX1001K"
"""A credit code with a right check digit in a division nobody is given."""

LICENCE = (
    f"营业执照\n统一社会信用代码 {CODE}\n名称 青梧市华信样本运输有限公司\n"
    "注册资本 壹佰万元\n登记机关"
)
CONTRACT = (
    "采购合同\n合同编号：YB-1\n甲方：{name}\n乙方：样本\n"
    "本合同一式两份\n违约责任\n签订日期：2024-03-05"
)


class PlainReader:
    """Reads text without worker processes: for tests about everything but reading."""

    def read(self, scan: Scan) -> Reading:
        """The lines of a text; one that says so fails as a locked PDF would."""
        text = scan.arrival.path.read_text(encoding="utf-8")
        if text.startswith("LOCKED"):
            raise DocumentError(Because.of("encrypted"))
        if text.startswith("BUG"):
            raise ZeroDivisionError
        lines = tuple(Line(line, None, 1.0) for line in text.splitlines() if line)
        return Reading(scan, (Page(1, lines, TextSource.PLAIN),))

    def warm(self, *, pictures: bool) -> None:
        """Nothing to start."""

    def close(self) -> None:
        """Nothing to end."""


def prepared(vault: Vault) -> Vault:
    """The vault without waiting times and worker processes."""
    vault.settings = vault.settings.model_copy(
        update={"settle": vault.settings.settle.model_copy(update={"quiet": 0.0})}
    )
    vault.__dict__["reader"] = PlainReader()
    return vault


@contextmanager
def a_vault(root: Path) -> Iterator[Vault]:
    """A new vault at `root`."""
    vault, _ = create(root, "zh", "clerk", lambda: NOW)
    with prepared(vault):
        yield vault


@contextmanager
def reopened(root: Path) -> Iterator[Vault]:
    """The vault at `root`, as after a restart."""
    with prepared(open_vault(root, "clerk", lambda: NOW)) as vault:
        yield vault


def drop(vault: Vault, name: str, text: str) -> Path:
    """Drop a text under a name in the inbox."""
    path = vault.layout.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ingest(vault: Vault) -> dict[str, Taken]:
    """One pass over the inbox: source → what became of it."""
    return {one.source: one for one in ingest_inbox(vault, None, lambda _: None)}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`: path → bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def papers(vault: Vault) -> dict[str, bytes]:
    """The archived files, without the derived ones among them."""
    found = tree(vault.layout.customers)
    return {
        path: data
        for path, data in found.items()
        if not path.endswith(("manifest-sha256.txt", "records.jsonl"))
    }
