"""The receipts pages 收件回执.html: what became of the last drops, for whoever dropped them.

One lies in the inbox, one in each of its folders. They are derived: made anew with every batch,
replaced in one step, and nothing else depends on them.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from archiver.catalogue import aside, documents, notices, receipts, tombstones
from archiver.catalogue.aside import Settlement
from archiver.catalogue.receipts import Receipt
from archiver.catalogue.store import Connection
from archiver.catalogue.tombstones import Tombstone
from archiver.core.errors import N_
from archiver.core.model import Because, Document, DocumentId, Outcome
from archiver.core.names import readable
from archiver.custody.naming import label
from archiver.declarations.codes import NOBODY, SETTLED, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import speaking, translate
from archiver.disk import door
from archiver.disk.lines import replace_text
from archiver.intake.sweep import MARK, PAGE, is_our_page
from archiver.vault.vault import Vault

LAST = 200
_MODE = 0o644  # also for those who only see the inbox over a share

_STATES = {
    "filed": N_("archived"),
    "review": N_("waits for a decision"),
    "duplicate": N_("archived already"),
    "quarantined": N_("put aside"),
    "returned": N_("handed back"),
    "withdrawn": N_("taken back"),
}
_LATER = {"returned", "withdrawn"}
"""What becomes of a few: not told where it happened to none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One drop, or a part of the one above, as the page tells it; all of it text for people."""

    when: str
    file: str
    what: str
    state: str
    outcome: str
    path: str
    link: str
    todo: tuple[str, ...]
    part: bool


def write_pages(vault: Vault) -> int:
    """Make the pages anew that have something to tell; gives how many."""
    with vault.catalogue.read() as tx:
        asked = notices.waiting(tx)
        if not asked.last:
            return 0
        found = {folder: _told(tx, folder) for folder in (None, *asked.folders)}
    with speaking(vault.settings.lang):
        written = sum(_write(vault, folder, told) for folder, told in found.items())
    with vault.catalogue.write() as tx:
        notices.drop(tx, asked.last)
    return written


@dataclass(frozen=True, slots=True)
class Told:
    """A drop or a part of one as things stand now.

    Attributes:
        receipt: of what has left the quarantine, as it would be given now.
        document: what it became, as it is now.
        settled: how it left the quarantine.
        gone: how the document that it became has left the archive.
    """

    receipt: Receipt
    document: Document | None
    settled: Settlement | None
    gone: Tombstone | None


def _told(tx: Connection, folder: str | None) -> list[Told]:
    """The last drops and their parts, each with the document it became, as it is now."""
    newest = [one for drop in receipts.latest(tx, folder, LAST) for one in _with_parts(tx, drop)]
    settled = aside.settled_of(tx, [one.id for one in newest])
    newest = [_as_settled(one, settled.get(one.id)) for one in newest]
    wanted = {one.document for one in newest if one.document}
    now: dict[DocumentId, Document] = {one.id: one for one in documents.some(tx, wanted)}
    gone = tombstones.of(tx, {one.gone for one in newest if one.gone})
    return [
        Told(
            one,
            now.get(one.document) if one.document else None,
            settled.get(one.id),
            gone.get(one.gone) if one.gone else None,
        )
        for one in newest
    ]


def _as_settled(given: Receipt, settled: Settlement | None) -> Receipt:
    if settled is None:
        return given
    outcome = settled.outcome or given.outcome
    return replace(given, outcome=outcome, document=settled.document, path=settled.path, reasons=())


def _with_parts(tx: Connection, drop: Receipt) -> Iterator[Receipt]:
    """A drop, then what was inside it, and inside that: at once, or when it was tried again."""
    yield drop
    if _has_parts(drop) or drop.outcome is Outcome.QUARANTINED:
        for part in receipts.parts_of(tx, drop.id):
            yield from _with_parts(tx, part)


def _has_parts(drop: Receipt) -> bool:
    return any(because.code == "holds_parts" for because in drop.reasons)


def _write(vault: Vault, folder: str | None, told: list[Told]) -> bool:
    """Write one page, into every folder that is told by that name; one that is gone needs none."""
    places = [place for place in _places(vault.layout.inbox, folder) if not (place / PAGE).is_dir()]
    if not places:
        return False
    rows = [_row(vault, folder, one) for one in told]
    text = _template().render(
        _=translate,
        lang=vault.settings.lang,
        folder=folder,
        at=_minute(vault, vault.clock()),
        mark=MARK,
        rows=rows,
        files=sum(not row.part for row in rows),
        sums=_sums(rows),
    )
    for place in places:
        _make_way(place)
        replace_text(place / PAGE, text, _MODE, durable=False)
    return True


def _make_way(place: Path) -> None:
    """Give somebody's own file of the page's name another one: the next sweep takes it in."""
    own = target = place / PAGE
    if not os.path.lexists(own) or is_our_page(own):
        return
    number = 0
    while os.path.lexists(target):
        number += 1
        target = own.with_name(f"{own.stem} ({number}){own.suffix}")
    door.rename(own, target)
    door.sync_folder(place)


def _places(inbox: Path, folder: str | None) -> list[Path]:
    if folder is None:
        return [inbox]
    with os.scandir(inbox) as found:
        named = [entry for entry in found if readable(entry.name) == folder]
    return [Path(one.path) for one in named if one.is_dir(follow_symlinks=False)]


def _row(vault: Vault, folder: str | None, told: Told) -> Row:
    receipt, document = told.receipt, told.document
    path = document.path if document and receipt.within is None else receipt.path
    state = _state(told)
    if state == "withdrawn":
        path = ""
    whose = called(NOBODY, document.customer_name) if document else ""
    what = f"{label(vault, document.category)} · {whose}" if document else ""
    return Row(
        when=_minute(vault, datetime.fromisoformat(receipt.settled_at)),
        file=_name(folder, receipt),
        what=what,
        state=state,
        outcome=translate(_STATES[state]),
        path=_shown(path),
        link=("../../" if folder else "../") + _link(path),
        todo=tuple(_open(state, told)),
        part=receipt.within is not None,
    )


def _state(told: Told) -> str:
    """Its outcome; what somebody has done about it meanwhile."""
    if told.gone and not _has_parts(told.receipt):
        return "withdrawn"
    if told.settled and told.settled.act == "returned":
        return "returned"
    decided = told.document and not told.document.open
    if told.receipt.outcome is Outcome.REVIEW and decided:
        return Outcome.FILED.value
    return told.receipt.outcome.value


def _shown(path: str) -> str:
    """A path to be read: the folder of papers that are nobody's yet is told as what it is."""
    top, _, rest = path.partition("/")
    whose, _, inside = rest.partition("/")
    return f"{top}/{called(NOBODY, whose)}/{inside}" if whose in NOBODY else path


