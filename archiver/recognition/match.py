"""Findings → Verdict: whose the paper is. Strong evidence files it; anything less asks a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archiver.core.model import (
    UNASSIGNED,
    Because,
    Customer,
    CustomerId,
    Field,
    Findings,
    Standing,
    Verdict,
)
from archiver.declarations.categories import OTHER, Categories
from archiver.recognition.directory import Directory
from archiver.recognition.names import ENDING, compatible, key

STRONG = 0.8
"""Confidence from which a code or name read on the paper counts as evidence."""
_CERTAIN = 0.97
"""Confidence of a line from which no character of a name is taken to be another."""
_CERTAIN_FIELD = 0.92
"""The same for a value, of which the line can have given no more than 0.95."""
_PARTIES = ("company_name", "counterparty")
_NOBODY = {"own", "unassigned"}
_EMPLOYEE = re.compile(r"^label:.*(劳动者|员工|受雇)")
_CODES = ("credit_code", "registration_no", "tax_no")


@dataclass(frozen=True, slots=True)
class _Whose:
    """What was decided about the customer."""

    customer: CustomerId
    proposed: CustomerId | None
    why: tuple[Because, ...]
    open: tuple[Because, ...]


def match(findings: Findings, directory: Directory, categories: Categories) -> Verdict:
    """Where the paper goes, and what a person must decide."""
    whose = _whose(findings, directory, categories)
    category, doubt = _category(findings, categories)
    return Verdict(
        findings=findings,
        customer=whose.customer,
        category=category,
        proposed=whose.proposed,
        why=whose.why,
        open=(*whose.open, *doubt),
    )


def beside(verdict: Verdict, customer: Customer | None) -> Verdict:
    """The verdict on a paper that came in a mail of `customer`'s: that is proposed, never taken."""
    if customer is None or verdict.proposed or verdict.customer != UNASSIGNED:
        return verdict
    others = tuple(one for one in verdict.open if one.code != "no_customer")
    if others == verdict.open:
        return verdict  # it names somebody else
    came = Because.of("came_with_mail", name=customer.name)
    return replace(verdict, proposed=customer.id, open=(came, *others))


def _category(findings: Findings, categories: Categories) -> tuple[str, tuple[Because, ...]]:
    """The category to file under; a doubtful guess is filed as `other` and asked about."""
    found = findings.category
    if found.code != OTHER and found.confidence >= categories.sure:
        return found.code, ()
    if not any(page.lines for page in findings.reading.pages):
        return OTHER, (Because.of("no_text"),)
    return OTHER, (Because.of("weak_category", guess=found.code, confidence=found.confidence),)


def _whose(findings: Findings, directory: Directory, categories: Categories) -> _Whose:
    named = _named(findings, directory)
    evidence = _active(_evidence(findings, directory), named, directory)
    if named:
        return _checked(named, findings, evidence, categories)
    if len(evidence) > 1:
        names = " / ".join(directory_name(directory, one) for one in evidence)
        return _ask(None, Because.of("several_customers", names=names), evidence)
    for customer, why in evidence.items():
        found = directory.get(customer)
        if found is None:
            continue
        conflict = _contradiction(found, findings, categories)
        if conflict or found.standing is not Standing.ACTIVE:
            return _ask(
                found, conflict or Because.of("unknown_customer", name=found.name), evidence
            )
        return _Whose(customer, None, why, ())
    return _nobody(findings, directory)


def directory_name(directory: Directory, customer: CustomerId) -> str:
    """The name of a customer, its id when there is none."""
    found = directory.get(customer)
    return found.name if found else customer


def _named(findings: Findings, directory: Directory) -> Customer | None:
    """The customer whom the operator or the folder names."""
    arrival = findings.reading.scan.arrival
    if arrival.named:
        return directory.get(arrival.named)
    return directory.resolve(arrival.folder) if arrival.folder else None


def _evidence(findings: Findings, directory: Directory) -> dict[CustomerId, tuple[Because, ...]]:
    """Customers the paper itself points to, each with why; our own company is never one."""
    found: dict[CustomerId, list[Because]] = {}
    for field in findings.fields:
        owner = directory.of_code(field.value) if field.name in _CODES else None
        if owner and owner.kind not in _NOBODY and field.confidence >= STRONG:
            because = Because.of(
                "code_on_paper", name=owner.name, read=field.value, page=field.page or 1
            )
            found.setdefault(owner.id, []).append(because)
    mentioned = _mentioned(findings, directory)
    if not found and any(one.kind == "own" for one in mentioned):
        mentioned = (*mentioned, *_employees(findings, directory))
    for customer in mentioned:
        if customer.kind not in _NOBODY:
            because = Because.of("name_on_paper", name=customer.name)
            found.setdefault(customer.id, []).append(because)
    return {customer: tuple(why) for customer, why in found.items()}


def _active(
    evidence: dict[CustomerId, tuple[Because, ...]], named: Customer | None, directory: Directory
) -> dict[CustomerId, tuple[Because, ...]]:
    """The evidence without customers who are only proposed, unless there are no others.

    A folder that proposes somebody may come before a paper or after it: that must not matter.
    """
    kept = {
        customer: why
        for customer, why in evidence.items()
        if (found := directory.get(customer))
        and (found.standing is Standing.ACTIVE or found == named)
    }
    return kept or ({} if named else evidence)


