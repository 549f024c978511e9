"""The keys of every listing, taken from a run on a small vault of sample papers."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from archiver.declarations.shipped import shipped
from tools.reference.commands import takes_json, walk
from tools.reference.disposal import dispose
from tools.reference.markdown import table

Row = Mapping[str, object]
Found = Mapping[tuple[str, ...], Sequence[Row]]

_PAPERS = ("扫描0001.pdf", "加密.pdf", "询价邮件.eml", "新桥样本超市/采购合同.pdf")
_CUSTOMER = "青梧市华信样本运输有限公司"
_AGREEMENT = "采购合同\n甲方：老华信样本车队有限公司\n乙方：样本\n本合同一式两份\n违约责任\n"
_EMPTY_WORD = """
[[category]]
code = "empty_word"
no = "98"
label = { zh = "空话", en = "Empty word" }
proof = [{ text = "nothing of the kind" }]
"""
_FOR_EVER = """
[[rule]]
id = "X"
title = { zh = "永久", en = "For ever" }
match = { categories = ["*"] }
outcome = "permanent"
basis = "internal"
proof = [{ given = { category = "contract" }, expect = { permanent = true } }]
"""
_NAMED = {"fields": "NAME", "seconds": "STEP", "files": "FILE", "given": "EVENT"}
"""Objects whose keys are not ours but names of things."""
_SECOND = (
    "-c",
    "from archiver.cli import app, door; door.login = lambda vault=None: 'second'; app.main()",
)
"""The program as another login of the computer would run it."""
_LATER = (
    "-c",
    "from datetime import datetime, timedelta; from archiver.cli import app;"
    " from archiver.vault import vault;"
    " vault.system_clock = lambda zone: lambda: datetime.now(zone) + timedelta(days=400);"
    " app.main()",
)
"""The program on a computer whose clock is far ahead."""
_BEFORE = """\
`--json` writes one object a line, UTF-8. Every key is always there; whatever is not known is null.
`--csv` has the same columns, nested values as JSON. `a.b` is key `b` of object `a`, `a[].b` the
same of every object in list `a`; NAME, STEP, FILE and EVENT stand for whatever is named. Ids and
codes are never translated; texts speak the language of the call. Days and instants are ISO; `page`
counts from 1; `box` is `[x0, y0, x1, y1]` in fractions of the upright page; `sha256` is 64 hex
digits; sizes are bytes; a head of the ledger is `SEQ:HEX`. `why_…` keys come with `show --why`.
"""


class _Asker:
    """Types commands into the program; keeps the objects that it gave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = folder / "vault"
        self.found: dict[tuple[str, ...], list[Row]] = {}

    def __call__(self, *words: str, options: Sequence[str] = ()) -> list[Row]:
        """The objects that a command gives; `words` are its name, `options` the rest."""
        done = self._run(*words, *options, "--json")
        if done.returncode not in {0, 3, 4, 5}:
            raise RuntimeError(done.stderr)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        self.found.setdefault(words, []).extend(rows)
        return rows

    def otherwise(self, program: Sequence[str], *words: str, options: Sequence[str] = ()) -> None:
        """The same by another person, or under another clock."""
        done = self._run(*words, *options, "--json", program=program)
        self.found.setdefault(words, []).append(json.loads(done.stdout))

    def second(self, *words: str, options: Sequence[str] = ()) -> None:
        """The same by another person."""
        self.otherwise(_SECOND, *words, options=options)

    def silently(self, *words: str) -> None:
        """A command that gives no objects."""
        if self._run(*words).returncode != 0:
            raise RuntimeError(words)

    def error(self) -> Row:
        """What stands on standard error when a command cannot be done."""
        told: Row = json.loads(self._run("show", "nothing", "--json").stderr)
        return told

    def _run(
        self, *words: str, program: Sequence[str] = ("-m", "archiver.cli.app")
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *program, "--vault", str(self.vault), *words]
        return subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
        )


def gather() -> Found:
    """Every listing of the program with the objects it gave.

    Raises:
        LookupError: a command takes `--json` and nobody asks it here.
    """
    with tempfile.TemporaryDirectory() as scratch:
        ask = _Asker(Path(scratch))
        _everyday(ask)
        _declared(ask)
        _clocks(ask)
        dispose(ask)
        _proof(ask)
        _activated(ask)
        ask.found[()] = [ask.error()]
    missing = [words for words, command, _ in walk() if takes_json(command)]
    for words in missing:
        if not ask.found.get(words):
            raise LookupError(words)
    return ask.found


