"""Hostile files dropped into a running `watch`: `python -m benchmarks.hostile FOLDER`.

All files of the folder are dropped at once. Printed are the seconds until the last one has its one
outcome, the largest worker process, and whether the service was the same process at the end.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from archiver.core.model import Outcome
from archiver.report.account import account
from archiver.vault.vault import open_vault
from benchmarks.common import figure, machine

_LONGEST = 600.0


def main() -> None:
    """Drop, wait, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    files = sorted(path for path in parser.parse_args().folder.iterdir() if path.is_file())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        machine(Path(folder))
        vault = Path(folder) / "vault"
        base = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault)]
        subprocess.run([*base, "init", str(vault)], check=True, stdout=subprocess.DEVNULL)
        with subprocess.Popen([*base, "watch"], stdout=subprocess.PIPE, text=True) as service:
            told = service.stdout or io.StringIO()
            told.readline()
            time.sleep(2)
            sizes = _Sizes(service.pid)
            begun = time.perf_counter()
            for path in files:
                shutil.copyfile(path, vault / "inbox" / path.name)
            late = threading.Timer(_LONGEST, service.kill)
            late.start()
            for number, _ in enumerate(told, start=1):
                if number == len(files):
                    break
            seconds = time.perf_counter() - begun
            late.cancel()
            same = service.poll() is None
            sizes.stop()
            service.terminate()
            told.read()
        figure(f"{len(files)} hostile files, until the last has its outcome", seconds, 60, "s")
        figure("largest process that opens files", sizes.largest / 1024, 1024, "MiB resident")
        with open_vault(vault, "benchmark") as opened:
            found = account(opened, None)
        print({one.value: getattr(found, one.value) for one in Outcome}, "of", len(files))
        print("the service", "is the same process" if same else "ENDED")


class _Sizes(threading.Thread):
    """Looks at the children of a process and keeps the largest resident size, in KiB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.largest = 0
        self.start()

    def run(self) -> None:
        """Look, twenty times a second."""
        while not self._ended.wait(0.05):
            for child in self._children():
                self.largest = max(self.largest, _peak(child))

    def _children(self) -> list[str]:
        """The processes that open files: the children whose command names the parser."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                if (
                    parent == str(self._pid)
                    and b"reading.parse" in (folder / "cmdline").read_bytes()
                ):
                    found.append(folder.name)
            except OSError:
                continue
        return found

    def stop(self) -> None:
        """No more looks."""
        self._ended.set()
        self.join()


def _peak(pid: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
