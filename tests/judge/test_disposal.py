"""Every refusal of a step of disposal, in the published order, whatever else applies."""

from datetime import date, timedelta
from itertools import product

from archiver.judge.disposal import (
    Approval,
    may_appraise,
    may_approve,
    may_delete,
    may_destroy,
    may_extend,
    may_settle,
)
from archiver.judge.evaluate import Answer, Block, State
from archiver.judge.given import SHIPPED_TERMS, Terms

TODAY = date(2026, 5, 20)
TERMS = Terms(cooling_off=7, approval_valid=90)
NEVER = Terms(cooling_off=91, approval_valid=7)
"""Nobody sets this; but each code has its place in the order all the same."""

ANSWERS = [Answer(state, (), block, TODAY) for state, block in product(State, (None, *Block))]
"""Every state beside every reason against disposal."""


def first(*refusals: tuple[str, bool]) -> str | None:
    return next((code for code, applies in refusals if applies), None)


def against(answer: Answer) -> tuple[str, bool]:
    return str(answer.block_reason), answer.block_reason is not None


def test_what_may_go_is_due_and_goes_when_nothing_forbids_it() -> None:
    for answer in ANSWERS:
        assert answer.may_go == (answer.state in {"DUE", "IN_REVIEW", "APPROVED"})
        assert answer.eligible == (answer.block_reason is None)
        assert answer.permanent == (answer.state == "PERMANENT")


def test_an_appraisal_begins_once_and_only_when_nothing_forbids_it() -> None:
    for answer in ANSWERS:
        begun = answer.state in {"IN_REVIEW", "APPROVED"}
        assert may_appraise(answer) == first(against(answer), ("ALREADY_IN_REVIEW", begun))


def test_an_appraisal_has_an_outcome_while_it_runs() -> None:
    for answer in ANSWERS:
        gone = answer.block_reason == "ALREADY_DESTROYED"
        none = answer.state != "IN_REVIEW"
        expected = first(("ALREADY_DESTROYED", gone), ("NOT_IN_REVIEW", none))
        assert may_settle(answer) == expected
        for person in ("a", "b"):
            assert may_approve(answer, Approval("a", None), person) == first(
                (str(expected), expected is not None),
                ("SAME_PERSON", person == "a"),
                against(answer),
            )


def test_destruction_has_its_days_and_its_witness() -> None:
    days = (None, 0, 6, 7, 8, 90, 91)
    for answer, waited, terms in product(ANSWERS, days, (TERMS, NEVER)):
        on = None if waited is None else TODAY - timedelta(days=waited)
        for witnesses in ((), ("a",), ("b",), ("a", "b")):
            code = may_destroy(
                answer, Approval("r", on), TODAY, terms=terms, executor="a", witnesses=witnesses
            )
            assert code == first(
                against(answer),
                ("NOT_APPROVED", answer.state != "APPROVED" or waited is None),
                ("COOLING_OFF", (waited or 0) < terms.cooling_off),
                ("APPROVAL_EXPIRED", (waited or 0) > terms.approval_valid),
                ("WITNESS_REQUIRED", "b" not in witnesses),
            )


def test_the_days_of_a_vault_that_sets_none() -> None:
    days = Terms(30, 30, 30, inspection_interval=180, cooling_off=7, approval_valid=90)
    assert days == SHIPPED_TERMS


def test_a_plain_delete_is_always_refused() -> None:
    for answer in ANSWERS:
        block = str(answer.block_reason)
        due = answer.state in {"DUE", "IN_REVIEW", "APPROVED"}
        assert may_delete(answer) == first(
            (block, block in {"ALREADY_DESTROYED", "HELD"}),
            ("USE_DISPOSITION_WORKFLOW", due),
            ("RETENTION_ACTIVE", True),
        )


def test_nobody_alone_shortens() -> None:
    for answer in ANSWERS:
        gone = answer.block_reason == "ALREADY_DESTROYED"
        waits = answer.state in {"AWAITING_TRIGGER", "EXCEPTION", "PERMANENT"}
        for days in (-1, 0, 1):
            assert may_extend(answer, TODAY + timedelta(days=days)) == first(
                ("ALREADY_DESTROYED", gone), ("WOULD_SHORTEN", waits or days < 0)
            )


def test_what_has_no_end_may_be_given_one() -> None:
    assert may_extend(Answer(State.UNSCHEDULED, (), Block.UNSCHEDULED), TODAY) is None
