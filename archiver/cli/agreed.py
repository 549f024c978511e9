"""How acts of two people are shown."""

from archiver.catalogue.acts import Act
from archiver.cli.output import Row


def act_row(act: Act, *, pending: bool) -> Row:
    """The published object for one act.

    Args:
        act: the act.
        pending: it can still be confirmed.
    """
    settled = act.settled
    paper = act.subject if act.kind == "withdraw" else act.about.get("document")
    return {
        "act": act.id,
        "kind": act.kind,
        "subject": act.subject,
        "document": str(paper) if paper else None,
        "state": act.state.value if settled or pending else "expired",
        "reason": act.reason,
        "proposed_by": act.by.login,
        "proposed_on": act.on.isoformat(),
        "confirm_until": act.until.isoformat(),
        "settled_by": settled.by.login if settled else None,
        "settled_on": settled.on.isoformat() if settled else None,
        "answer": settled.answer if settled else None,
        "sha256": act.digest,
    }
