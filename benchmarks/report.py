"""How long `archiver report` takes as a whole process over many papers, and how much memory.

    python -m benchmarks.report [--documents 10000] [--keep DIR]

Target: 10 s for 10,000 documents. The vault is made through the catalogue's own functions, with a
small real file for every document, and published, so that the check has everything to compare.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from archiver.catalogue import customers, documents, events, ledger, queue, receipts
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.model import (
    UNASSIGNED,
    Arrival,
    Because,
    Category,
    Customer,
    Digest,
    Document,
    Filed,
    Findings,
    Line,
    Page,
    Reading,
    ReceiptId,
    Scan,
    Shape,
    Standing,
    TextSource,
    Verdict,
)
from archiver.custody.file import begin_context, document_of
from archiver.intake.publish import publish
from archiver.vault.create import create
from archiver.vault.vault import Vault
from benchmarks.common import figure, machine

BEGIN, TODAY = datetime(2022, 1, 3, 9, tzinfo=UTC), datetime.now(UTC)
CATEGORIES = ("work_order", "contract", "invoice", "licence", "settlement")
PAPERS_A_CUSTOMER = 25
SECONDS = 10.0


def main() -> None:
    """Make, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="make the vault here and leave it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = (asked.keep or Path(folder) / "vault").resolve()
        machine(Path(folder))
        begun = perf_counter()
        with fill(root, asked.documents) as vault:
            publish(vault)
        print(f"  the vault was made in {perf_counter() - begun:.0f} s")
        measure(root, asked.documents)
        measure(root, asked.documents, "--deep")


def measure(root: Path, count: int, *words: str) -> None:
    """One report, as a process of its own."""
    command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(root), "report", "--json"]
    begun = perf_counter()
    done = subprocess.run([*command, *words], check=False, capture_output=True, text=True)
    seconds = perf_counter() - begun
    told = json.loads(done.stdout)
    target = max(1.0, SECONDS * count / 10_000)
    figure(f"report {' '.join(words)} of {told['papers']} papers", seconds, target, "s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sizes = {path.name: path.stat().st_size >> 10 for path in Path(told["folder"]).iterdir()}
    print(f"  exit {done.returncode}, {peak:.0f} MiB at most, KiB: {sizes}")


def fill(root: Path, count: int) -> Vault:
    """A vault with so many papers of four years, a fiftieth of them waiting for a person."""
    vault, _ = create(root, "zh", "clerk")
    with vault.catalogue.write() as tx:
        parties = [_party(tx, at) for at in range(max(1, count // PAPERS_A_CUSTOMER))]
        for at in range(count):
            day = BEGIN + (TODAY - BEGIN) * at / count
            _paper(vault, tx, at, parties[at % len(parties)], day=day)
    return vault


def _party(tx: Connection, at: int) -> Customer:
    """A customer, a service at some time, a dispute with one in twenty."""
    made = customers.add(
        tx, f"样本{at}号汽车服务有限公司", kind="customer", standing=Standing.ACTIVE, at=BEGIN
    )
    stamp = Stamp(BEGIN, BEGIN.date(), "P0001")
    kinds = ["service_completed"] * (at % 10 > 0) + ["dispute_opened"] * (at % 20 == 1)
    for kind in kinds:
        day = date(2022, 1, 3) + timedelta(days=at * 37 % 1600)
        events.add(tx, stamp, kind, day=day, customer=made.id, document=None)
    return made


def _paper(vault: Vault, tx: Connection, at: int, party: Customer, *, day: datetime) -> None:
    """One document with its file, receipt, ledger entry and context."""
    data = f"样本档案 {at}\n".encode() * 8
    waits = at % 50 == 7
    owner = (customers.get(tx, UNASSIGNED) or party) if waits else party
    category = CATEGORIES[at % len(CATEGORIES)]
    path = f"customers/{owner.folder}/{category}/{at:06d}.txt"
    target = vault.layout.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    stamp = Stamp(day, day.date(), "P0001")
    verdict = _verdict(at, data, target, owner, waits=waits)
    document = _document(vault, tx, verdict, owner, stamp=stamp, path=path)
    documents.insert_document(tx, document, verdict)
    receipts.give(
        tx,
        receipts.Receipt(
            id=document.receipt,
            source=document.source,
            day=stamp.day,
            settled_at=day.isoformat(),
            outcome=document.outcome,
            digest=document.digest,
            size=document.size,
            document=document.id,
            path=path,
            reasons=document.open,
        ),
    )
    facts: dict[str, ledger.Fact] = {"document": document.id, "size": document.size}
    ledger.append(tx, stamp, "ingestion", {**facts, "sha256": document.digest})
    if not waits:
        begin_context(vault, tx, document, stamp)
    queue.push(tx, document.id, path)


def _verdict(at: int, data: bytes, path: Path, owner: Customer, *, waits: bool) -> Verdict:
    digest = Digest(hashlib.sha256(data).hexdigest())
    arrival = Arrival(
        receipt=ReceiptId(f"R{at:07d}"),
        source=f"扫描{at}.txt",
        path=path,
        folder=None,
        named=None,
        received=BEGIN,
        shape=Shape(len(data), 0, 0),
    )
    lines = tuple(Line(line, None, 1.0) for line in data.decode().splitlines())
    reading = Reading(
        Scan(arrival, digest, len(data), "text/plain"), (Page(1, lines, TextSource.PLAIN),)
    )
    return Verdict(
        findings=Findings(reading, Category("contract", 0.9, ()), ()),
        customer=owner.id,
        category=CATEGORIES[at % len(CATEGORIES)],
        proposed=None,
        why=(),
        open=(Because.of("no_customer"),) if waits else (),
    )


def _document(
    vault: Vault, tx: Connection, verdict: Verdict, owner: Customer, *, stamp: Stamp, path: str
) -> Document:
    made = document_of(vault, tx, Filed(verdict, owner, path), stamp)
    receipt = verdict.findings.reading.scan.arrival.receipt
    return replace(
        made,
        title=f"YB-{stamp.day.year}-{receipt[1:]}",
        doc_date=stamp.day,
        received=stamp.at,
        received_on=stamp.day,
    )


if __name__ == "__main__":
    main()
