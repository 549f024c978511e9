"""A backup is the whole archive as of one moment, and cheap the second time."""

import json
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from archiver.catalogue import decisions, ledger, receipts
from archiver.core.errors import Busy, DamageFound, EngineError, UsageError
from archiver.custody import party
from archiver.custody.matching import rematch
from archiver.disk import door
from archiver.disk.guard import only_one
from archiver.intake.publish import publish
from archiver.repair.bag import read_manifest
from archiver.vault.vault import Vault
from tests.repair.backups import NAME, faults_of, filled, flip, is_whole, put_back, saved
from tests.worlds import CONTRACT, LICENCE, a_vault, drop, ingest, papers, reopened, tree


def inodes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_backup_comes_back_as_it_was(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        (vault.layout.root / "reports" / "2026-04.html").write_text("<p>", "utf-8")
        drop(vault, "waits.txt", "not taken in yet")
        made = saved(vault, tmp_path / "backups")
        before = tree(vault.layout.customers)
        aside, rules = tree(vault.layout.quarantine), tree(vault.layout.rules)
    back = tmp_path / "back"
    assert is_whole(tmp_path / "backups" / made.name)
    restored = put_back(tmp_path / "backups" / made.name, back)
    assert (restored.faults, restored.removed, restored.head) == ((), (), made.head)
    assert faults_of(back) == []
    assert tree(back / "customers") == before
    assert tree(back / "quarantine") == aside
    assert tree(back / "rules") == rules
    assert (back / "reports" / "2026-04.html").read_text("utf-8") == "<p>"
    assert tree(back / "inbox") == {}, "what waited in the inbox is not part"


def test_modes_are_those_of_a_vault(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        made = saved(vault, tmp_path / "backups")
        stored = [vault.layout.root / "customers" / path for path in papers(vault)]
        modes = {path.relative_to(tmp_path / "vault"): path.stat().st_mode for path in stored}
        folders = {path.parent.relative_to(tmp_path / "vault") for path in stored}
        shared = vault.layout.inbox.stat().st_mode
    put_back(tmp_path / "backups" / made.name, tmp_path / "back")
    for path, mode in modes.items():
        assert (tmp_path / "back" / path).stat().st_mode == mode
    for folder in folders:
        now, then = (tmp_path / name / folder for name in ("back", "vault"))
        assert now.stat().st_mode == then.stat().st_mode
    assert (tmp_path / "back" / "inbox").stat().st_mode == shared
    assert (tmp_path / "back" / "inbox" / ".claims").stat().st_mode == shared


def test_any_tool_can_verify_it(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        made = saved(vault, tmp_path / "backups")
    folder = tmp_path / "backups" / made.name
    assert (folder / "bagit.txt").read_text("utf-8").startswith("BagIt-Version: 1.0\n")
    oxum = f"Payload-Oxum: {made.bytes}.{made.files}\n"
    assert oxum in (folder / "bag-info.txt").read_text("utf-8")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "-c", "--quiet", manifest], check=False, cwd=folder)
        assert done.returncode == 0
    about = json.loads((folder / "backup.json").read_text("utf-8"))
    assert about["format"] == 1
    assert about["head"] == f"{made.head.seq}:{made.head.leaf}"
    assert (about["documents"], about["files"], about["bytes"]) == (2, made.files, made.bytes)


def test_the_ledger_remembers_it(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        made = saved(vault, tmp_path / "backups")
        with vault.catalogue.read() as tx:
            *_, entry = map(json.loads, ledger.lines(tx))
    assert entry["action"] == "backup_made"
    assert entry["facts"]["head"] == f"{made.head.seq}:{made.head.leaf}"
    assert entry["facts"]["manifest"] == made.manifest
    assert entry["seq"] == made.head.seq + 1


def test_two_backups_share_what_did_not_change(tmp_path: Path) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        first = saved(vault, into)
        drop(vault, "new.txt", CONTRACT.format(name="又一家"))
        ingest(vault)
        second = saved(vault, into)
        whole = saved(vault, into, full=True)
        stored = [f"data/customers/{path}" for path in papers(vault)]
    one, two, three = (inodes(into / made.name) for made in (first, second, whole))
    common = [path for path in stored if path in one]
    assert len(common) == 2
    assert all(one[path] == two[path] for path in common)
    assert not set(two.values()) & set(three.values())
    assert not set(one.values()) & set(inodes(tmp_path / "vault").values()), "never the vault's own"
    assert first.linked == whole.linked == 0
    assert second.linked >= len(common)
    assert all(is_whole(into / made.name) for made in (first, second, whole))


def test_a_paper_that_moved_is_shared_too(tmp_path: Path) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "c.txt", CONTRACT.format(name=NAME))
        ingest(vault)
        first = saved(vault, into)
        (old,) = papers(vault)
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        rematch(vault)
        publish(vault)
        (new,) = papers(vault)
        second = saved(vault, into)
    assert old != new
    one, two = inodes(into / first.name), inodes(into / second.name)
    assert one[f"data/customers/{old}"] == two[f"data/customers/{new}"]


def test_without_links_everything_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        saved(vault, tmp_path / "backups")
        monkeypatch.setattr(door, "link", no_links)
        second = saved(vault, tmp_path / "backups")
    assert second.linked == 0
    assert is_whole(tmp_path / "backups" / second.name)


def no_links(source: Path, target: Path) -> None:
    raise PermissionError(1, "no links here")


def test_a_damaged_backup_shares_nothing(tmp_path: Path) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        first = saved(vault, into)
        (into / first.name / "manifest-sha256.txt").write_text("nonsense", "utf-8")
        second = saved(vault, into)
    assert second.linked == 0
    assert is_whole(into / second.name)


def test_a_quarantined_file_is_proved_and_may_be_released(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        drop(vault, "e.txt", "LOCKED too")
        ingest(vault)
        with vault.catalogue.read() as tx:
            first, second = receipts.aside(tx)
        flip(vault.layout.root / first.path)
        (vault.layout.root / second.path).unlink()
        made = saved(vault, tmp_path / "backups")
    assert [(one.kind, one.path) for one in made.faults] == [("altered", first.path)]


def test_a_move_begun_is_over_in_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row names the new place while the file still lies at the old one."""

    class Off(BaseException):
        pass

    def off(source: Path, target: Path) -> None:
        raise Off

    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "c.txt", CONTRACT.format(name=NAME))
        ingest(vault)
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        with monkeypatch.context() as cut:
            cut.setattr(door, "link", off)
            with pytest.raises(Off):
                rematch(vault)
        with vault.catalogue.read() as tx:
            (move,) = decisions.moves(tx)
        made = saved(vault, tmp_path / "backups")
    assert made.faults == ()
    put_back(tmp_path / "backups" / made.name, tmp_path / "back")
    assert (tmp_path / "back" / move.new_path).is_file()
    assert faults_of(tmp_path / "back") == []
    with reopened(tmp_path / "back") as vault, vault.catalogue.read() as tx:
        assert decisions.moves(tx) == ()


def test_while_papers_come_in_and_move(tmp_path: Path) -> None:
    into = tmp_path / "backups"
    with a_vault(tmp_path / "vault"):
        pass

    def work() -> None:
        with reopened(tmp_path / "vault") as vault:
            for number in range(12):
                name = f"样本{number}店"
                for paper in range(3):
                    text = CONTRACT.format(name=f"{name}\n第{paper}份")
                    drop(vault, f"{name}/{paper}.txt", text)
                ingest(vault)
                party.add(vault, name, kind="customer", aliases=[], codes=[])
                rematch(vault)
                publish(vault)

    thread = threading.Thread(target=work)
    thread.start()
    made = []
    with reopened(tmp_path / "vault") as vault:
        while thread.is_alive():
            made.append(saved(vault, into))
        thread.join()
    counts = [one.documents for one in made]
    assert counts == sorted(counts)
    for one in made[:: max(1, len(made) // 6)]:
        back = tmp_path / f"back-{one.name}"
        assert one.faults == ()
        assert is_whole(into / one.name)
        assert put_back(into / one.name, back).faults == ()
        assert faults_of(back) == []
        shutil.rmtree(back)
    assert any(0 < count < 36 for count in counts), "none was made in between"


@pytest.mark.parametrize("where", ["vault", "vault/backups", "."])
def test_vault_and_backups_live_apart(tmp_path: Path, where: str) -> None:
    with a_vault(tmp_path / "vault") as vault, pytest.raises(UsageError):
        saved(vault, tmp_path / where)
    assert not list(tmp_path.glob("2*"))


def test_one_at_a_time(tmp_path: Path) -> None:
    into = tmp_path / "backups"
    into.mkdir()
    with (
        a_vault(tmp_path / "vault") as vault,
        only_one(into / ".lock", "backup"),
        pytest.raises(Busy),
    ):
        saved(vault, into)


def test_a_catalogue_elsewhere_is_refused(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        address = f"sqlite:///{tmp_path}/elsewhere.db"
        vault.settings = vault.settings.model_copy(update={"catalogue": address})
        vault.__dict__.pop("catalogue").close()
        with pytest.raises(EngineError):
            saved(vault, tmp_path / "backups")
        assert not [one for one in (tmp_path / "backups").iterdir() if one.name != ".lock"]


@pytest.mark.parametrize("line", ["x", f"{'0' * 64}  /etc/passwd", f"{'0' * 64}  data/../../x"])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "manifest").write_text(f"{line}\n", "utf-8")
    with pytest.raises(DamageFound):
        read_manifest(tmp_path / "manifest")


def names_any_file_system_takes(vault: Vault) -> Path:
    path = vault.layout.rules / "100%25 sure\nof it\u2028.toml"
    path.write_text("", "utf-8")
    return path


def test_odd_names_survive(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        path = names_any_file_system_takes(vault)
        made = saved(vault, tmp_path / "backups")
    put_back(tmp_path / "backups" / made.name, tmp_path / "back")
    assert (tmp_path / "back" / "rules" / path.name).is_file()
