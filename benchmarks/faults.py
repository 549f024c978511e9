"""Every fault at every act of every story: `python -m benchmarks.faults [STORY…]`.

The tests cut the power everywhere and let the disk refuse here and there; this tries the whole
product: names and bytes lost in four ways after every act, five refusals at each act that can
fail so, once and from then on. It takes an hour on two cores.
"""

import argparse
import errno
import shutil
import time

from tests.faults.disk import Refusing
from tests.faults.harness import acts, copied, holds, prepared, recorded, refused
from tests.faults.stories import STORIES
from tests.faults.story import Story


def main() -> None:
    """All of it, or some stories; stops at the first promise that is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="*", choices=[*STORIES, []], default=list(STORIES))
    total = 0
    for name in parser.parse_args().stories:
        begun = time.perf_counter()
        cuts, refusals = cut(STORIES[name]), refuse(STORIES[name])
        total += cuts + refusals
        seconds = time.perf_counter() - begun
        print(f"{name}: {cuts} cuts, {refusals} refusals, nothing lost ({seconds:.0f} s)")
    print(f"{total} faults, nothing lost")


def cut(story: Story) -> int:
    """The power goes after every act; gives how many different disks that left."""
    count = 0
    with prepared(story) as world:
        for state in recorded(story, world):
            holds(story, state)
            count += 1
    return count


def refuse(story: Story) -> int:
    """Every act is refused in every way it can be."""
    count = 0
    with prepared(story) as world:
        for code, struck in acts(story, copied(world, 0)).items():
            for at in range(struck):
                for lasting in (False, True):
                    case = copied(world, 1)
                    try:
                        refused(story, case, Refusing(code, at, lasting=lasting))
                    except BaseException as error:
                        error.add_note(f"{errno.errorcode[code]} at {at}, lasting {lasting}")
                        raise
                    shutil.rmtree(case)
                    count += 1
    return count


if __name__ == "__main__":
    main()
