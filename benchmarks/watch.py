"""What `archiver watch` costs while nothing happens: `python -m benchmarks.watch [SECONDS]`."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import figure, machine


def main() -> None:
    """Start it, let it settle, measure."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        vault = Path(folder) / "vault"
        base = [sys.executable, "-m", "archiver.cli.app", "--vault", str(vault)]
        subprocess.run([*base, "init", str(vault)], check=True, stdout=subprocess.DEVNULL)
        machine(Path(folder))
        with subprocess.Popen([*base, "watch"], stdout=subprocess.DEVNULL) as service:
            time.sleep(4)
            before = _cpu(service.pid)
            time.sleep(seconds)
            used = (_cpu(service.pid) - before) / seconds
            resident = _resident(service.pid)
            service.terminate()
            ended = service.wait(10)
        figure("watch idle, share of a core", used * 100, 1.0, "%")
        figure("watch idle, resident", resident / (1 << 20), 150, "MiB")
        print(f"exit after SIGTERM: {ended}")


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
