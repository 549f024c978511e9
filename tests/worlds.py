"""Vaults in temporary folders, files dropped by one call, trees as dictionaries."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from archiver.core.errors import DocumentError
from archiver.core.model import Because, Line, Page, Reading, Scan, TextSource
from archiver.intake.ingest import ingest_inbox
from archiver.intake.taken import Taken
from archiver.reading.divide import Cut, Leaf, runs
from archiver.reading.members import Member
from archiver.reading.sniff import MAIL
from archiver.vault.create import create
from archiver.vault.people import PersonSettings
from archiver.vault.vault import Vault, open_vault

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)

CODE = "92990001MA1HX1001G"
"""A credit code with a right check digit in a division nobody is given.

It begins as those of sole traders, who are no 公司: a licence with it introduces nobody.
"""

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
        """The lines of a text or a mail; one that says so has a look, or fails as if locked."""
        data = scan.arrival.path.read_bytes()
        facts: tuple[tuple[str, str], ...] = ()
        if scan.media_type == MAIL:
            mail = _mail(data)
            facts = (("attachments", str(len(list(mail.iter_attachments())))),)
            body = mail.get_body(("plain",))
            data = str(body.get_content() if body else "").encode()
        text = data.decode()
        if text.startswith("LOCKED"):
            raise DocumentError(Because.of("encrypted"))
        if text.startswith("BUG"):
            raise ZeroDivisionError
        look = text.partition("LOOK ")[2][:16]
        text = text.removeprefix(f"LOOK {look}")
        lines = tuple(Line(line, None, 1.0) for line in text.splitlines() if line)
        return Reading(scan, (Page(1, lines, TextSource.PLAIN, 0, look),), facts)

    def unpack(self, scan: Scan, folder: Path) -> tuple[Member, ...]:
        """What a ZIP or a mail holds, by the standard library."""
        found = []
        for number, (name, data) in enumerate(_inside(scan), start=1):
            path = folder / f"{number:04d}"
            path.write_bytes(data)
            found.append(Member(name, path))
        return tuple(found)

    def divide(self, scan: Scan, folder: Path, cut: Cut) -> tuple[Member, ...]:
        """The papers of a text whose pages are parted by form feeds."""
        pages = scan.arrival.path.read_text().split("\f")
        kinds = {"": Leaf.BLANK, cut.separator: Leaf.SEPARATOR}
        found: list[Member] = []
        for run in runs([kinds.get(page, Leaf.PAPER) for page in pages], cut):
            path = folder / f"{len(found) + 1:04d}"
            path.write_text("\f".join(pages[run.first - 1 : run.last]))
            found.append(Member(str(run), path))
        return tuple(found) if len(found) > 1 else ()

    def warm(self, *, pictures: bool) -> None:
        """Nothing to start."""

    def close(self) -> None:
        """Nothing to end."""


def _mail(data: bytes) -> EmailMessage:
    return message_from_bytes(data, _class=EmailMessage, policy=policy.default)


def _inside(scan: Scan) -> Iterator[tuple[str, bytes]]:
    if scan.media_type == MAIL:
        for part in _mail(scan.arrival.path.read_bytes()).iter_attachments():
            content = part.get_content()
            data = content if isinstance(content, bytes) else str(content).encode()
            yield part.get_filename() or "", data
    else:
        with zipfile.ZipFile(scan.arrival.path) as archive:
            for one in archive.infolist():
                yield one.filename, archive.read(one)


def a_mail(text: str, attachments: dict[str, bytes]) -> bytes:
    """A mail with that body and these attachments."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@specimen.invalid", "b@specimen.invalid"
    mail["Subject"], mail["Message-ID"] = "样本", "<1@specimen.invalid>"
    mail["Date"] = "Mon, 18 May 2026 09:00:00 +0800"
    mail.set_content(text)
    for name, data in attachments.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def a_zip(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def believing(vault: Vault) -> None:
    """Commands typed on this vault believe any clock: its days are invented, theirs are ours."""
    path = vault.layout.settings
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unattended_days = 90", "unattended_days = 0"), encoding="utf-8")


def prepared(vault: Vault) -> Vault:
    """The vault without waiting times and worker processes, which believes any clock."""
    vault.settings = vault.settings.model_copy(
        update={
            "settle": vault.settings.settle.model_copy(update={"quiet": 0.0, "unfinished": 0.0}),
            "clock": vault.settings.clock.model_copy(update={"max_unattended_days": 0}),
        }
    )
    vault.__dict__["reader"] = PlainReader()
    return vault


@contextmanager
def a_vault(root: Path) -> Iterator[Vault]:
    """A new vault at `root`."""
    vault, _ = create(root, "zh", "clerk", lambda: NOW)
    believing(vault)
    with prepared(vault):
        yield vault


@contextmanager
def reopened(root: Path) -> Iterator[Vault]:
    """The vault at `root`, as after a restart."""
    with prepared(open_vault(root, "clerk", lambda: NOW)) as vault:
        yield vault


def declared(vault: Vault, *people: PersonSettings) -> None:
    """Declare who works in this vault, as `vault.toml` would."""
    vault.settings = vault.settings.model_copy(update={"person": people})


@contextmanager
def acting_as(vault: Vault, login: str, at: datetime | None = None) -> Iterator[Vault]:
    """The same vault in the hands of another person, perhaps at another time."""
    before, clock = vault.login, vault.clock
    vault.login, vault.clock = login, (lambda: at) if at else clock
    try:
        yield vault
    finally:
        vault.login, vault.clock = before, clock


def drop(vault: Vault, name: str, content: str | bytes) -> Path:
    """Drop a text or bytes under a name in the inbox."""
    path = vault.layout.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
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
