"""Real processes, killed at random moments while others work: `watch`, `ingest` and decisions."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from archiver.custody import party
from archiver.disk.claim import CLAIMS
from archiver.vault.create import create
from archiver.vault.layout import Layout
from tests.faults.invariants import sound
from tests.worlds import CODE, CONTRACT, a_mail, a_zip, papers, reopened

NAME = "青梧市华信样本运输有限公司"
STRANGER = "谁也不是样本店"
_SETTINGS = (("quiet = 2.0", "quiet = 0.0"), ("parsers = 2", "parsers = 1"))
KINDS = ("paper", "paper", "stranger", "stranger", "again", "empty", "zip", "mail")
_PATIENCE = 30.0
_DELAYS = (0.02, 0.02, 0.4, 0.8, 1.2)
"""Seconds to go on for, at most: from the first act up to the last of a handful of papers."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A file to be dropped, and what must become of it."""

    name: str
    data: bytes
    archived: tuple[bytes, ...] = ()
    aside: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Office:
    """A vault, what was dropped into it so far, and dice.

    Attributes:
        received: how many drops there were.
        archived: bytes that must be archived in the end, each once.
        aside: bytes that must lie in quarantine.
        known: bytes that nobody but their customer can be meant by, wherever they come again.
        moments: what the killed processes had in hand, by how often.
    """

    root: Path
    dice: random.Random
    received: int = 0
    archived: list[bytes] = field(default_factory=list)
    aside: list[bytes] = field(default_factory=list)
    known: list[bytes] = field(default_factory=list)
    moments: Counter[str] = field(default_factory=Counter)

    @property
    def layout(self) -> Layout:
        """Where things lie."""
        return Layout(self.root)

    def drop(self) -> None:
        """One file as an office drops it: whole, under its name in one step."""
        dropped = self.made(self.dice.choice(KINDS), self.received)
        self.note(dropped, known=True)
        draft = self.layout.inbox / f".{self.received}"
        draft.write_bytes(dropped.data)
        draft.rename(self.layout.inbox / dropped.name)

    def note(self, dropped: Drop, *, known: bool) -> None:
        """It counts from now on."""
        self.received += 1
        self.archived += dropped.archived
        self.aside += dropped.aside
        self.known += dropped.archived if known else ()

    def made(self, kind: str, number: int) -> Drop:
        """A file of a kind."""
        name = f"{number:05d} {kind}"
        if kind == "again" and self.known:
            return Drop(f"{name}.txt", self.dice.choice(self.known))
        if kind == "empty":
            return Drop(f"{name}.txt", b"", aside=(b"",))
        if kind == "zip":
            inside = {f"{one}.txt": _paper(NAME, f"{number}-{one}") for one in range(3)}
            return Drop(f"{name}.zip", a_zip(inside), tuple(inside.values()))
        if kind == "mail":
            inside = {"a.txt": _paper(NAME, f"{number}-a")}
            mail = a_mail(f"关于资料的联系函 {number}\n{NAME}：\n特此函告", inside)
            return Drop(f"{name}.eml", mail, (mail, *inside.values()))
        data = _paper(f"{STRANGER}{number}" if kind == "stranger" else NAME, str(number))
        return Drop(f"{name}.txt", data, (data,))


def _paper(whose: str, number: str) -> bytes:
    return f"{CONTRACT.format(name=whose)}\n第 {number} 份".encode()


def opened(root: Path, seed: int) -> Office:
    """A new office with one customer."""
    vault, _ = create(root, "zh", "clerk")
    with vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        told = vault.layout.settings.read_text("utf-8")
        for before, now in _SETTINGS:
            told = told.replace(before, now)
        vault.layout.settings.write_text(told, "utf-8")
    return Office(root, random.Random(seed))  # noqa: S311 - dice of a test


def started(office: Office, *words: str, out: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """A command of its own process."""
    command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(office.root), *words]
    with (office.root.parent / "talk.txt").open("ab") as talk:
        return subprocess.Popen(command, stdout=out or talk, stderr=talk)


def one_round(office: Office) -> None:
    """Drop some papers, start one or two processes, kill them at random moments."""
    for _ in range(office.dice.randint(1, 4)):
        office.drop()
    processes = [started(office, *words) for words in _chosen(office)]
    try:
        _await_begin(office, processes)
        for process in office.dice.sample(processes, len(processes)):
            time.sleep(office.dice.choice(_DELAYS) * office.dice.random())
            process.kill()
            ended = process.wait()
            assert ended in {0, 4, 6, -signal.SIGKILL}, f"exit {ended}: {_talk(office)}"
            office.moments[_moment(office) if ended < 0 else "it had ended"] += 1
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _chosen(office: Office) -> list[tuple[str, ...]]:
    watch = ("watch", "--poll", "0.1")
    kinds: list[list[tuple[str, ...]]] = [
        [watch],
        [("ingest",)],
        [watch, ("ingest",)],
        [watch, watch],
    ]
    for document in waiting(office)[:1]:
        answer = ("review", "assign", document, "--customer", NAME)
        kinds += [[answer], [answer], [answer, ("ingest",)], [answer, watch]]
    return office.dice.choice(kinds)


def waiting(office: Office) -> list[str]:
    """Documents on which a person must decide."""
    return [str(row[0]) for row in _rows(office, "SELECT id FROM documents WHERE open != '[]'")]


def _await_begin(office: Office, processes: list[subprocess.Popen[bytes]]) -> None:
    """Importing takes most of the time and can lose nothing: wait until something is changed."""
    before = _entries(office), _claims(office)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and any(one.poll() is None for one in processes):
        if (_entries(office), _claims(office)) != before:
            return
        time.sleep(0.002)


def _rows(office: Office, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(office.layout.state / "catalogue.db", timeout=30)) as catalogue:
        return catalogue.execute(query).fetchall()


def _entries(office: Office) -> object:
    return _rows(office, "SELECT count(*) FROM ledger")[0][0]


def _claims(office: Office) -> list[Path]:
    return [one for one in (office.layout.inbox / CLAIMS).rglob("*") if one.is_file()]


def _moment(office: Office) -> str:
    """What was under way when the process died."""
    if _rows(office, "SELECT 1 FROM intents"):
        return "a move was begun"
    if any(office.layout.scratch.glob("*/*")):
        return "a package was laid out"
    claims = {one.relative_to(office.layout.inbox / CLAIMS).parts[0] for one in _claims(office)}
    given = {str(row[0]) for row in _rows(office, "SELECT id FROM receipts")}
    if claims:
        return "a claim with its row" if claims & given else "a claim without a row"
    if _rows(office, "SELECT 1 FROM index_queue") or _rows(office, "SELECT 1 FROM notices"):
        return "the index had not followed"
    return "between two papers"


def _talk(office: Office) -> str:
    return (office.root.parent / "talk.txt").read_text("utf-8")[-2000:]


def closed(office: Office) -> None:
    """One last intake in peace; then everything must be where it belongs."""
    ended = started(office, "ingest").wait()
    assert ended in {0, 4}, f"exit {ended}: {_talk(office)}"
    with reopened(office.root) as vault:
        found = list(papers(vault).values())
        lost = Counter(office.archived) - Counter(found)
        assert not lost, f"{len(lost)} papers lost"
        sound(vault, received=office.received, archived=office.archived, aside=office.aside)
    assert "Traceback" not in (office.root.parent / "talk.txt").read_text("utf-8"), _talk(office)
