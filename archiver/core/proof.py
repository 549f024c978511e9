"""Proof that the ledger was not rewritten. Standard library only: this file travels alone.

Copied out beside a report it verifies an exported ledger on any computer with Python:

    python verify.py ledger/current.jsonl [HEAD]

An entry is one line of canonical JSON (UTF-8, sorted keys, no spaces). Its leaf is
SHA-256(0x00 ‖ entry); it carries the leaf of the entry before it as `prev`. The tree over all
leaves is that of RFC 6962 section 2.1.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Fault = tuple[str, Mapping[str, int]]
"""A template and its facts."""

GENESIS = "0" * 64
"""What the first entry carries as `prev`."""


def N_(text: str) -> str:
    """Mark `text` for translation; as in `core.errors`, which does not travel with this file."""
    return text


def canonical(entry: object) -> str:
    """`entry` as canonical JSON: sorted keys, no spaces, UTF-8 characters kept."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaf_hash(entry: bytes) -> bytes:
    """RFC 6962 2.1: the hash of one entry, 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 2.1: the hash of an inner node, 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962 2.1: the Merkle tree hash over leaf hashes; SHA-256 of nothing for no leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        # An odd last node moves up unpaired, which gives the split at the largest power of two.
        paired = [node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def first_fault(lines: Iterable[str], anchor: tuple[int, str] | None = None) -> str | None:
    """What is wrong with an exported ledger, or None when every entry follows from the last.

    Args:
        lines: one entry a line, oldest first.
        anchor: a head copied out earlier: (number of the entry, its leaf in hex).
    """
    fault = find_fault(lines, anchor)
    return fault[0].format(**fault[1]) if fault else None


def find_fault(lines: Iterable[str], anchor: tuple[int, str] | None = None) -> Fault | None:
    """The same as a template and its facts, for whoever speaks another language than English."""
    prev = GENESIS
    count = 0
    for count, line in enumerate(lines, start=1):
        template = _wrong(line, count, prev)
        if template:
            return template, {"number": count}
        prev = leaf_hash(line.encode()).hex()
        if anchor and anchor[0] == count and anchor[1] != prev:
            return N_("entry {number}: not the entry whose head was copied out"), {"number": count}
    if anchor and anchor[0] > count:
        return N_("entries {first} to {last} are missing"), {"first": count + 1, "last": anchor[0]}
    return None


def _wrong(line: str, number: int, prev: str) -> str | None:
    """What is wrong with one line, given the leaf before it."""
    try:
        entry = json.loads(line)
    except ValueError:
        return N_("entry {number}: not JSON")
    if not isinstance(entry, dict) or canonical(entry) != line:
        return N_("entry {number}: not in canonical form")
    if entry.get("seq") != number:
        return N_("entry {number}: carries another number")
    if entry.get("prev") != prev:
        return N_("entry {number}: does not follow from the entry before it")
    return None


def head_of(text: str) -> tuple[int, str] | None:
    """A head as it was copied out or typed from paper, with blanks anywhere; None for no head.

    It is the number of the entry and its leaf: `12:9f86…`, `1,204 9f86 d081 …`.
    """
    found = re.fullmatch(r"(\d+)[:：]?([0-9a-f]{64})", re.sub(r"[\s,，]", "", text).lower())
    return (int(found[1]), found[2]) if found else None


def main(arguments: Sequence[str]) -> int:
    """Verify the file named first; the head after it, as printed, must stand in it."""
    anchor = head_of("".join(arguments[1:]))
    if not arguments or (arguments[1:] and not anchor):
        print("usage: verify.py LEDGER.jsonl [SEQ:HEX]", file=sys.stderr)
        return 2
    try:
        data = Path(arguments[0]).read_bytes()
    except OSError as error:
        print(f"{arguments[0]}: {error.strerror}", file=sys.stderr)
        return 2
    try:
        lines = data.decode().removesuffix("\n").split("\n") if data else []
    except UnicodeDecodeError as error:
        print(f"entry {data.count(10, 0, error.start) + 1}: not UTF-8")
        return 5
    fault = first_fault(lines, anchor)
    head = leaf_hash(lines[-1].encode()).hex() if lines else GENESIS
    print(fault or f"{len(lines)} entries verified, head {len(lines)}:{head}")
    return 5 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
