"""Whether a step of disposal may be taken: pure, the codes and their order as published."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from archiver.judge.evaluate import Answer, Block, State
from archiver.judge.given import Terms

Refusals = Iterable[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Approval:
    """Where the disposal of a record stands.

    Attributes:
        reviewer: the person who appraised it; None when nobody did.
        approved: the trusted day of the approval; None without a valid one.
    """

    reviewer: str | None
    approved: date | None


def may_appraise(answer: Answer) -> str | None:
    """The code of the first refusal that applies to the beginning of an appraisal, or None."""
    started = answer.state in {State.IN_REVIEW, State.APPROVED}
    return _first([*_blocks(answer), ("ALREADY_IN_REVIEW", started)])


def may_settle(answer: Answer) -> str | None:
    """The same for its outcome: to be kept longer, for ever, or not to be destroyed now."""
    gone = answer.block_reason is Block.ALREADY_DESTROYED
    running = answer.state is State.IN_REVIEW
    return _first([("ALREADY_DESTROYED", gone), ("NOT_IN_REVIEW", not running)])


def may_approve(answer: Answer, standing: Approval, person: str) -> str | None:
    """The same for the approval by `person`."""
    early = may_settle(answer)
    if early:
        return early
    return _first([("SAME_PERSON", person == standing.reviewer), *_blocks(answer)])


def may_destroy(
    answer: Answer,
    standing: Approval,
    today: date,
    *,
    terms: Terms,
    executor: str,
    witnesses: Collection[str],
) -> str | None:
    """The same for the destruction itself.

    Args:
        answer: what retention says of the record today.
        standing: its approval.
        today: the trusted day.
        terms: the vault's days of cooling off and of validity.
        executor: the person who carries it out.
        witnesses: persons who see it done.
    """
    approved = standing.approved if answer.state is State.APPROVED else None
    since = today - (approved or today)
    return _first(
        [
            *_blocks(answer),
            ("NOT_APPROVED", approved is None),
            ("COOLING_OFF", since < timedelta(days=terms.cooling_off)),
            ("APPROVAL_EXPIRED", since > timedelta(days=terms.approval_valid)),
            ("WITNESS_REQUIRED", not {*witnesses} - {executor}),
        ]
    )


def may_delete(answer: Answer) -> str:
    """Why a plain delete is refused: it always is."""
    if answer.block_reason in {Block.ALREADY_DESTROYED, Block.HELD}:
        return str(answer.block_reason)
    due = answer.state in {State.DUE, State.IN_REVIEW, State.APPROVED}
    return "USE_DISPOSITION_WORKFLOW" if due else "RETENTION_ACTIVE"


def may_extend(answer: Answer, until: date) -> str | None:
    """Whether one person may say that a record is kept at least through `until`."""
    waits = answer.state in {State.AWAITING_TRIGGER, State.EXCEPTION, State.PERMANENT}
    before = answer.retain_through is not None and until < answer.retain_through
    gone = answer.block_reason is Block.ALREADY_DESTROYED
    return _first([("ALREADY_DESTROYED", gone), ("WOULD_SHORTEN", waits or before)])


def _blocks(answer: Answer) -> Refusals:
    return [(str(answer.block_reason), answer.block_reason is not None)]


def _first(refusals: Refusals) -> str | None:
    return next((code for code, applies in refusals if applies), None)
