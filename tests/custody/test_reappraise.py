"""A flag comes off when its matter has ended, by two people; each flag is a proposal of its own."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.core.errors import UsageError
from archiver.core.model import CustomerId
from archiver.custody.act import propose
from archiver.custody.fact import add_event
from archiver.vault.vault import Vault
from tests.custody.drops import WHY, code_of, known
from tests.worlds import NOW, a_vault

DISPUTE: dict[str, str | int] = {"flag": "dispute", "years": 1}
DOUBT: dict[str, str | int] = {"flag": "doubtful", "years": 1}


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


@pytest.fixture
def whose(vault: Vault) -> CustomerId:
    return CustomerId(known(vault))


def told(vault: Vault, whose: CustomerId, kind: str, days: int = 0) -> None:
    day = NOW.date() + timedelta(days=days)
    add_event(vault, kind, customer=whose, document=None, day=day)


def test_an_end_that_is_still_to_come_is_none(vault: Vault, whose: CustomerId) -> None:
    told(vault, whose, "dispute_opened")
    told(vault, whose, "dispute_settled", days=1)
    ask = ("reappraise", whose, WHY)
    assert code_of(lambda: propose(vault, *ask, terms=DISPUTE)) == "NOT_SETTLED"
    vault.clock = lambda: NOW + timedelta(days=1)
    assert propose(vault, *ask, terms=DISPUTE).subject == whose


def test_the_latest_of_several_ends_counts(vault: Vault, whose: CustomerId) -> None:
    told(vault, whose, "dispute_opened")
    for days in (0, 30):
        told(vault, whose, "dispute_settled", days=days)
    code = code_of(lambda: propose(vault, "reappraise", whose, WHY, terms=DISPUTE))
    assert code == "NOT_SETTLED"


def test_each_flag_is_proposed_by_itself_and_once(vault: Vault, whose: CustomerId) -> None:
    for kind in ("dispute_opened", "marked_doubtful", "dispute_settled", "doubt_cleared"):
        told(vault, whose, kind)
    for terms in (DISPUTE, DOUBT):
        propose(vault, "reappraise", whose, WHY, terms=terms)
        with pytest.raises(UsageError, match="proposed already"):
            propose(vault, "reappraise", whose, WHY, terms=terms)
    accident = {"flag": "accident", "years": 1}
    code = code_of(lambda: propose(vault, "reappraise", whose, WHY, terms=accident))
    assert code == "FLAG_NOT_REAPPRAISABLE"
