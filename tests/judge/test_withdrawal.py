"""Who may take what back, and who may say yes to it: every combination, in the published order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archiver.judge.second import Proposal, last_day, may_confirm
from archiver.judge.withdrawal import Drop, may_withdraw

RECEIVED = date(2024, 3, 1)


@given(
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(min_value=0, max_value=60),
    st.booleans(),
)
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
    elif days >= 31:
        assert code == "TOO_LATE"
    elif anomaly:
        assert code == "CLOCK_ANOMALY"
    else:
        assert code is None


def test_thirty_days_and_not_one_more() -> None:
    drop = Drop(RECEIVED, held=False, flagged=False, accepted=False)
    assert may_withdraw(drop, date(2024, 3, 31), days=30, clock_anomaly=False) is None
    assert may_withdraw(drop, date(2024, 4, 1), days=30, clock_anomaly=False) == "TOO_LATE"


def test_ninety_days_to_confirm() -> None:
    proposal = Proposal("P0001", date(2024, 1, 1), bound=True)
    assert last_day(proposal.on) == date(2024, 3, 31)
    assert may_confirm(proposal, "P0002", date(2024, 3, 31)) is None
    assert may_confirm(proposal, "P0002", date(2024, 4, 1)) == "ACT_EXPIRED"
    assert may_confirm(proposal, "P0001", date(2024, 4, 1)) == "SAME_PERSON"


def test_what_has_changed_is_not_confirmed() -> None:
    proposal = Proposal("P0001", date(2024, 1, 1), bound=False)
    assert may_confirm(proposal, "P0002", date(2024, 1, 1)) == "ACT_CHANGED"
