"""Two services and an ingest at once, one of them killed: each file is taken by exactly one."""

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from archiver.core.model import Outcome
from archiver.custody import party
from archiver.disk.claim import CLAIMS
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault, open_vault
from tests.worlds import CONTRACT, a_vault, drop, papers

NAME = "青梧市华信样本运输有限公司"
COUNT = 60
TEXTS = [f"{CONTRACT.format(name=NAME)}\n第 {number} 份" for number in range(COUNT)]


def command(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "archiver.cli.app", "--vault", str(root), *words]


def in_a_hurry(vault: Vault) -> None:
    settings = vault.layout.settings.read_text(encoding="utf-8")
    for slow, fast in (("quiet = 2.0", "quiet = 0.0"), ("sweep = 5.0", "sweep = 0.2")):
        assert slow in settings
        settings = settings.replace(slow, fast)
    vault.layout.settings.write_text(settings, encoding="utf-8")


def settled(root: Path) -> bool:
    with open_vault(root, "test") as vault:
        found = account(vault, None)
        return found.received - found.waiting == COUNT


def test_each_file_is_taken_once(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        in_a_hurry(vault)
        with ExitStack() as running:
            services = [
                running.enter_context(
                    subprocess.Popen(command(root, "watch"), stdout=subprocess.PIPE, text=True)
                )
                for _ in range(2)
            ]
            for one in services:
                assert one.stdout
                one.stdout.readline()
            for number, text in enumerate(TEXTS):
                drop(vault, f"{number}.txt", text)
            once = running.enter_context(
                subprocess.Popen(command(root, "ingest"), stdout=subprocess.DEVNULL)
            )
            services[0].kill()
            end = time.monotonic() + 120
            while not settled(root) and time.monotonic() < end:
                time.sleep(0.3)
            assert once.wait(60) == 0
            services[1].terminate()
            assert services[1].wait(60) == 0
    with open_vault(root, "test") as vault:
        found = account(vault, None)
        assert (found.received, found.filed) == (COUNT, COUNT), f"{Outcome.FILED}: {found}"
        assert sorted(papers(vault).values()) == sorted(text.encode() for text in TEXTS)
        assert list((vault.layout.inbox / CLAIMS).iterdir()) == []
        assert not check(vault, deep=True, progress=lambda done, of: None)
