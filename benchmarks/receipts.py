"""How long the receipts pages take to follow a batch, in a vault that has seen many drops.

    python -m benchmarks.receipts [--drops 10000] [--folders 5] [--batches 20]

Each batch is of 200 drops spread over the folders; every page shows the last 200 of its own.
"""

import argparse
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from archiver.catalogue import receipts
from archiver.core.model import Because, Outcome, ReceiptId
from archiver.intake.receipts import write_pages
from archiver.vault.create import create
from archiver.vault.vault import Vault
from benchmarks.common import figure, machine

_BATCH = 200
_OUTCOMES = (Outcome.FILED, Outcome.FILED, Outcome.REVIEW, Outcome.QUARANTINED)


def main() -> None:
    """Fill, drop, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drops", type=int, default=10_000)
    parser.add_argument("--folders", type=int, default=5)
    parser.add_argument("--batches", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        machine(Path(folder))
        vault, _ = create(Path(folder) / "vault", "zh", "clerk")
        with vault:
            folders = [f"样本{number}号店" for number in range(asked.folders)]
            for name in folders:
                (vault.layout.inbox / name).mkdir()
            _drop(vault, folders, 0, asked.drops)
            begun = perf_counter()
            pages = write_pages(vault)
            print(f"first time, template compiled: {1000 * (perf_counter() - begun):.0f} ms")
            times = []
            for batch in range(asked.batches):
                _drop(vault, folders, asked.drops + batch * _BATCH, _BATCH)
                begun = perf_counter()
                pages = write_pages(vault)
                times.append(1000 * (perf_counter() - begun))
            print(f"{asked.drops} drops so far, {pages} pages a batch; slowest {max(times):.0f} ms")
            figure("receipts pages of a batch, median", statistics.median(times), 50, "ms")


def _drop(vault: Vault, folders: list[str], start: int, count: int) -> None:
    """Receipts as the pipeline gives them."""
    now = vault.clock()
    with vault.catalogue.write() as tx:
        for number in range(start, start + count):
            at = now + timedelta(seconds=number)
            folder = folders[number % len(folders)]
            outcome = _OUTCOMES[number % len(_OUTCOMES)]
            receipts.give(
                tx,
                receipts.Receipt(
                    id=ReceiptId(f"R{number:08d}"),
                    source=f"{folder}/扫描{number:06d}.pdf",
                    day=at.date(),
                    settled_at=at.isoformat(),
                    outcome=outcome,
                    digest=None,
                    size=1,
                    document=None,
                    path=f"customers/样本/合同/2024-03-05 合同 {number}.pdf",
                    reasons=(Because.of("no_customer"),) if outcome is Outcome.REVIEW else (),
                    folder=folder,
                ),
            )


if __name__ == "__main__":
    main()
