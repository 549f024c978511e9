"""A real intake, killed in the middle of mails and archives, is taken up again by the next one."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.custody import party
from archiver.disk.claim import CLAIMS
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault, open_vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_mail, a_vault, a_zip, drop, papers

NAME = "青梧市华信样本运输有限公司"
INSIDE = [f"{CONTRACT.format(name=NAME)}\n第 {number} 份".encode() for number in range(12)]
LETTER = f"关于资料的联系函\n{NAME}：\n特此函告\n此致\n敬礼\n贵公司"
MAIL = a_mail(LETTER, {f"{n}.txt": INSIDE[n] for n in range(6)})
ARCHIVE = a_zip({f"{n}.txt": INSIDE[n] for n in range(4, 12)})
ALL = sorted([MAIL, LICENCE.encode(), *INSIDE])


def command(root: Path) -> list[str]:
    return [sys.executable, "-m", "archiver.cli.app", "--vault", str(root), "ingest"]


def killed(vault: Vault, reached: Callable[[Vault], bool]) -> None:
    """Start an intake and kill it as soon as it has got so far."""
    process = subprocess.Popen(
        command(vault.layout.root), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None and not reached(vault):
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "it came to its end before"


def placed(count: int) -> Callable[[Vault], bool]:
    return lambda vault: sum(1 for _ in vault.layout.customers.rglob("*.*")) >= count


def unpacked(vault: Vault) -> bool:
    return any(vault.layout.scratch.glob("*/*"))


def claimed(vault: Vault) -> bool:
    return any((vault.layout.inbox / CLAIMS).glob("*/*"))


@pytest.mark.parametrize("moments", [[claimed, unpacked, placed(1)], [placed(3), placed(8)]])
def test_whatever_moment_it_is_killed(
    tmp_path: Path, moments: list[Callable[[Vault], bool]]
) -> None:
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "来信.eml", MAIL)
        drop(vault, "扫描.zip", ARCHIVE)
        drop(vault, "a.txt", LICENCE)
        told = vault.layout.settings.read_text(encoding="utf-8")
        settings = told.replace("quiet = 2.0", "quiet = 0.0")
        vault.layout.settings.write_text(settings, encoding="utf-8")
        for reached in moments:
            killed(vault, reached)
    assert subprocess.run(command(root), capture_output=True, check=False).returncode == 0
    with open_vault(root, "clerk") as vault:
        found = account(vault, None)
        assert (found.received, found.filed, found.waiting) == (3, 3, 0)
        assert sorted(papers(vault).values()) == ALL, "nothing lost, nothing twice"
        assert list(vault.layout.scratch.iterdir()) == []
        assert list((vault.layout.inbox / CLAIMS).iterdir()) == []
        assert not check(vault, deep=True, progress=lambda done, of: None)
