"""The disk refuses an act, once or from then on: the command says so, and a repeat does the rest.

Here a few acts of every story and every refusal; `benchmarks.faults` tries each of them.
"""

import errno
import gc
import random
import shutil

import pytest

from tests.faults.disk import REFUSALS, Refusing
from tests.faults.harness import acts, copied, prepared, refused
from tests.faults.stories import STORIES


# Whoosh leaves its files to the garbage collector when it cannot go on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("code", REFUSALS, ids=lambda code: errno.errorcode[code])
def test_a_refusal_is_told_and_loses_nothing(name: str, code: int) -> None:
    story = STORIES[name]
    dice = random.Random(f"{name} {code}")  # noqa: S311 - the same sample every time
    with prepared(story) as world:
        count = acts(story, copied(world, 0), code)
        for number, lasting in enumerate((False, True), start=1):
            case = copied(world, number)
            refused(story, case, Refusing(code, dice.randrange(count), lasting=lasting))
            shutil.rmtree(case)
    gc.collect()  # within this test, or another one is blamed for Whoosh's open files
