"""How long the plan of a whole archive takes, from the catalogue, and how much memory.

    python -m benchmarks.retention [RECORDS …]

Targets: 100,000 records in 5 s, 1,000,000 in 60 s and 1 GB. Every tenth record has lived under two
dates, one of fifty customers has a dispute, one record of a hundred is held, one event of twenty
was corrected. Making the catalogue is not measured: another process does it.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
import zlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from archiver.catalogue.retention_tables import (
    caught,
    contexts,
    corrections,
    events,
    holds,
    keepings,
)
from archiver.catalogue.store import Connection
from archiver.catalogue.tables import customers, documents
from archiver.custody.rules import in_force_or_first
from archiver.custody.stamp import stamp
from archiver.custody.standing import Facts
from archiver.vault.create import create
from archiver.vault.vault import Vault, open_vault
from benchmarks.common import figure, machine

SECONDS_EACH = {100_000: 5.0, 1_000_000: 60.0}
MIB_MOST = 1024.0
BEGIN, NOW = date(2016, 1, 1), datetime(2026, 6, 1, 4, tzinfo=UTC)
A_CUSTOMER, STEP = 10, 20_000
CATEGORIES = ("work_order", "contract", "invoice", "licence")


def day(*numbers: int) -> date:
    """Some day of ten years, always the same for the same numbers."""
    return BEGIN + timedelta(days=zlib.crc32(repr(numbers).encode()) % 3650)


def fill(vault: Vault, tx: Connection, count: int) -> None:
    """A catalogue of so many records and all that their keeping depends on."""
    rules = in_force_or_first(vault, tx, stamp(vault, tx)).content_hash
    firms = range(-(-count // A_CUSTOMER))
    for start in range(0, len(firms), STEP):
        part = firms[start : start + STEP]
        tx.execute(insert(customers), [_customer(at) for at in part])
        tx.execute(
            insert(events), [_event(at, n) for at in part for n in range(3 + (at % 50 == 0))]
        )
        tx.execute(insert(corrections), [_correction(at) for at in part if at % 7 == 0])
    for start in range(0, count, STEP):
        part = range(start, min(start + STEP, count))
        tx.execute(insert(documents), [_document(at) for at in part])
        tx.execute(insert(keepings), [{"document": f"D{at:07d}", "since": 1} for at in part])
        lived = [_context(at, n, rules) for at in part for n in range(1 + (at % 10 == 0))]
        tx.execute(insert(contexts), lived)
    tx.execute(insert(holds), {**_HOLD, "target": f"C{0:06d}"})
    held = [{"hold": "H0001", "document": f"D{at:07d}"} for at in range(0, count, 100)]
    tx.execute(insert(caught), held)


_HOLD = {
    "id": "H0001",
    "scope": "customer",
    "reason": "a claim",
    "authority": "court",
    "placed_by": "P0001",
    "placed_on": BEGIN,
}


def _customer(at: int) -> dict[str, object]:
    one = f"C{at:06d}"
    return {
        **{"id": one, "no": at + 1, "name": one, "folder": one, "kind": "customer"},
        **{"standing": "active", "created_at": NOW.isoformat()},
    }


def _event(at: int, number: int) -> dict[str, object]:
    kind = "service_completed" if number < 3 else "dispute_opened"
    return {
        **{"id": f"E{at:06d}.{number}", "type": kind, "customer": f"C{at:06d}", "source": "person"},
        **{"date": day(at, number), "recorded_on": BEGIN, "recorded_at": NOW.isoformat()},
        **{"confirmed": True, "void": False, "entry": 2, "vouched": 2},
    }


def _correction(at: int) -> dict[str, object]:
    return {
        **{"event": f"E{at:06d}.0", "entry": 3, "was": day(at, 9), "date": day(at, 0)},
        "recorded_on": BEGIN,
    }


def _document(at: int) -> dict[str, object]:
    one = f"D{at:07d}"
    return {
        **{"id": one, "archive_no": one, "receipt": one, "source": one, "digest": one, "size": 1},
        **{"media_type": "application/pdf", "pages": 1, "category": _category(at), "guess": "x"},
        **{"confidence": 1.0, "evidence": "[]", "customer": f"C{at // A_CUSTOMER:06d}"},
        **{"title": one, "doc_date": day(at, 2), "path": one, "received": NOW.isoformat()},
        **{"received_on": day(at, 3), "outcome": "filed", "why": "[]", "open": "[]", "facts": "{}"},
        "checked_on": day(at, 3),
    }


def _category(at: int) -> str:
    return CATEGORIES[at % len(CATEGORIES)]


def _context(at: int, number: int, rules: str) -> dict[str, object]:
    return {
        **{"document": f"D{at:07d}", "seq": number + 1, "rules": rules, "kind": "customer"},
        **{"customer": f"C{at // A_CUSTOMER:06d}", "category": _category(at)},
        "doc_date": day(at, 2 + number),
    }


def make(folder: Path, count: int) -> None:
    """A vault with such a catalogue."""
    vault, _ = create(folder, "en", "clerk", lambda: NOW)
    with vault, vault.catalogue.write() as tx:
        fill(vault, tx, count)


def measure(count: int) -> None:
    """Have the catalogue made, work the plan out, print figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vault"
        maker = multiprocessing.get_context("spawn").Process(target=make, args=(path, count))
        maker.start()
        maker.join()
        with open_vault(path, "clerk", lambda: NOW) as vault:
            begun, busy = time.perf_counter(), time.process_time()
            with vault.catalogue.read() as tx:
                facts = Facts(vault, tx, NOW.date())
                found = Counter(one.answer.state for one in facts.stream())
            took, worked = time.perf_counter() - begun, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{state} {number}" for state, number in sorted(found.items()))
    print(f"{count:,} records, {worked:.2f} s of processor: {told}")
    if sum(found.values()) != count:
        raise SystemExit("records are missing from the plan")
    if count in SECONDS_EACH:
        figure("the whole plan", took, SECONDS_EACH[count], "s")
        figure("memory at most", most, MIB_MOST, "MiB")


if __name__ == "__main__":
    machine(Path(tempfile.gettempdir()))
    for wanted in map(int, sys.argv[1:] or ("100000", "1000000")):
        measure(wanted)
