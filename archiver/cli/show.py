"""`archiver show`."""

import click

from archiver.catalogue import decisions, documents, events, keepings, tags
from archiver.catalogue.receipts import Receipt
from archiver.cli.agreed import act_row
from archiver.cli.complete import waiting
from archiver.cli.door import opened, with_form
from archiver.cli.gone import remembered, show_gone
from archiver.cli.happened import event_line, event_row
from archiver.cli.ingest import fields_object
from archiver.cli.look import noted
from archiver.cli.output import Form, Row, Value, objects, paragraph, plain, rows, running, say
from archiver.cli.overlays import overlays
from archiver.cli.speech import command as spoken
from archiver.cli.terms import told
from archiver.cli.words import category_label, document_named, outcome
from archiver.core.errors import N_
from archiver.core.model import Because, Document
from archiver.custody.act import waiting as waiting_acts
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.declarations.codes import ACTS, FIELDS, NOBODY, VALUES, called, reading
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.judge.evaluate import Answer
from archiver.reading.page import LOCKED
from archiver.report.kin import Kin, kin
from archiver.vault.vault import Vault


@spoken(
    N_(
        "Show one document: DOC is a number of the last search, an id, an archive number, a path "
        "or the start of its SHA-256."
    ),
)
@click.argument("doc", shell_complete=waiting)
@click.option("--why", is_flag=True, help=N_("also the evidence for every decision"))
@with_form
def command(doc: str, why: bool, form: Form) -> None:
    """One document."""
    with opened() as vault:
        gone = remembered(vault, doc)
        if gone:
            show_gone(vault, gone, form)
            return
        document = document_named(vault, doc)
        with vault.catalogue.read() as tx:
            answer = answers(vault, tx, [document], today(vault, tx))[document.id]
        row = _row(vault, document, answer)
        evidence = _evidence(vault, document) if why else {}
        noted(vault, document, "show")
    if form is not Form.TABLE:
        rows(form, (), [{**row, **evidence}])
        return
    _facts(row)
    for heading, lines in evidence.items():
        click.echo(f"\n{translate(_HEADINGS[heading])}")
        for line in lines if isinstance(lines, list) else ():
            paragraph(f"  {plain(line)}", hang=4)


_HEADINGS = {
    "why_category": N_("Why this category"),
    "why_customer": N_("Why this customer"),
    "why_fields": N_("Where the values stand"),
}

_LINE = N_("{label}: {value}")
_LABELS = {
    "document": N_("Document"),
    "archive_no": N_("Archive number"),
    "customer_name": N_("Customer"),
    "case": N_("Case"),
    "category_label": N_("Category"),
    "title": N_("Title"),
    "date": N_("Date"),
    "pages": N_("Pages"),
    "tags": N_("Tags"),
    "source": N_("Dropped as"),
    "received": N_("Received"),
    "path": N_("Path"),
    "sha256": N_("SHA-256"),
}
_SENTENCES = {"open": N_("To decide"), "retention": N_("Retention")}


def _row(vault: Vault, document: Document, answer: Answer) -> Row:
    with vault.catalogue.read() as tx:
        found = documents.fields_of(tx, document.id)
        tells = events.read_from(tx, document.id)
        locked = documents.facts_of(tx, document.id).get(LOCKED) == "password"
        acts = [
            act_row(one, pending=True, terms=told(vault, tx, one, pending=True).terms)
            for one in waiting_acts(vault, tx, document.joined_to or document.id)
        ]
        case_no = keepings.of(tx, document.id).case_no
        whole = document.joined_to or document.id
        said = tags.of(tx, [whole]).get(whole, {})
    return {
        "document": document.id,
        "archive_no": document.archive_no,
        "receipt": document.receipt,
        "source": document.source,
        "received": document.received.isoformat(),
        "sha256": document.digest,
        "size": document.size,
        "media_type": document.media_type,
        "pages": document.pages,
        "password_protected": locked,
        "category": document.category,
        "category_label": category_label(vault, document.category),
        "category_confidence": document.category_confidence,
        "customer": document.customer,
        "customer_name": document.customer_name,
        "case": case_no,
        "title": document.title,
        "date": document.doc_date.isoformat() if document.doc_date else None,
        "tags": list(said.values()),
        "path": document.path,
        "outcome": document.outcome.value,
        "open": [sentence(one) for one in document.open],
        "fields": fields_object(found),
        "state": answer.state.value,
        "retain_through": answer.retain_through.isoformat() if answer.retain_through else None,
        "due_date": answer.due_date.isoformat() if answer.due_date else None,
        **overlays(answer),
        "retention": [sentence(one) for one in answer.because],
        "events": [event_row(one, {document.customer: document.customer_name}) for one in tells],
        "left": None,
        "acts": acts,
        **_kin_row(kin(vault, document)),
    }


