"""10,000 small files dropped at once into a running `watch`; what a document costs later on.

`python -m benchmarks.burst [--count N] [--before N]`: born-digital texts and one-page PDFs of many
customers are moved into the inbox in one go. With `--before` so many papers are taken in first, and
the cost of a document is held against that of the first 1,000.
"""

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fpdf import FPDF

from archiver.core.model import Outcome
from archiver.custody import party
from archiver.report.account import account
from archiver.vault.vault import open_vault
from benchmarks.common import figure, machine

_CUSTOMERS = 200
_FIRST = 1000
_DRAWN = datetime(2024, 3, 5, tzinfo=UTC)
_COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能"
_TRADES = ("汽车服务", "商贸", "运输", "物资", "机电", "建材", "广告", "餐饮", "软件", "印务")
_SYLLABLES = ("bar", "den", "fil", "gor", "hum", "jat", "kel", "lom", "mis", "nur", "pav", "rit")


def main() -> None:
    """Drop, watch, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--before", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="where the vault is made")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        machine(Path(folder))
        vault = Path(folder) / "vault"
        _archiver(vault, "init", str(vault), "--lang", "zh")
        with open_vault(vault, "benchmark") as opened:
            for number in range(_CUSTOMERS):
                party.add(opened, _name(number), kind="customer", aliases=[], codes=[])
        early = _burst(vault, 0, _FIRST)
        if asked.before:
            many = _burst(vault, _FIRST, asked.before)
            print(f"{asked.before} papers before: {1 / many.seconds:.1f} documents/s")
        late = _burst(vault, _FIRST + asked.before, asked.count)
        figure(
            f"{asked.count} files dropped into a running watch",
            1 / late.seconds,
            60,
            "documents/s",
            least=True,
        )
        figure("largest resident memory of the service", late.memory / (1 << 20), 400, "MiB")
        ratio = late.seconds / early.seconds
        figure(f"time of a document, to the first {_FIRST}", ratio, 1.3, "times")
        ratio = late.cpu / early.cpu
        figure(f"processor of a document, to the first {_FIRST}", ratio, 1.3, "times")
        _accounted(vault, _FIRST + asked.before + asked.count)


def _archiver(vault: Path, *words: str) -> None:
    command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _name(number: int) -> str:
    """A name that resembles no other: of the even ones English, of the odd ones Chinese."""
    if number % 2:
        words = "".join(_COMMON[(number * step + step) % len(_COMMON)] for step in (1, 7, 13, 29))
        return f"青梧市{words}{_TRADES[number % 10]}有限公司"
    words = "".join(_SYLLABLES[number // base % 12] for base in (2, 24))
    return f"Qingwu {words.title()} {words[::-1].title()} Trading Co., Ltd."


def _papers(first: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Contracts: every second one a Chinese text, the others English PDFs of one page."""
    for number in range(first, first + count):
        name = _name(number % _CUSTOMERS)
        price = f"{number % 9973 + 1}.00"
        if number % 2:
            text = (
                f"采购合同\n合同编号：YB-{number:06d}\n甲方：{name}\n乙方：样本公司\n"
                f"货物 {number * 7919 % 100_000} 件，金额 {price} 元\n"
                "本合同一式两份\n违约责任\n签订日期：2024-03-05\n"
            )
            yield f"{number:06d}.txt", text.encode()
        else:
            yield f"{number:06d}.pdf", _pdf(number, name, price)


def _pdf(number: int, name: str, price: str) -> bytes:
    page = FPDF()
    page.set_creation_date(_DRAWN)
    page.add_page()
    page.set_font("Helvetica", size=12)
    page.multi_cell(
        0,
        text=f"PURCHASE CONTRACT\nContract No.: YB-{number:06d}\nBuyer: {name}\n"
        f"Seller: Specimen Ltd.\nTotal amount: CNY {price}\nLiability for breach of contract\n"
        "This contract is made in two copies.\nDate of signature: 2024-03-05",
    )
    return bytes(page.output())


class Cost(NamedTuple):
    """What one burst took: seconds and processor seconds a document, largest resident bytes."""

    seconds: float
    cpu: float
    memory: int


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _burst(vault: Path, first: int, count: int) -> Cost:
    """Move so many papers into the inbox of a running `watch` at once."""
    base = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault)]
    staged = vault.with_name("staged")
    staged.mkdir()
    for name, content in _papers(first, count):
        (staged / name).write_bytes(content)
    memory, before = 0, _cpu()
    with subprocess.Popen([*base, "watch"], stdout=subprocess.PIPE, text=True) as service:
        told = service.stdout or io.StringIO()
        told.readline()
        time.sleep(3)
        begun = time.perf_counter()
        for path in staged.iterdir():
            path.rename(vault / "inbox" / path.name)
        for number, _ in enumerate(told, start=1):
            if number % 50 == 0 or number == count:
                memory = max(memory, _resident(service.pid))
            if number == count:
                break
        seconds = time.perf_counter() - begun
        service.terminate()
        told.read()
    staged.rmdir()
    return Cost(seconds / count, (_cpu() - before) / count, memory)


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _accounted(root: Path, count: int) -> None:
    """Every file has one outcome, and none waits."""
    with open_vault(root, "benchmark") as vault:
        found = account(vault, None)
    lost = count - found.received
    print(f"accounted for: {found.received} of {count}; waiting {found.waiting}; lost {lost}")
    print({one.value: getattr(found, one.value) for one in Outcome})


if __name__ == "__main__":
    main()
