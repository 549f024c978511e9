"""Who may take what back, and who may say yes to it: every combination, in the published order."""

from datetime import date, timedelta

import pytest

from archiver.judge.second import Proposal, last_day, may_confirm
from archiver.judge.withdrawal import Drop, may_withdraw

RECEIVED = date(2024, 3, 1)


YES_OR_NO = (True, False)


@pytest.mark.parametrize("held", YES_OR_NO)
@pytest.mark.parametrize("flagged", YES_OR_NO)
@pytest.mark.parametrize("accepted", YES_OR_NO)
@pytest.mark.parametrize("days", [0, 30, 31])
@pytest.mark.parametrize("anomaly", YES_OR_NO)
def test_a_withdrawal_is_refused_in_the_published_order(
    held: bool, flagged: bool, accepted: bool, days: int, anomaly: bool
) -> None:
    drop = Drop(RECEIVED, held=held, flagged=flagged, accepted=accepted)
    code = may_withdraw(drop, RECEIVED + timedelta(days), days=30, clock_anomaly=anomaly)
    if held:
        assert code == "HELD"
    elif flagged:
        assert code == "PERMANENT"
    elif accepted:
        assert code == "ALREADY_ACCEPTED"
    elif days > 30:
        assert code == "TOO_LATE"
    elif anomaly:
        assert code == "CLOCK_ANOMALY"
    else:
        assert code is None


def test_thirty_days_and_not_one_more() -> None:
    drop = Drop(RECEIVED, held=False, flagged=False, accepted=False)
    assert may_withdraw(drop, date(2024, 3, 31), days=30, clock_anomaly=False) is None
    assert may_withdraw(drop, date(2024, 4, 1), days=30, clock_anomaly=False) == "TOO_LATE"


@pytest.mark.parametrize("same", YES_OR_NO)
@pytest.mark.parametrize("days", [0, 90, 91])
@pytest.mark.parametrize("bound", YES_OR_NO)
def test_a_yes_is_refused_in_the_published_order(same: bool, days: int, bound: bool) -> None:
    proposal = Proposal("P0001", RECEIVED, bound=bound)
    code = may_confirm(proposal, "P0001" if same else "P0002", RECEIVED + timedelta(days))
    if same:
        assert code == "SAME_PERSON"
    elif days > 90:
        assert code == "ACT_EXPIRED"
    elif not bound:
        assert code == "ACT_CHANGED"
    else:
        assert code is None


def test_ninety_days_to_confirm() -> None:
    proposal = Proposal("P0001", date(2024, 1, 1), bound=True)
    assert last_day(proposal.on) == date(2024, 3, 31)
    assert may_confirm(proposal, "P0002", date(2024, 3, 31)) is None
    assert may_confirm(proposal, "P0002", date(2024, 4, 1)) == "ACT_EXPIRED"
    assert may_confirm(proposal, "P0001", date(2024, 4, 1)) == "SAME_PERSON"
