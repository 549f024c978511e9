"""The disk refuses an act, once or from then on: the command says so, and a repeat does the rest.

By day one act of every story for every refusal, and one disk that goes on refusing; by night
each act that can fail so, in both ways.
"""

import errno
import gc
import random
import shutil
from collections.abc import Iterator

import pytest

from tests.faults.disk import Refusing
from tests.faults.harness import acts, copied, prepared, refused
from tests.faults.stories import STORIES
from tests.nightly import NIGHTLY


def cases(struck: dict[int, int], dice: random.Random) -> Iterator[tuple[int, int, bool]]:
    """Which refusal, at which act, and whether it lasts."""
    if NIGHTLY:
        yield from (
            (code, at, lasting)
            for code, count in struck.items()
            for at in range(count)
            for lasting in (False, True)
        )
    else:
        yield from ((code, dice.randrange(count), False) for code, count in struck.items())
        code = dice.choice(list(struck))
        yield code, dice.randrange(struck[code]), True


# Whoosh leaves its files to the garbage collector when it cannot go on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("name", STORIES)
def test_a_refusal_is_told_and_loses_nothing(name: str) -> None:
    story, dice = STORIES[name], random.Random(name)  # noqa: S311 - the same sample every time
    with prepared(story) as world:
        struck = acts(story, copied(world, 0))
        for number, (code, at, lasting) in enumerate(cases(struck, dice), start=1):
            case = copied(world, number)
            try:
                refused(story, case, Refusing(code, at, lasting=lasting))
            except BaseException as error:
                error.add_note(f"{errno.errorcode[code]} at {at}, lasting {lasting}")
                raise
            shutil.rmtree(case)
    gc.collect()  # within this test, or another one is blamed for Whoosh's open files
