"""Acts on the customers themselves: add, propose, confirm, another name, another code."""

import unicodedata
from collections.abc import Iterable

from archiver.catalogue import customers, documents, ledger, numbers, queue
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, UsageError
from archiver.core.model import Customer, CustomerId, Standing
from archiver.custody.ripple import catch
from archiver.custody.stamp import stamp
from archiver.recognition.directory import Directory
from archiver.recognition.names import key
from archiver.vault.vault import Vault

NEWS = "news"
"""Counts how often somebody became known, so that waiting papers are matched again."""


def news(tx: Connection) -> int:
    """How often somebody became known, by a name or a code: waiting papers may be theirs."""
    return numbers.reached(tx, NEWS)


def directory(vault: Vault) -> Directory:
    """Everybody the archive knows, as matching needs them."""
    with vault.catalogue.read() as tx:
        return Directory(customers.all_customers(tx))


def add(
    vault: Vault, name: str, *, kind: str, aliases: Iterable[str], codes: Iterable[str]
) -> Customer:
    """Add a customer, or confirm the proposed one of that name.

    Raises:
        UsageError: the name says nothing, a customer has it already, or an alias or a code is
            another's.
    """
    name = _said(name)
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        known = _whose(Directory(customers.all_customers(tx)), name)
        if known and known.standing is not Standing.PROPOSED:
            raise _known_already(known)
        if known is None:
            known = customers.add(tx, name, kind=kind, standing=Standing.ACTIVE, at=when.at)
        else:
            customers.activate(tx, known.id, kind)
        if _learn(tx, known.id, aliases, codes):
            _found_anew(vault, tx, when, known.id)
        numbers.take(tx, NEWS)
        ledger.append(tx, when, "customer_added", {"customer": known.id, "kind": kind})
        return _again(tx, known.id)


def refuse_known(tx: Connection, name: str) -> None:
    """Refuse a name for somebody new.

    Raises:
        UsageError: it says nothing, or a customer has it already.
    """
    known = _whose(Directory(customers.all_customers(tx)), _said(name))
    if known:
        raise _known_already(known)


def _known_already(known: Customer) -> UsageError:
    return UsageError(
        N_("{name} is customer {id} already"),
        hint=N_("give it another name or code with: archiver customer alias {id} …"),
        name=known.name,
        id=known.id,
    )


def propose(vault: Vault, name: str) -> Customer:
    """A customer whom so far only the name of a folder suggests."""
    with vault.catalogue.write() as tx:
        known = _whose(Directory(customers.all_customers(tx)), name)
        if known:
            return known
        when = stamp(vault, tx)
        made = customers.add(tx, name, kind="customer", standing=Standing.PROPOSED, at=when.at)
        ledger.append(tx, when, "customer_proposed", {"customer": made.id})
        return made


def confirm(vault: Vault, customer: CustomerId) -> None:
    """A person says that a proposed customer is one; harmless when it is one already."""
    with vault.catalogue.write() as tx:
        found = customers.get(tx, customer)
        if found and found.standing is Standing.PROPOSED:
            customers.activate(tx, customer)
            numbers.take(tx, NEWS)
            ledger.append(tx, stamp(vault, tx), "customer_accepted", {"customer": customer})


def learn(
    vault: Vault, customer: CustomerId, *, aliases: Iterable[str], codes: Iterable[str]
) -> Customer:
    """Remember further names and codes of a customer.

    Raises:
        UsageError: a name says nothing, or a name or code is another customer's.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        if _learn(tx, customer, aliases, codes):
            numbers.take(tx, NEWS)
            ledger.append(tx, when, "customer_alias", {"customer": customer})
            _found_anew(vault, tx, when, customer)
        return _again(tx, customer)


def rename(vault: Vault, customer: CustomerId, name: str) -> Customer:
    """Put right what a customer is called; the old name stays one it is known by.

    Its folder stays: every path that somebody wrote down goes on leading to its papers.

    Raises:
        UsageError: the name says nothing, or is another customer's.
    """
    name = _said(name)
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        _learn_name(tx, customer, name)
        customers.call(tx, customer, name)
        numbers.take(tx, NEWS)
        ledger.append(tx, when, "customer_renamed", {"customer": customer})
        _found_anew(vault, tx, when, customer)
        return _again(tx, customer)


def _learn(
    tx: Connection, customer: CustomerId, aliases: Iterable[str], codes: Iterable[str]
) -> bool:
    """Write new names and codes; True when something was new."""
    new = [name for name in map(_said, aliases) if _learn_name(tx, customer, name)]
    for code in (unicodedata.normalize("NFKC", one).strip().upper() for one in codes):
        owner = customers.owner_of_code(tx, code)
        if owner not in {None, customer}:
            raise UsageError(
                N_("code {code} belongs to customer {id}"),
                hint=N_("look at it with: archiver customer list"),
                code=code,
                id=owner,
            )
        if owner is None:
            customers.add_codes(tx, customer, [code])
            new.append(code)
    return bool(new)


def _learn_name(tx: Connection, customer: CustomerId, name: str) -> bool:
    """Write one new name; True when it was new.

    A customer that only a folder proposed under that name was this one all along: who has
    archived papers of two customers under one name finds neither of them again.
    """
    other = _whose(Directory(customers.all_customers(tx)), name, but=customer)
    if other:
        proposed = other.standing is Standing.PROPOSED
        if not proposed or not customers.absorb(tx, other.id, customer):
            raise UsageError(
                N_("{name} is a name of customer {id}, {other}"),
                hint=N_("one name cannot mean two customers: take a longer one"),
                name=name,
                id=other.id,
                other=other.name,
            )
    return customers.add_name(tx, customer, name, kind="alias") or other is not None


def _said(name: str) -> str:
    """A name as it is kept.

    Raises:
        UsageError: it says nothing.
    """
    name = name.strip()
    if not key(name):
        raise UsageError(N_("a customer needs a name"), hint=N_("as on the business licence"))
    return name


def _whose(everybody: Directory, name: str, but: CustomerId | None = None) -> Customer | None:
    """Who is called that, or has it as an id; of several the first."""
    found = [*everybody.named(name), everybody.resolve(name)]
    return next((one for one in found if one and one.id != but), None)


def _found_anew(vault: Vault, tx: Connection, when: Stamp, customer: CustomerId) -> None:
    """Its papers are found by the new names as well: by a search, and by the query of a hold."""
    papers = documents.of_customer(tx, customer)
    for paper in papers:
        queue.push(tx, paper.id, paper.path)
    catch(vault, tx, when, [paper.id for paper in papers])


def _again(tx: Connection, customer: CustomerId) -> Customer:
    found = customers.get(tx, customer)
    if found is None:
        raise LookupError(customer)
    return found
