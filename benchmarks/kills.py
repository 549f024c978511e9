"""Kills real processes in the middle of their work: `python -m benchmarks.kills [--rounds 200]`.

Every round drops a few papers, starts a watch, an intake, a decision or two of them, and kills
them with SIGKILL at random moments. In the end every paper must be where it belongs, once.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path

from benchmarks.common import figure, machine
from tests.faults.kills import closed, one_round, opened


def main() -> None:
    """Drop, start, kill; look in the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        machine(Path(folder))
        print(f"seed {asked.seed}")
        office = opened(Path(folder) / "vault", asked.seed)
        begun = time.perf_counter()
        for _ in range(asked.rounds):
            one_round(office)
        closed(office)
        print(f"{asked.rounds} rounds in {time.perf_counter() - begun:.0f} s")
    killed = sum(office.moments.values()) - office.moments["it had ended"]
    print(f"{office.received} drops of {len(office.archived)} papers; {killed} processes killed:")
    for moment, count in office.moments.most_common():
        print(f"  {count:4d}  {moment}")
    figure("papers lost or twice", 0, 0, "papers")


if __name__ == "__main__":
    main()
