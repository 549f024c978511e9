"""What two people agree to: the terms of an act, as an object and in a line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, cast

from archiver.catalogue import customers, documents
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.store import Connection
from archiver.cli.output import Row, Value
from archiver.core.errors import N_
from archiver.core.model import CustomerId, DocumentId
from archiver.core.periods import Period, add
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.declarations.codes import EVENTS, FAULTS, STATES, called
from archiver.declarations.spoken import spoken
from archiver.declarations.words import listing, translate
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault


class Told(NamedTuple):
    """The published object, and the line that a person reads."""

    terms: Row
    line: str


def documents_of(act: Act) -> list[DocumentId]:
    """The papers that an act is done to; none where it is about something else."""
    if act.kind in {"withdraw", "close_incident"}:
        return [DocumentId(act.subject)]
    if act.kind == "approve_shortening":
        return [DocumentId(one) for one in act.subject.split()]
    if act.kind == "split_customer":
        return [DocumentId(str(one)) for one in _list(act.about, "documents")]
    paper = act.about.get("document")
    return [DocumentId(str(paper))] if paper else []


def given(act: Act) -> Row:
    """What was typed for it beside its subject."""
    return cast(Row, dict(act.terms))


def told(vault: Vault, tx: Connection, act: Act, *, pending: bool) -> Told:
    """The terms of an act.

    Args:
        vault: the open vault.
        tx: a transaction.
        act: the act.
        pending: it can still be confirmed; then the days that it would change are worked out.
    """
    if act.kind == "approve_shortening":
        return _shortening(vault, tx, act, pending=pending)
    return _KINDS.get(act.kind, _paper)(tx, act)


def _shortening(vault: Vault, tx: Connection, act: Act, *, pending: bool) -> Told:
    papers = documents.some(tx, documents_of(act)) if pending else ()
    known = answers(vault, tx, papers, today(vault, tx)) if papers else {}
    found = [_kept(one, known.get(one)) for one in documents_of(act)]
    lines = (_shorter(one) if known else str(one["document"]) for one in found)
    return Told({"records": found}, listing(lines))


def _kept(document: DocumentId, answer: Answer | None) -> dict[str, Value]:
    """How long it is kept, and what would be left: a day, or a state that has none."""
    reasons = answer.because if answer else ()
    shorter = (dict(one.facts)["instead"] for one in reasons if one.code == "could_shorten")
    last = answer.retain_through if answer else None
    return {
        "document": document,
        "state": answer.state.value if answer else None,
        "retain_through": last.isoformat() if last else None,
        "instead": next(shorter, None),
    }


def _shorter(kept: Mapping[str, Value]) -> str:
    facts = {
        "document": kept["document"],
        "now": kept["retain_through"] or called(STATES, str(kept["state"])),
        "then": called(STATES, str(kept["instead"])) if kept["instead"] else "–",
    }
    return translate(N_("{document} kept to {now}, then to {then}")).format(**facts)


def _reappraisal(tx: Connection, act: Act) -> Told:
    flag, count, ended = act.terms["flag"], int(str(act.terms["years"])), act.about.get("ended")
    until = _until(ended, count)
    facts: dict[str, Value] = {
        "flag": str(flag),
        "years": count,
        "ended": str(ended) if ended else None,
        "until": until,
    }
    template = N_(
        "{name}: the flag goes that stands for {flag}; kept at least {period} after its end"
        " ({ended}), that is to {until}"
    )
    said = {
        "name": _customer(tx, act.subject),
        "flag": spoken("flag", str(flag)),
        "period": spoken("period", f"{count}y") if count else translate(N_("0 years")),
        "ended": ended or "–",
        "until": until or "–",
    }
    return Told(facts, translate(template).format(**said))


def _until(ended: object, years: int) -> str | None:
    if not ended:
        return None
    end = date.fromisoformat(str(ended))
    return (add(end, Period(years=years)) if years else end).isoformat()


def _voiding(tx: Connection, act: Act) -> Told:
    facts: dict[str, Value] = {key: _plain(value) for key, value in act.about.items()}
    template = N_("{event}: {kind} on {day}, {name}, never happened")
    said = {
        "event": act.subject,
        "kind": called(EVENTS, str(facts["type"])),
        "day": facts["date"],
        "name": _customer(tx, str(facts["customer"])) if facts["customer"] else "–",
    }
    return Told(facts, translate(template).format(**said))


def _day(tx: Connection, act: Act) -> Told:
    facts: dict[str, Value] = {key: _plain(value) for key, value in act.about.items()}
    template = N_("the last day known here: {trusted}, then {to}")
    return Told(facts, translate(template).format(**facts))


def _incidents(tx: Connection, act: Act) -> Told:
    found = [
        {"incident": str(number), "document": str(document), "kind": str(kind)}
        for number, document, kind in _list(act.about, "incidents")
    ]
    damage = listing(f"{one['incident']} {called(FAULTS, one['kind'])}" for one in found)
    line = translate(N_("{label}: {value}")).format(label=_title(tx, act.subject), value=damage)
    return Told({"incidents": found}, line)


def _parting(tx: Connection, act: Act) -> Told:
    papers, name = [str(one) for one in _list(act.about, "documents")], str(act.about["name"])
    said = {"old": _customer(tx, act.subject), "papers": " ".join(papers), "new": name}
    line = translate(N_("of {old} to the new customer {new}: {papers}")).format(**said)
    return Told({"documents": papers, "name": name}, line)


def _paper(tx: Connection, act: Act) -> Told:
    return Told({}, _title(tx, act.subject))


_KINDS: Mapping[str, Callable[[Connection, Act], Told]] = MappingProxyType(
    {
        "reappraise": _reappraisal,
        "void_event": _voiding,
        "confirm_clock": _day,
        "clock_reset": _day,
        "close_incident": _incidents,
        "split_customer": _parting,
    }
)


def _customer(tx: Connection, subject: str) -> str:
    found = customers.get(tx, CustomerId(subject))
    return f"{subject} {found.name}" if found else subject


def _title(tx: Connection, subject: str) -> str:
    found = documents.some(tx, [DocumentId(subject)])
    return " ".join((subject, *(one.title for one in found)))


def _list(content: Content, key: str) -> Iterator[Sequence[object]]:
    found = content.get(key)
    yield from found if isinstance(found, list) else ()


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
