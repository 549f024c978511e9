"""How acts of two people are shown."""

from archiver.catalogue.acts import Act
from archiver.cli.door import leave
from archiver.cli.output import Form, Row, rows, say
from archiver.cli.terms import documents_of, given
from archiver.core.errors import ExitCode


def act_row(act: Act, *, pending: bool, terms: Row | None = None) -> Row:
    """The published object for one act.

    Args:
        act: the act.
        pending: it can still be confirmed.
        terms: what is agreed to, as `terms.told` gives it; None for what was typed alone.
    """
    settled, papers = act.settled, documents_of(act)
    return {
        "act": act.id,
        "kind": act.kind,
        "subject": act.subject,
        "about": _about(act),
        "document": papers[0] if len(papers) == 1 else None,
        "documents": list(papers),
        "terms": given(act) if terms is None else terms,
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


def _about(act: Act) -> str:
    """What it is about: an id, and how it is to be parted."""
    papers, name = act.about.get("documents"), act.about.get("name")
    if not isinstance(papers, list):
        return act.subject
    return f"{act.subject}: {' '.join(map(str, papers))} → {name}"


def tell_proposed(act: Act, form: Form, told: str) -> None:
    """Say that an act waits for a second person, and leave with that.

    Args:
        act: just proposed.
        form: how it is shown.
        told: the sentence, with {subject} and {act}.
    """
    if form is Form.TABLE:
        say(told, subject=act.subject, act=act.id)
    else:
        rows(form, (), [act_row(act, pending=True)])
    leave([ExitCode.PERSON_NEEDED])
