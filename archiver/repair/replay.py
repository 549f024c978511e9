"""What a ledger that outlived its vault says about the time after a backup.

A paper destroyed after the backup was made is still in it, and must not come back. The ledger that
went on after the backup names it; it counts only when it really is the continuation of the ledger
in the backup.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue.ledger import Head
from archiver.core.errors import N_, DamageFound
from archiver.core.model import DocumentId
from archiver.core.proof import first_fault, leaf_hash

_GONE = {"destruction", "withdrawal", "tombstone_replayed"}
_IDS = {"A": "act", "C": "customer", "D": "document", "E": "event", "P": "person"}
_ID = re.compile(r"([ACDEP])(\d{4,})")
_ARCHIVE_NO = re.compile(r"(\d{4,}-\d+-\d{4})-(\d+)")

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Later:
    """What happened after the backup.

    Attributes:
        head: where the later ledger ends.
        text: the ledger file, as it was read.
        gone: document → the entry by which it left the vault: its number, and its word for why.
        used: series → the last number given in it.
    """

    head: Head
    text: str
    gone: Mapping[DocumentId, tuple[int, str]]
    used: Mapping[str, int]


def read_later(path: Path, kept: Sequence[str], head: Head) -> Later:
    """Read an exported ledger that goes on after the one in a backup.

    Args:
        path: `ledger/current.jsonl` as it was at last, or an export of a part that begins no later
            than the entry after `head`.
        kept: the entries in the backup.
        head: the last of them.

    Raises:
        DamageFound: it is another ledger, was tampered with, or leaves entries out.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _refused(path, "not UTF-8") from error
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    first = _number(lines[0]) if lines else 0
    if not 1 <= first <= len(kept) + 1:
        raise _refused(path, f"begins with entry {first}, the backup ends with {head.seq}")
    whole = [*kept[: first - 1], *lines]
    fault = first_fault(whole, (head.seq, head.leaf))
    if fault:
        raise _refused(path, fault)
    entries = [json.loads(line) for line in whole[head.seq :]]
    return Later(
        head=Head(len(whole), leaf_hash(whole[-1].encode()).hex()),
        text=text,
        gone=_gone(entries),
        used=_used(entries),
    )


def _refused(path: Path, fault: str) -> DamageFound:
    return DamageFound(
        N_("{file} does not continue the ledger of the backup: {fault}"),
        hint=N_("use the ledger of the same vault, unaltered, from after the backup"),
        file=path,
        fault=fault,
    )


def _number(line: str) -> int:
    """The number an entry carries; 0 for what is no entry."""
    try:
        entry = json.loads(line)
    except ValueError:
        return 0
    number = entry.get("seq") if isinstance(entry, dict) else None
    return number if isinstance(number, int) else 0


def _gone(entries: Iterable[Entry]) -> dict[DocumentId, tuple[int, str]]:
    found: dict[DocumentId, tuple[int, str]] = {}
    for entry in entries:
        facts, number = entry.get("facts"), entry.get("seq")
        if entry.get("action") in _GONE and isinstance(facts, dict) and isinstance(number, int):
            word = str(facts.get("was") or entry["action"])
            found[DocumentId(str(facts.get("document")))] = number, word
    return found


def _used(entries: Iterable[Entry]) -> dict[str, int]:
    """Numbers that are on papers and in people's notes already: none is given twice."""
    used: dict[str, int] = {}
    for entry in entries:
        facts = entry.get("facts")
        words = [entry.get("actor"), *(facts.values() if isinstance(facts, dict) else ())]
        for word in words:
            text = str(word)
            if found := _ID.fullmatch(text):
                series = _IDS[found[1]]
            elif found := _ARCHIVE_NO.fullmatch(text):
                series = found[1]
            else:
                continue
            used[series] = max(used.get(series, 0), int(found[2]))
    return used
