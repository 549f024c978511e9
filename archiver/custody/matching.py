"""Matches papers with customers: when they come, and again when somebody becomes known."""

from contextlib import suppress
from dataclasses import replace

from archiver.catalogue import decisions, documents, numbers, tombstones
from archiver.core.errors import DamageFound, Refused, UsageError
from archiver.core.model import UNASSIGNED, Because, Document, Findings, Verdict
from archiver.custody import party
from archiver.custody.move import Overtaken, decide, still_waiting
from archiver.custody.relocate import Decision
from archiver.custody.tombstone import already_gone
from archiver.recognition.directory import Directory
from archiver.recognition.introduction import introduction
from archiver.recognition.match import match
from archiver.vault.vault import Vault

_MATCHED = "matched"
"""How many of the news about customers the waiting papers have been matched with."""


def matched(vault: Vault, findings: Findings, everybody: Directory) -> tuple[Verdict, Directory]:
    """Whose a paper is; a licence whose code and name agree makes its customer one first.

    Returns:
        The verdict; everybody who is known now.
    """
    verdict = match(findings, everybody, vault.categories)
    new = introduction(verdict, everybody, vault.categories)
    if new is None:
        return verdict, everybody
    with suppress(UsageError):  # somebody else added them at this very moment
        party.add(vault, new.name, kind="customer", aliases=(), codes=[new.code])
    everybody = party.directory(vault)
    verdict = match(findings, everybody, vault.categories)
    because = Because.of("introduced_by_paper", name=new.name, read=new.code)
    return replace(verdict, why=(because, *verdict.why)), everybody


def catch_up(vault: Vault) -> tuple[Document, ...]:
    """Match the waiting papers again if somebody became known since; gives those now filed."""
    with vault.catalogue.read() as tx:
        news, seen = party.news(tx), int(numbers.recall(tx, _MATCHED) or 0)
    return rematch(vault) if news > seen else ()


def rematch(vault: Vault) -> tuple[Document, ...]:
    """Match every waiting paper again until nobody new comes to be known; gives those now filed."""
    filed: list[Document] = []
    while True:
        with vault.catalogue.read() as tx:
            news = party.news(tx)
        filed += _round(vault)
        with vault.catalogue.write() as tx:
            numbers.remember(tx, _MATCHED, str(news))
            if party.news(tx) == news:
                return tuple(filed)


def evidence_of(vault: Vault, document: Document) -> decisions.Evidence:
    """What decided about a paper.

    Raises:
        Refused: it left the archive a moment ago.
    """
    with vault.catalogue.read() as tx:
        if tombstones.find(tx, document.id):
            raise already_gone(document.id)
        return decisions.evidence_of(tx, document)


def _round(vault: Vault) -> list[Document]:
    everybody = party.directory(vault)
    with vault.catalogue.read() as tx:
        waiting = documents.waiting(tx)
    filed = []
    for document in waiting:
        if document.customer != UNASSIGNED:
            continue  # only its category is open: a customer changes nothing
        # A person has just decided it; it left; or its file is lost, and `check` names it.
        with suppress(Overtaken, Refused, DamageFound):
            now, everybody = _rematched(vault, document, everybody)
            filed += [now] if now else []
    return filed


def _rematched(
    vault: Vault, document: Document, everybody: Directory
) -> tuple[Document | None, Directory]:
    """The paper, if what is known now files it; everybody who is known now."""
    evidence = evidence_of(vault, document)
    verdict, everybody = matched(vault, evidence.findings, everybody)
    if not verdict.open or verdict.customer != UNASSIGNED:
        decision = Decision(verdict, "matching", by_person=False)
        return decide(vault, document, decision), everybody
    if not document.proposed or all(one.code != "no_customer" for one in verdict.open):
        still_waiting(vault, document, verdict)  # else what the mail says that it came in stands
    return None, everybody
