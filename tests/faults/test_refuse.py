"""The disk refuses an act, once or from then on: the command says so, and a repeat does the rest.

Here a few acts of every story and every refusal; `benchmarks.faults` tries each of them.
"""

import errno
import gc
import random
import shutil

import pytest

from tests.faults.disk import Refusing
from tests.faults.harness import acts, copied, prepared, refused
from tests.faults.stories import STORIES


# Whoosh leaves its files to the garbage collector when it cannot go on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", STORIES)
def test_a_refusal_is_told_and_loses_nothing(name: str) -> None:
    story, dice = STORIES[name], random.Random(name)  # noqa: S311 - the same sample every time
    with prepared(story) as world:
        struck = acts(story, copied(world, 0))
        cases = [(code, False) for code in struck] + [(dice.choice(list(struck)), True)]
        for number, (code, lasting) in enumerate(cases, start=1):
            case = copied(world, number)
            at = dice.randrange(struck[code])
            try:
                refused(story, case, Refusing(code, at, lasting=lasting))
            except BaseException as error:
                error.add_note(f"{errno.errorcode[code]} at {at}, lasting {lasting}")
                raise
            shutil.rmtree(case)
    gc.collect()  # within this test, or another one is blamed for Whoosh's open files
