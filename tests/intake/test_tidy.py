import os
import time
from pathlib import Path

import pytest

from archiver.intake.tidy import tidy


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


def folders(inbox: Path) -> set[str]:
    return {path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_dir()}


def test_what_was_moved_in_goes_and_what_the_office_made_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("华信/2024/合同", "华信/2025", "扫描仪", ".claims/R1"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "华信" / "2025" / "a.pdf").write_bytes(b"paper")
    (tmp_path / "华信" / "2024" / "Thumbs.db").write_bytes(b"litter")
    os.utime(tmp_path / "华信" / "2024", (0, 0))  # a copy that preserves times
    tidy(tmp_path, untouched=600)
    assert "华信/2024/合同" in folders(tmp_path), "a copy may still be filling it"
    later(monkeypatch, 601)
    tidy(tmp_path, untouched=600)
    # Its folder was touched by that: it is looked at again later.
    later(monkeypatch, 1300)
    tidy(tmp_path, untouched=600)
    assert folders(tmp_path) == {"华信", "华信/2025", "扫描仪", ".claims", ".claims/R1"}
    assert (tmp_path / "华信" / "2025" / "a.pdf").exists()


def test_litter_beside_a_paper_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in (".DS_Store", "paper.pdf"):
        (tmp_path / "a" / "b" / name).write_bytes(b"")
    later(monkeypatch, 601)
    tidy(tmp_path, untouched=600)
    assert len(list((tmp_path / "a" / "b").iterdir())) == 2


def test_links_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside"
    (outside / "empty").mkdir(parents=True)
    inbox = tmp_path / "inbox"
    (inbox / "a").mkdir(parents=True)
    (inbox / "link").symlink_to(outside)
    (inbox / "a" / "link").symlink_to(outside)
    later(monkeypatch, 601)
    tidy(inbox, untouched=600)
    assert (outside / "empty").is_dir()


def test_an_inbox_that_is_gone_is_no_error(tmp_path: Path) -> None:
    tidy(tmp_path / "gone", untouched=0)
