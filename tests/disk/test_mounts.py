from pathlib import Path

from archiver.disk.mounts import Mount, mount_of, mounts, mounts_below

TABLE = r"""22 1 0:21 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /srv/archive/inbox/扫描\040仪 rw master:1 - cifs //printer/scans rw
41 22 0:41 / /srv/archive/inbox/nfs rw - nfs4 server:/x rw
42 22 0:42 / /srv/archive/inbox/ssh rw - fuse.sshfs clerk@host: rw
43 22 8:3 / /srv/archive/inbox/usb rw - exfat /dev/sdb1 rw
44 22 0:44 / /srv/archive/inbox-old rw - nfs server:/y rw
45 40 0:45 / /srv/archive/inbox/nfs rw - ext4 /dev/sdc1 rw
"""
INBOX = Path("/srv/archive/inbox")


def table(tmp_path: Path) -> tuple[Mount, ...]:
    path = tmp_path / "mountinfo"
    path.write_text(TABLE, encoding="utf-8")
    return mounts(path)


def test_what_lies_below_is_found_and_what_covers_counts(tmp_path: Path) -> None:
    below = {one.folder.name: one.tells for one in mounts_below(INBOX, table(tmp_path))}
    assert below == {"扫描 仪": False, "nfs": True, "ssh": False, "usb": True}


def test_a_path_is_on_the_deepest_mount(tmp_path: Path) -> None:
    known = table(tmp_path)

    def on(path: Path) -> str:
        found = mount_of(path, known)
        return found.kind if found else ""

    assert on(INBOX / "a.pdf") == "ext4"
    assert on(INBOX / "扫描 仪" / "deep" / "a.pdf") == "cifs"
    assert on(INBOX / "nfs" / "a.pdf") == "ext4", "the later mount covers the earlier"
    assert on(INBOX / "nfs2" / "a.pdf") == "ext4"
    assert mount_of(Path("relative"), known) is None


def test_no_table_is_no_mount(tmp_path: Path) -> None:
    assert mounts(tmp_path / "none") == ()


def test_this_system_has_one() -> None:
    assert mount_of(Path("/proc/self"), mounts()) == Mount(Path("/proc"), "proc")