def _link_row(because: Because) -> Row:
    facts = dict(because.facts)
    return {
        "kind": because.code,
        "document": facts["document"],
        "equal": round(float(facts["equal"]) / 100, 3) if "equal" in facts else None,
        "bits": int(facts["bits"]) if "bits" in facts else None,
        "day": facts.get("day"),
        "text": sentence(because),
    }


def _kin_row(found: Kin) -> Row:
    whole = found.whole
    return {
        "joined_to": found.files[0].id if found.files else None,
        "files": [
            {"document": one.id, "path": one.path, "sha256": one.digest} for one in found.files
        ],
        "came_in": {**_receipt_row(whole), "pages": found.pages or None} if whole else None,
        "parts": [_receipt_row(one) for one in found.parts],
        "links": [_link_row(one) for one in found.linked],
    }


def _receipt_row(receipt: Receipt) -> Row:
    return {
        "receipt": receipt.id,
        "source": receipt.source,
        "outcome": receipt.outcome.value,
        "document": receipt.document,
    }


def _evidence(vault: Vault, document: Document) -> dict[str, Value]:
    """Every decision with what decided it, in sentences."""
    with vault.catalogue.read() as tx:
        found = decisions.evidence_of(tx, document)
    category = found.findings.category
    return {
        "why_category": [sentence(one) for one in category.evidence],
        "why_customer": [sentence(one) for one in (*found.why, *document.open)],
        "why_fields": [
            translate(N_("{name}: {value} (page {page}, as “{raw}”, {confidence}, {rule})")).format(
                name=called(FIELDS, field.name),
                value=called(VALUES, field.value),
                page=field.page or "–",
                raw=field.raw,
                confidence=field.confidence,
                rule=reading(field.rule),
            )
            for field in found.findings.fields
        ],
    }


_ACT = N_(
    "{act} waits for a second person until {confirm_until}: {what}, proposed by {proposed_by}"
    " ({reason})"
)
_KIN = {"files": N_("Its files"), "came_in": N_("It came in"), "parts": N_("In it came")}


def _facts(row: Row) -> None:
    """The facts, a line each."""
    for key, label in _LABELS.items():
        value = called(NOBODY, plain(row[key]))
        if value:
            say(_LINE, label=translate(label), value=value)
    if row["password_protected"]:
        say(N_("The file opens with a password only, which is not kept here."))
    for key, label in _SENTENCES.items():
        found = row[key]
        told = running(map(plain, found)) if isinstance(found, list) else ""
        if told:
            paragraph(translate(_LINE).format(label=translate(label), value=told), hang=2)
    _kin_lines(row)
    fields = row["fields"]
    for name, field in fields.items() if isinstance(fields, dict) else ():
        if isinstance(field, dict):
            say(
                _LINE,
                label="  " + called(FIELDS, name),
                value=called(VALUES, plain(field["value"])),
            )


def _kin_lines(row: Row) -> None:
    """What waits for a second person, and what belongs to it, a line each."""
    for one in objects(row["acts"]):
        what = called(ACTS, plain(one["kind"]))
        paragraph(translate(_ACT).format(**{**one, "what": what}), hang=2)
    for key, label in _KIN.items():
        for one in objects(row[key]):
            what = plain(one["document"]) or outcome(one["outcome"])
            where = plain(one.get("path") or one["source"])
            pages = one.get("pages")
            told = translate(N_(", pages {pages}")).format(pages=pages) if pages else ""
            say(_LINE, label=translate(label), value=f"{what}  {where}{told}")
    for one in objects(row["events"]):
        said = translate(_LINE).format(label=translate(N_("It tells of")), value=event_line(one))
        paragraph(said, hang=2)
    for one in objects(row["links"]):
        said = translate(_LINE).format(label=translate(N_("See also")), value=plain(one["text"]))
        paragraph(said, hang=2)