def _link(path: str) -> str:
    """A path as part of an address: browsers do the rest of the quoting."""
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def _name(folder: str | None, receipt: Receipt) -> str:
    """What a file was dropped as; of a part, what it was called inside."""
    if receipt.within:
        return receipt.source.rsplit("/", 1)[-1]
    return receipt.source.removeprefix(f"{folder}/") if folder else receipt.source


_BACK = N_("Taken back on {day} by two people; what stays: archiver show {document}")


def _open(state: str, told: Told) -> Iterator[str]:
    """What there is to do, as known now; how what was put aside has left the quarantine."""
    receipt, document, settled = told.receipt, told.document, told.settled
    if told.gone and state == "withdrawn":
        yield translate(_BACK).format(day=told.gone.told.day, document=told.gone.document)
        return
    if settled and settled.act != state:
        yield translate(SETTLED[settled.act]).capitalize()
    if settled and settled.reason:
        yield settled.reason
    if _has_parts(receipt):
        reasons: Iterable[Because] = receipt.reasons[:1]  # the parts tell their own
    elif state == "review" and document and document.open:
        reasons = document.open
    else:
        reasons = receipt.reasons if state in {"review", "quarantined"} else ()
    yield from map(sentence, reasons)


def _minute(vault: Vault, at: datetime) -> str:
    return f"{at.astimezone(vault.zone):%Y-%m-%d %H:%M}"


def _sums(rows: list[Row]) -> list[tuple[str, str, int]]:
    """State, its word, how many of the rows are in it."""
    counted = Counter(row.state for row in rows if not row.part)
    shown = ((one, word) for one, word in _STATES.items() if counted[one] or one not in _LATER)
    return [(one, translate(word), counted[one]) for one, word in shown]


@cache
def _template() -> Template:
    """The page, compiled once; whatever a file was called is escaped."""
    room = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return room.get_template("receipts.html")