def _mentioned(findings: Findings, directory: Directory) -> tuple[Customer, ...]:
    """Customers whose whole name was read somewhere with some certainty.

    Beside its label a name is cut out already; in a line other words may touch it (称样本公司).
    """
    found: dict[CustomerId, Customer] = {}
    for field in findings.fields:
        if field.name in _PARTIES and field.confidence >= STRONG:
            named = directory.mentioned(field.value, sure=field.confidence >= _CERTAIN_FIELD)
            whole = {key(field.value)}
            found.update({one.id: one for one in named if whole & set(map(key, one.names))})
    for page in findings.reading.pages:
        for line in page.lines:
            if line.confidence >= STRONG:
                named = directory.mentioned(line.text, sure=line.confidence >= _CERTAIN)
                found.update({one.id: one for one in named})
    return tuple(found.values())


def _employees(findings: Findings, directory: Directory) -> Iterator[Customer]:
    """Whom a contract with our own company calls its employee: elsewhere a person's name is none.

    Names of persons are short and shared, so that only the label beside them makes them evidence.
    """
    for field in findings.fields:
        if field.confidence >= STRONG and _EMPLOYEE.search(field.rule):
            person = directory.resolve(field.value)
            if person and person.kind == "staff":
                yield person


def _checked(
    named: Customer,
    findings: Findings,
    evidence: dict[CustomerId, tuple[Because, ...]],
    categories: Categories,
) -> _Whose:
    """The folder decides, unless the paper itself says otherwise."""
    folder = Because.of("named_by_folder", name=named.name)
    others = set(evidence) - {named.id}
    if others and named.id not in evidence:
        facts = [dict(evidence[one][0].facts) for one in sorted(others)]
        read = " / ".join(fact.get("name") or fact["read"] for fact in facts)
        return _ask(named, Because.of("customer_conflict", name=named.name, read=read), evidence)
    conflict = _contradiction(named, findings, categories)
    if conflict:
        return _ask(named, conflict, evidence)
    if named.standing is not Standing.ACTIVE:
        return _ask(named, Because.of("unknown_customer", name=named.name), evidence)
    return _Whose(named.id, None, (folder, *evidence.get(named.id, ())), ())


def _contradiction(
    customer: Customer, findings: Findings, categories: Categories
) -> Because | None:
    """Why a paper that names its one holder cannot be this customer's."""
    rule = categories.by_code.get(findings.category.code)
    if rule is None or not rule.holder:
        return _no_party(customer, findings)
    code = _sure(findings.first("credit_code"))
    known = [one for one in customer.codes if len(one) == 18]
    if code and known and code.value not in customer.codes:
        return Because.of("customer_conflict", name=customer.name, read=code.value)
    name = _sure(findings.first("company_name"))
    if name and not any(compatible(name.value, one) for one in customer.names):
        number = _sure(findings.first("registration_no"))
        if any(one and one.value in customer.codes for one in (code, number)):
            return None  # the code decides: a character of the name was misread, or it changed
        return Because.of("customer_conflict", name=customer.name, read=name.value)
    return None


def _no_party(customer: Customer, findings: Findings) -> Because | None:
    """Why a customer whom a paper mentions is none of the two that it is between.

    A guarantor, a maker, a bank: its name stands there, and the paper is not its own.
    """
    parties = [_sure(findings.first(name)) for name in _PARTIES]
    names = [party.value for party in parties if party and ENDING.search(party.value)]
    if len(names) < len(parties) or any(
        compatible(name, own) for name in names for own in customer.names
    ):
        return None
    codes = {field.value for field in findings.fields if field.name in _CODES}
    if codes & set(customer.codes):
        return None
    return Because.of("customer_conflict", name=customer.name, read=" / ".join(names))


def _sure(field: Field | None) -> Field | None:
    return field if field and field.confidence >= STRONG else None


def _nobody(findings: Findings, directory: Directory) -> _Whose:
    """Nobody known: say what was read, and who has a name like that."""
    name = _other(findings, directory, "company_name", "counterparty")
    code = _other(findings, directory, "credit_code", "registration_no")
    near = directory.near(name.value) if name and len(key(name.value)) >= 3 else ()
    read = name.value if name else code.value if code else ""
    because = Because.of("unknown_customer", name=read) if read else Because.of("no_customer")
    alike = tuple(Because.of("similar_name", name=one.name) for one in near)
    return _Whose(UNASSIGNED, None, alike, (because,))


def _other(findings: Findings, directory: Directory, *names: str) -> Field | None:
    """The best value of the first of these names that is not our own company's."""
    for name in names:
        found = [field for field in findings.fields if field.name == name]
        for field in sorted(found, key=lambda one: -one.confidence):
            owner = directory.of_code(field.value) or directory.resolve(field.value)
            if owner is None or owner.kind not in _NOBODY:
                return field
    return None


def _ask(
    proposed: Customer | None,
    because: Because,
    evidence: dict[CustomerId, tuple[Because, ...]],
) -> _Whose:
    """A person decides; what speaks for whom is kept."""
    why = tuple(one for reasons in evidence.values() for one in reasons)
    return _Whose(UNASSIGNED, proposed.id if proposed else None, why, (because,))
