"""What is shown beside the state of a record, and never hides it."""

from archiver.cli.output import Value
from archiver.judge.evaluate import Answer


def overlays(answer: Answer | None) -> dict[str, Value]:
    """The published keys; nothing applies to a record that is gone (None)."""
    return {
        "held": bool(answer and answer.held),
        "pending_shortening": bool(answer and answer.pending_shortening),
        "incident": bool(answer and answer.incident),
        "restricted": bool(answer and answer.restricted),
        "legal_review": bool(answer and answer.legal_review),
    }
