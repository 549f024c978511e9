"""How soon a paper is found after it is filed, while 20 a second arrive at a running `watch`.

    python -m benchmarks.fresh [--seconds 15] [--documents 10000] [--texts FOLDER]

The index knows so many other papers already, so that its commits cost what they cost in use. A
paper is filed when the catalogue first shows it; both are looked at every fifth of a second.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

from archiver.catalogue import documents
from archiver.search.base import Asked
from archiver.search.query import Text
from archiver.vault.vault import Vault, open_vault
from benchmarks.common import figure, machine
from benchmarks.corpus import TEXTS, TODAY, entries, reviews

_A_SECOND = 20
_LOOK = 0.2
_WORD = "新到样本"
_PATIENCE = 120.0


def main() -> None:
    """Fill, drop, look."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=15)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--texts", type=Path, default=TEXTS)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        machine(Path(folder))
        root = Path(folder) / "vault"
        base = [sys.executable, "-m", "archiver.cli.app", "--vault", str(root)]
        subprocess.run([*base, "init", str(root)], check=True, stdout=subprocess.DEVNULL)
        with open_vault(root, "benchmark") as vault:
            _fill(vault, given.texts, given.documents)
            with subprocess.Popen([*base, "watch"], stdout=subprocess.DEVNULL) as service:
                time.sleep(4)
                dropping = Thread(target=_drop, args=(vault.layout.inbox, given.seconds))
                dropping.start()
                waited = sorted(_looked(vault, given.seconds * _A_SECOND))
                dropping.join()
                service.terminate()
                service.wait(20)
    print(f"{len(waited)} papers, half of them within {waited[len(waited) // 2]:.1f} s")
    figure("findable after being filed, the slowest", waited[-1], 5, "s")


def _fill(vault: Vault, texts: Path, number: int) -> None:
    papers = list(entries(reviews(texts), number))
    for start in range(0, number, 200):
        vault.search.update(papers[start : start + 200], ())


def _drop(inbox: Path, seconds: int) -> None:
    """So many texts a second, each complete when it gets its name."""
    begun = time.perf_counter()
    for number in range(seconds * _A_SECOND):
        time.sleep(max(0.0, begun + number / _A_SECOND - time.perf_counter()))
        new = inbox.parent / f"{number}.txt"
        new.write_text(f"{_WORD} 第 {number} 份\n采购合同\n合同编号：YB-{number:06d}\n", "utf-8")
        new.rename(inbox / new.name)


def _looked(vault: Vault, number: int) -> list[float]:
    """Seconds from the catalogue to the index, for so many papers."""
    filed: dict[str, float] = {}
    found: dict[str, float] = {}
    end = time.perf_counter() + _PATIENCE
    while len(found) < number and time.perf_counter() < end:
        now = time.perf_counter()
        with vault.catalogue.read() as tx:
            for one in documents.all_documents(tx):
                filed.setdefault(one.id, now)
        results = vault.search.search(Asked(Text(_WORD), TODAY, "added", limit=number))
        for hit in results.hits:
            found.setdefault(hit.document, time.perf_counter())
        time.sleep(_LOOK)
    print(f"{len(filed)} filed, {len(found)} found, of {number} dropped")
    return [when - filed.get(one, when) for one, when in found.items()]


if __name__ == "__main__":
    main()
