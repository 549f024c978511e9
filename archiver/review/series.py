"""Photographs that may be the pages of one paper: proposed, joined by a person, parted again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath

from archiver.catalogue import decisions, documents, events, series
from archiver.catalogue.series import Photo
from archiver.core.errors import N_, UsageError
from archiver.core.model import UNASSIGNED, Because, Document, Findings, Page
from archiver.custody import join as act
from archiver.custody import party
from archiver.recognition.match import beside, match
from archiver.recognition.recognise import recognise
from archiver.recognition.said import BY_PERSON, corrected
from archiver.vault.vault import Vault

_BURST = timedelta(minutes=10)
"""Between two photographs of one series, as they were taken or as they were dropped."""
_STEP = 3
"""Numbers that a camera may have moved on by: a blurred page is deleted and taken again."""
_CLOCK = re.compile(r"(\d{8})[-_]?(\d{6})$")
_MILLISECONDS = re.compile(r"(?<!\d)(\d{13})$")
_RUNNING = re.compile(r"(\d{1,8})$")


@dataclass(frozen=True, slots=True)
class _Named:
    """What the name of a photograph says: what is common to a series, and how far on it is.

    `most` is how much further the next one may be.
    """

    common: str
    at: float
    most: float


def proposals(vault: Vault) -> list[tuple[Document, ...]]:
    """Series of photographs that a person may want to join; at least one of each is undecided."""
    with vault.catalogue.read() as tx:
        waiting = documents.waiting(tx)
        if not waiting:
            return []
        since = min(one.received for one in waiting) - _BURST
        found = series.photos(tx, since)
    return proposed(found)


def proposed(photos: Iterable[Photo]) -> list[tuple[Document, ...]]:
    """Group photographs with rising names that came together. Pure.

    A page with a heading begins another paper, and so does one of another customer.
    """
    named = [(one, name) for one in photos if (name := _named(one.document.source))]
    named.sort(key=lambda pair: (pair[1].common, pair[1].at, pair[0].document.id))
    found = []
    for _, alike in groupby(named, key=lambda pair: pair[1].common):
        for group in _runs(list(alike)):
            if len(group) > 1 and any(one.open for one in group):
                found.append(tuple(group))
    return sorted(found, key=lambda group: group[0].id)


def _runs(alike: Sequence[tuple[Photo, _Named]]) -> Iterable[list[Document]]:
    """Cut photographs of one kind of name where they do not go on."""
    run: list[Document] = []
    last: tuple[Photo, _Named] | None = None
    for photo, name in alike:
        if last and not _goes_on(run, last, photo, name):
            yield run
            run = []
        run.append(photo.document)
        last = photo, name
    if run:
        yield run


def _goes_on(
    run: Sequence[Document], last: tuple[Photo, _Named], photo: Photo, name: _Named
) -> bool:
    before, place = last
    step = name.at - place.at
    apart = abs(photo.document.received - before.document.received)
    owners = {one.customer for one in (*run, photo.document)} - {UNASSIGNED}
    return not photo.titled and 0 < step <= name.most and apart <= _BURST and len(owners) <= 1


def _named(source: str) -> _Named | None:
    """What a name says; None when it does not end in a number."""
    path = PurePosixPath(source)
    kind = f"{path.parent}/", path.suffix.lower()
    if clock := _CLOCK.search(path.stem):
        taken = _taken(clock[1] + clock[2])
        if taken is not None:
            return _of(kind, path.stem[: clock.start()], taken, _BURST.total_seconds())
    if since := _MILLISECONDS.search(path.stem):
        return _of(kind, path.stem[: since.start()], int(since[1]) / 1000, _BURST.total_seconds())
    if number := _RUNNING.search(path.stem):
        return _of(kind, path.stem[: number.start()], int(number[1]), _STEP)
    return None


def _of(kind: tuple[str, str], prefix: str, at: float, most: float) -> _Named:
    return _Named(prefix.join(kind), at, most)


def _taken(digits: str) -> float | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def join(vault: Vault, files: Sequence[Document]) -> Document:
    """Join files in the order given; what they say together decides what is still open.

    What was decided about the first stays; one still waiting is judged by the joint reading.

    Raises:
        UsageError: fewer than two, one twice, one that belongs to several files already, filed
            ones that disagree, or a later one that an event names for which a person stands.
    """
    _refuse(vault, files)
    first = files[0]
    findings = joint_reading(vault, files)
    if not first.open and first.category != findings.category.code:
        findings = corrected(findings, {}, first.category, vault.fields)
    verdict = match(findings, party.directory(vault), vault.categories)
    if not first.open:
        verdict = replace(verdict, customer=first.customer, category=first.category, open=())
    return act.join(vault, files, replace(verdict, proposed=verdict.proposed or first.proposed))


def part(vault: Vault, document: Document) -> tuple[Document, ...]:
    """Undo a joining; gives the files, each as it was before.

    What was decided about the whole since then stays with the first one.

    Raises:
        UsageError: the document has one file only, or a customer has one of them already.
    """
    with vault.catalogue.read() as tx:
        further = series.files_of(tx, [document.id]).get(document.id, ())
        files = (document, *further)
        was = act.before(tx, document.id, {one.id for one in files})
    if not further:
        raise UsageError(
            N_("{document} is one file: there is nothing to part"),
            hint=N_("see it with: archiver show {document}"),
            document=document.id,
        )
    return act.part(vault, [_alone(vault, one, was.get(one.id)) for one in files])


def _alone(vault: Vault, file: Document, was: act.Before | None) -> act.Alone:
    """What is known of one file by itself."""
    everybody = party.directory(vault)
    with vault.catalogue.read() as tx:
        evidence = decisions.evidence_of(tx, file)
    findings = evidence.findings if file.joined_to else joint_reading(vault, [file])
    if was and was.said and not file.joined_to:
        findings = corrected(findings, {}, was.category, vault.fields)
    verdict = match(findings, everybody, vault.categories)
    if was is None and not file.joined_to:
        verdict = replace(verdict, customer=file.customer, category=file.category, open=file.open)
    elif was and was.decided:
        why = evidence.why if file.joined_to else verdict.why
        person = (Because.of("decided_by_person"),) if was.accepted_by else ()
        verdict = replace(
            verdict,
            customer=was.customer,
            category=was.category,
            why=(*why, *(one for one in person if one not in why)),
            open=(),
        )
    elif was and was.proposed:
        verdict = beside(verdict, everybody.get(was.proposed))
    return act.Alone(file, verdict, was)


def _refuse(vault: Vault, files: Sequence[Document]) -> None:
    if len({one.id for one in files}) != len(files) or len(files) < 2:
        raise UsageError(
            N_("name at least two different documents"),
            hint=N_("the first one speaks for all: archiver document join D000001 D000002"),
        )
    with vault.catalogue.read() as tx:
        heads = series.files_of(tx)
    for one in files:
        if one.joined_to or one.id in heads:
            raise UsageError(
                N_("{document} is joined with others already"),
                hint=N_("take them apart first: archiver document part {head}"),
                document=one.id,
                head=one.joined_to or one.id,
            )
    _refuse_to_shorten(vault, files)


def _refuse_to_shorten(vault: Vault, files: Sequence[Document]) -> None:
    """What was decided and recorded about a paper is not lost because another speaks for it."""
    if len({(one.customer, one.category) for one in files if not one.open}) > 1:
        raise UsageError(
            N_("these are filed as different papers"),
            hint=N_("only files of one customer and one category are one paper"),
        )
    later = [one.id for one in files[1:]]
    with vault.catalogue.read() as tx:
        named = [one for one in events.concerning(tx, (), later, ()) if one.confirmed]
    if named:
        raise UsageError(
            N_("event {event} is about {document}"),
            hint=N_("name {document} first: then it still is"),
            event=named[0].id,
            document=named[0].document,
        )


def joint_reading(vault: Vault, files: Sequence[Document]) -> Findings:
    """All pages in a row, recognised anew as one paper; values that persons gave stay."""
    with vault.catalogue.read() as tx:
        evidence = [decisions.evidence_of(tx, one) for one in files]
    pages: list[Page] = []
    for one in evidence:
        for page in one.findings.reading.pages:
            pages.append(replace(page, number=len(pages) + 1))
    reading = replace(evidence[0].findings.reading, pages=tuple(pages))
    found = recognise(reading, vault.categories, vault.fields)
    given = [field for one in reversed(evidence) for field in one.findings.fields]
    said = {field.name: field.value for field in given if field.rule == BY_PERSON}
    return corrected(found, said, None, vault.fields)