def _everyday(ask: _Asker) -> None:
    """Papers come in and are looked up; something happens to their customer."""
    sample = shipped("sample_vault") / "inbox"
    ask.silently("init", str(ask.vault), "--lang", "en")
    ask("customer", "add", options=(_CUSTOMER,))
    for name in _PAPERS:
        (ask.vault / "inbox" / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(sample / name, ask.vault / "inbox" / name)
    shutil.copyfile(sample / "华信运输" / "工单0510.pdf", ask.vault / "inbox" / "工单0510.pdf")
    ask("ingest")
    (aside,) = ask("quarantine", "list")
    receipt = str(aside["receipt"])
    ask("quarantine", "show", options=(receipt,))
    ask("quarantine", "retry", options=(receipt,))
    ask("quarantine", "list")
    ask("quarantine", "release", options=(receipt, "--back", "--reason", "of no use"))
    ask("quarantine", "list", options=("--all",))
    ask("quarantine", "show", options=(receipt,))
    ask("customer", "alias", options=(_CUSTOMER, "华信"))
    ask("customer", "list")
    ask("customer", "find", options=("华信",))
    for one in ask("customer", "list"):
        ask("customer", "show", options=(str(one["customer"]),))
    happened = ("service_completed", "华信", "--date", "2024-05-10", "--doc", "D000001")
    ask("event", "add", options=happened)
    ask("event", "list")
    ask("event", "confirm", options=("--all",))
    waiting = [str(one["document"]) for one in ask("review", "list")]
    ask("document", "join", options=waiting[:2])
    for hit in ask("search"):
        ask("show", options=(str(hit["document"]), "--why"))
        ask("retain", "explain", options=(str(hit["document"]),))
    ask("retain", "plan")
    _parties(ask)
    _two_people(ask)
    _restrained(ask)


def _restrained(ask: _Asker) -> None:
    """Disposal is stopped and may go on; somebody asks for erasure."""
    order = ("--reason", "open case", "--authority", "court", "--reference", "No. 1")
    details = ("--contact", "the registry", "--review", "2030-01-01")
    (hold,) = ask("hold", "place", options=("--customer", "华信", *order, *details))
    ask("hold", "release", options=(str(hold["hold"]), "--reason", "settled"))
    ask("hold", "list", options=("--all",))
    ask("customer", "erase", options=("华信",))


def _parties(ask: _Asker) -> None:
    """Two customers become one, who is nearly parted again; a paper gets a case and a tag."""
    (twin,) = ask("customer", "add", options=("又一样本车队",))
    ask("customer", "rename", options=(str(twin["customer"]), "又一家样本车队"))
    ask("customer", "merge", options=(str(twin["customer"]), _CUSTOMER))
    (hit, *_) = ask("search", options=("--customer", _CUSTOMER))
    paper = str(hit["document"])
    ask("document", "case", options=(paper, "W1"))
    ask("tag", options=(paper, "--add", "urgent"))
    ask("tag", options=("--list",))
    parting = (_CUSTOMER, paper, "--name", "另一样本车队", "--reason", "two firms")
    (act,) = ask("customer", "split", options=parting)
    ask("act", "list")
    ask("act", "reject", options=(str(act["act"]), "--reason", "one firm after all"))


def _two_people(ask: _Asker) -> None:
    """A wrong drop is taken back by two people, after one of them has changed his mind once."""
    sheet = shipped("sample_vault") / "inbox" / "空白.pdf"
    shutil.copyfile(sheet, ask.vault / "inbox" / sheet.name)
    ask("ingest")
    (*_, drop) = (str(one["document"]) for one in ask("review", "list"))
    for settled in ("reject", "confirm"):
        (act,) = ask("review", "withdraw", options=(drop, "--reason", "an empty sheet"))
        ask("show", options=(drop,))
        if settled == "reject":
            ask("act", "reject", options=(str(act["act"]), "--reason", "not yet"))
        else:
            ask.second("act", "confirm", options=(str(act["act"]),))
    ask("act", "list")
    ask("show", options=(drop,))


def _declared(ask: _Asker) -> None:
    """A person answers what the rules could have, and a category does not keep its word."""
    (ask.vault / "inbox" / "agreement.txt").write_text(_AGREEMENT, encoding="utf-8")
    (taken,) = ask("ingest")
    ask.silently("review", "assign", str(taken["document"]), "--customer", _CUSTOMER)
    ask("rules", "suggest")
    for rule in ("C1", "R2"):
        ask("rules", "explain", options=(rule,))
    ask("event", "void", options=("E000001", "--reason", "typed by mistake"))
    for one in ask("review", "list"):
        ask("review", "show", options=(str(one["document"]),))
    path = ask.vault / "rules" / "categories.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + _EMPTY_WORD, encoding="utf-8")
    ask("rules", "check")
    path.write_text(text, encoding="utf-8")


def _clocks(ask: _Asker) -> None:
    """A clock that is far ahead, and a day that is lowered."""
    why = ("--reason", "the battery")
    ask("clock", "show")
    ask.otherwise(_LATER, "clock", "confirm", options=why)
    ask.otherwise(_LATER, "clock", "show")
    ask("clock", "reset", options=("2020-01-01", *why))


def _proof(ask: _Asker) -> None:
    """The archive is proved, reported and copied; then a paper is missing."""
    ask("status")
    ask("account", options=("--day", "2024-05-10"))
    ask("ledger", "verify")
    ask("report", options=("--output", "copy"))
    (whole,) = ask("backup", options=("backups",))
    (hit, *_) = ask("search", options=("--customer", _CUSTOMER))
    (ask.vault / str(hit["path"])).unlink()
    ask("check")
    (lost, *_) = ask("incident", "list")
    ask("incident", "close", options=(str(lost["document"]), "--reason", "brought back"))
    ask("repair", options=("--dry-run",))
    ask("backup", options=("others",))
    (Path(str(whole["backup"])) / "data" / str(hit["path"])).unlink()
    ask("restore", options=(str(whole["backup"]), "again"))


def _activated(ask: _Asker) -> None:
    """Other rules are written, looked at and put in force."""
    folder = ask.vault / "rules" / "retention"
    for path in folder.glob("*.toml"):
        path.unlink()
    (folder / "for_ever.toml").write_text(_FOR_EVER, encoding="utf-8")
    ask("rules", "diff")
    ask("rules", "activate", options=("--yes",))


def told(found: Found) -> str:
    """The part of the page; commands with the same keys share a table."""
    shared: dict[str, list[str]] = {}
    for words, command, _ in walk():
        if takes_json(command):
            title = f"`archiver {' '.join(words)} --json`"
            shared.setdefault(_table(found[words]), []).append(title)
    shared.setdefault(_table(found[()]), []).append("An error, on standard error")
    parts = (f"{', '.join(titles)}\n\n{text}" for text, titles in shared.items())
    return "\n".join((_BEFORE, *parts))


def _table(rows: Sequence[Row]) -> str:
    kinds: dict[str, set[str]] = {}
    for row in rows:
        for key, kind in _keys(row, frozenset(row)):
            kinds.setdefault(key, set()).add(kind)
    ordered = sorted(kinds, key=lambda key: _place(key, list(kinds)))
    lines = ((f"`{key}`", _said(kinds[key])) for key in ordered)
    return table(("key", "value"), lines)


def _place(key: str, seen: list[str]) -> list[int]:
    """Where a key belongs: behind the one that it lies within."""
    around = [one for one in seen if key.startswith((f"{one}.", f"{one}[]"))]
    return [seen.index(one) for one in (*sorted(around, key=len), key)]


def _said(kinds: set[str]) -> str:
    """Which kinds of value; whether one was null today says nothing."""
    return " or ".join(sorted(kinds - {"null"})) or "null"


def _keys(row: Row, whole: frozenset[str], lead: str = "") -> Iterator[tuple[str, str]]:
    """Every key with the kind of its value, those of objects within included."""
    for key, value in row.items():
        yield f"{lead}{key}", _kind(value)
        for kind, look in _INSIDE.items():
            if isinstance(value, kind):
                yield from look(key, value, whole, lead)


def _in_object(
    key: str, value: Mapping[str, object], whole: frozenset[str], lead: str
) -> Iterator[tuple[str, str]]:
    named = _NAMED.get(key)
    for inner in [{named: one} for one in value.values()] if named else [value]:
        yield from _keys(inner, whole, f"{lead}{key}.")


def _in_list(
    key: str, value: Sequence[object], whole: frozenset[str], lead: str
) -> Iterator[tuple[str, str]]:
    for one in value:
        if isinstance(one, Mapping) and whole <= one.keys():
            yield f"{lead}{key}[]", "an object with these very keys"
        elif isinstance(one, Mapping):
            yield from _keys(one, whole, f"{lead}{key}[].")


_INSIDE: Mapping[type, Callable[..., Iterator[tuple[str, str]]]] = {
    dict: _in_object,
    list: _in_list,
}


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int():
            return "whole number"
        case float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case _:
            return "object"
